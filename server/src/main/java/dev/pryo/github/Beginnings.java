package dev.pryo.github;

import dev.pryo.platform.Keys;
import dev.pryo.platform.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Who went to GitHub, and is to come back from it: once, within ten minutes, in the same browser.
@Component
final class Beginnings {
  static final Duration LIFE = Duration.ofMinutes(10);

  /// What somebody went for.
  enum Purpose {
    CONNECT,
    APP
  }

  /// A way that was begun.
  ///
  /// @param state goes to GitHub and comes back
  /// @param browser stays in the browser, as a cookie
  record Begun(String state, String browser) {}

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  Beginnings(JdbcClient sql, TransactionTemplate transactions, InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
  }

  Begun begin(UUID account, Purpose purpose) {
    Begun begun = new Begun(Keys.random(), Keys.random());
    asPryo(() ->
        sql.sql(
                """
                with swept as (delete from github_beginning where expires_at < :now)
                insert into github_beginning (state, browser, account_id, purpose, expires_at)
                values (:state, :browser, :account, :purpose, :end)\
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("state", hash(begun.state()))
            .param("browser", hash(begun.browser()))
            .param("account", account)
            .param("purpose", purpose.name())
            .param("end", clock.instant().plus(LIFE).atOffset(ZoneOffset.UTC))
            .update());
    return begun;
  }

  /// Spends the state; from another browser it is spent for nothing.
  Optional<UUID> end(String state, String browser, Purpose purpose) {
    record Ended(UUID account, byte[] browser) {}
    return asPryo(() ->
            sql.sql(
                    """
                    delete from github_beginning
                     where state = :state and purpose = :purpose and expires_at > :now
                    returning account_id, browser\
                    """)
                .param("state", hash(state))
                .param("purpose", purpose.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((rs, n) -> new Ended(rs.getObject(1, UUID.class), rs.getBytes(2)))
                .optional())
        .filter(ended -> MessageDigest.isEqual(ended.browser(), hash(browser)))
        .map(Ended::account);
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }
}
