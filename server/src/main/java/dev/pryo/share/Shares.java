package dev.pryo.share;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Address;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Keys;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The read-only links to results. An experiment has at most one: a new one ends the one before.
/// Its token has 256 random bits, and the database keeps only their digest, so neither a guess nor
/// a copy of the database opens a link.
@Component
public class Shares {
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 365;

  /// A fresh link; its address is told this once.
  public record Link(String url, Instant createdAt, Instant expiresAt) {}

  private final Experiments experiments;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Address address;
  private final InstantSource clock;

  Shares(
      Experiments experiments,
      JdbcClient sql,
      TransactionTemplate transactions,
      Address address,
      InstantSource clock) {
    this.experiments = experiments;
    this.sql = sql;
    this.transactions = transactions;
    this.address = address;
    this.clock = clock;
  }

  /// Makes the link to an experiment's results, in place of an earlier one.
  ///
  /// @param days after which it ends by itself; null: 30
  public Link open(Account account, UUID id, @Nullable Integer days) {
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    int kept = days == null ? DAYS : days;
    if (kept < 1 || kept > MOST_DAYS) {
      throw new Invalid("days", "must be from 1 to %d".formatted(MOST_DAYS));
    }
    String token = Keys.random();
    Instant now = clock.instant();
    Instant end = now.plus(Duration.ofDays(kept));
    transactions.executeWithoutResult(status ->
        sql.sql(
                """
                insert into share_link (experiment_id, project_id, hash, created_at, expires_at)
                values (:experiment, :project, :hash, :now, :end)
                on conflict (experiment_id) do update
                   set hash = excluded.hash, created_at = excluded.created_at, expires_at = excluded.expires_at\
                """)
            .param("experiment", id)
            .param("project", experiment.projectId())
            .param("hash", digest(token))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("end", end.atOffset(ZoneOffset.UTC))
            .update());
    return new Link("%s/share/%s".formatted(address.publicUrl(), token), now, end);
  }

  /// Ends the link at once. Without one there is nothing to do.
  public void end(Account account, UUID id) {
    experiments.require(account, id, Role.EDITOR);
    transactions.executeWithoutResult(status ->
        sql.sql("delete from share_link where experiment_id = :experiment")
            .param("experiment", id)
            .update());
  }

  /// Whether there is a link, for whoever was found to be allowed to see the experiment.
  public Optional<Share> of(UUID experiment) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql(
                    """
                    select created_at, expires_at from share_link
                     where experiment_id = :experiment and expires_at > :now\
                    """)
                .param("experiment", experiment)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((rs, n) ->
                    new Share(
                        rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                        rs.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional()));
  }

  /// The experiment that the token opens, for anybody who has it.
  public Optional<Experiment> opened(String token) {
    return Tenant.system(() ->
        Objects.requireNonNull(
            transactions.execute(status ->
                sql.sql(
                        "select experiment_id from share_link where hash = :hash and expires_at > :now")
                    .param("hash", digest(token))
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(UUID.class)
                    .optional()
                    .flatMap(experiments::find))));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
