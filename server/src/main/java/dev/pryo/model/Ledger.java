package dev.pryo.model;

import dev.pryo.llm.Cost;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Request;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Project;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What is spent on language models, and the caps of a project and of a month.
///
/// Before a call is made it is entered at the dearest that it can be, and afterwards at what it
/// cost, so that runs at the same time cannot spend the same rest, and a call whose answer nobody
/// lived to see counts.
@Component
public class Ledger {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.UK);

  private final LedgerRows rows;
  private final Models models;
  private final ModelSettings settings;
  private final InstantSource clock;
  private final TransactionTemplate transactions;

  Ledger(
      LedgerRows rows,
      Models models,
      ModelSettings settings,
      InstantSource clock,
      TransactionTemplate transactions) {
    this.rows = rows;
    this.models = models;
    this.settings = settings;
    this.clock = clock;
    this.transactions = transactions;
  }

  /// The model, with every call entered here. Its `ask` throws [CapReached] instead of making a
  /// call that could go beyond a cap.
  ///
  /// @param experiment null where there is none yet
  /// @param purpose what the model does, such as `implement`
  /// @param job that asks it; null outside of one
  public LanguageModel entered(
      LanguageModel model,
      Project project,
      @Nullable UUID experiment,
      String purpose,
      @Nullable UUID job) {
    return new Entered(this, model, new Account(project, experiment, purpose, job));
  }

  /// Whom a call is for.
  record Account(Project project, @Nullable UUID experiment, String purpose, @Nullable UUID job) {}

  /// @return the entry
  /// @throws CapReached where the call could cost more than is left
  UUID enter(Account account, String model, Request request) {
    Cost dearest = models.prices().of(model, request.dearest());
    return Tenant.system(() ->
        transactions.execute(status -> {
          rows.lock();
          refuse(account.project(), dearest)
              .ifPresent(sentence -> {
                throw new CapReached(sentence);
              });
          return rows.insert(account, model, dearest);
        }));
  }

  private Optional<String> refuse(Project project, Cost dearest) {
    LocalDate month = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    OffsetDateTime since = month.atStartOfDay().atOffset(ZoneOffset.UTC);
    String next = DAY.format(month.plusMonths(1));
    BigDecimal budget = project.monthlyBudgetUsd();
    if (budget != null && exceeds(rows.spent(project.id(), since), dearest, budget)) {
      return Optional.of(
          "The next call to the model could take the project beyond its $%s a month; $%s are spent. Raise monthly_budget_usd in the project's settings, or wait until %s."
              .formatted(plain(budget), cents(rows.spent(project.id(), since)), next));
    }
    return exceeds(rows.spent(since), dearest, settings.monthlyBudgetUsd())
        ? Optional.of(
            "The next call to the model could take this Pryo beyond its $%s a month; $%s are spent. Raise PRYO_MONTHLY_BUDGET_USD and start it again, or wait until %s."
                .formatted(plain(settings.monthlyBudgetUsd()), cents(rows.spent(since)), next))
        : Optional.empty();
  }

  private static boolean exceeds(BigDecimal spent, Cost more, BigDecimal budget) {
    return spent.add(more.usd()).compareTo(budget) > 0;
  }

  private static String plain(BigDecimal usd) {
    return usd.stripTrailingZeros().toPlainString();
  }

  private static String cents(BigDecimal usd) {
    return usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  void answered(UUID entry, Reply.Answer answer) {
    Cost cost = models.prices().of(answer.model(), answer.usage());
    Tenant.system(() ->
        transactions.execute(status -> {
          rows.answered(entry, answer.model(), answer.usage(), cost.rounded());
          return true;
        }));
  }

  /// A call that the vendor turned down, and does not charge for.
  void turnedDown(UUID entry) {
    Tenant.system(() ->
        transactions.execute(status -> {
          rows.delete(entry);
          return true;
        }));
  }

  /// What was used for an experiment so far, as far as the caller may see it.
  public Usage of(UUID experiment) {
    return transactions.execute(status -> rows.usage(experiment, null));
  }

  /// What was used for this purpose alone.
  public Usage of(UUID experiment, String purpose) {
    return transactions.execute(status -> rows.usage(experiment, purpose));
  }
}
