package dev.pryo.experiment;

import dev.pryo.account.Account;
import dev.pryo.job.Jobs;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Role;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Takes experiments out of their repositories again: who may ask for it and when, and how far each
/// is. The stage of an experiment stays what it is.
@Component
public class Rollouts {
  /// The kind of the job that writes a roll-out.
  public static final String KIND = "rollout";

  private final Experiments experiments;
  private final ExperimentRows rows;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Jobs jobs;
  private final InstantSource clock;
  private final TransactionTemplate transactions;

  Rollouts(
      Experiments experiments,
      ExperimentRows rows,
      JdbcClient sql,
      JsonMapper json,
      Jobs jobs,
      InstantSource clock,
      TransactionTemplate transactions) {
    this.experiments = experiments;
    this.rows = rows;
    this.sql = sql;
    this.json = json;
    this.jobs = jobs;
    this.clock = clock;
    this.transactions = transactions;
  }

  /// Starts a roll-out; or has one whose clean-up is in the way of its base branch written again
  /// there, on the same pull request.
  ///
  /// @param segment the key of the segment that stays
  /// @throws Invalid where the experiment has no such segment
  /// @throws Conflict where there is nothing to roll out now, with what comes first
  public Experiment start(Account account, UUID id, @Nullable String segment) {
    requireSegment(experiments.require(account, id, Role.EDITOR), segment);
    return transactions.execute(status -> {
      Experiment experiment = rows.locked(id).orElseThrow(() -> new NotFound("experiment"));
      keep(id, begun(experiment, segment));
      jobs.enqueue(KIND, experiment.projectId(), id, account.id());
      return find(id);
    });
  }

  /// Has a clean-up that waits for its merge written again, since another experiment came to need
  /// something of it. Joins the caller's transaction.
  ///
  /// @param asker who brought that other one
  public void again(UUID id, UUID asker) {
    asPryo(() -> {
      rows.locked(id).ifPresent(experiment -> again(experiment, asker));
      return true;
    });
  }

  private void again(Experiment experiment, UUID asker) {
    Rollout known = experiment.rollout();
    if (known != null && known.status() == Rollout.Status.AWAITING_MERGE) {
      keep(experiment.id(), known.again());
      jobs.enqueue(KIND, experiment.projectId(), experiment.id(), asker);
    }
  }

  private static Rollout begun(Experiment experiment, @Nullable String segment) {
    Rollout known = experiment.rollout();
    if (known != null && known.conflicts() && known.segment().equals(segment)) {
      return known.again();
    }
    requirePossible(experiment);
    return Rollout.begun(String.valueOf(segment));
  }

  private static void requireSegment(Experiment experiment, @Nullable String segment) {
    Invalid.Collector problems = new Invalid.Collector();
    List<String> keys = experiment.segments().stream().map(Segment::key).toList();
    problems.check(
        segment != null && keys.contains(segment),
        "segment",
        "must be the key of one of its segments: "
            + keys.stream().collect(Collectors.joining(", ")));
    problems.throwIfAny();
  }

  private static void requirePossible(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull == null || pull.state() != Experiment.PullRequest.State.MERGED) {
      throw new Conflict(
          "Nothing of it is merged into the repository, so there is nothing to roll out%s"
              .formatted(
                  pull != null && pull.isOpen()
                      ? ": merge its pull request first, or close it where it is not wanted."
                      : ". What was put into the site by hand is taken out by hand."));
    }
    if (experiment.stage() instanceof Stage.Active || experiment.stage() instanceof Stage.Paused) {
      throw new Conflict("It still runs: finish it first, then roll one segment out.");
    }
    Rollout known = experiment.rollout();
    if (known != null && !known.isOver()) {
      throw new Conflict(
          switch (known.status()) {
            case DONE -> "It is rolled out already: “%s” stayed.".formatted(known.segment());
            default ->
                "Its roll-out to “%s” is under way: merge or close that pull request first."
                    .formatted(known.segment());
          });
    }
  }

  /// Whether people can ask for it now.
  public static boolean possible(Experiment experiment) {
    try {
      requirePossible(experiment);
      return true;
    } catch (Conflict e) {
      return false;
    }
  }

  /// Nothing of it is left in the repository, without any pull request. Joins the caller's
  /// transaction, as do all below.
  public void gone(UUID id) {
    change(id, old -> new Rollout(old.segment(), Rollout.Status.DONE, null, null));
  }

  /// Its pull request is written and stands so.
  public void written(UUID id, Rollout.PullRequest pull) {
    change(id, old -> old.with(pull));
  }

  /// Its pull request was seen to stand so, which counts while nobody writes it again.
  public void seen(UUID id, Rollout.PullRequest pull) {
    change(id, old -> old.status() == Rollout.Status.AWAITING_MERGE ? old.with(pull) : old);
  }

  public void fail(UUID id, Stage.Problem problem) {
    change(id, old -> old.failed(problem));
  }

  private void change(UUID id, UnaryOperator<Rollout> change) {
    asPryo(() -> {
      Rollout old = rows.locked(id).map(Experiment::rollout).orElse(null);
      if (old != null) {
        Rollout now = change.apply(old);
        if (!now.equals(old)) {
          keep(id, now);
        }
      }
      return true;
    });
  }

  private void keep(UUID id, Rollout rollout) {
    sql.sql("update experiment set rollout = :rollout::jsonb, updated_at = :now where id = :id")
        .param("rollout", json.writeValueAsString(rollout))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("id", id)
        .update();
  }

  /// Those of all projects whose clean-up waits for its merge.
  public List<Experiment> waiting() {
    return asPryo(rows::rollingOut);
  }

  private Experiment find(UUID id) {
    return rows.byId(id).orElseThrow(() -> new NotFound("experiment"));
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }
}
