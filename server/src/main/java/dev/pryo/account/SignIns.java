package dev.pryo.account;

import dev.pryo.platform.Keys;
import dev.pryo.platform.Unauthorized;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Who is signed in where: refresh tokens of API clients, cookies of browsers, one-time links.
@Component
public class SignIns {
  static final Duration REFRESH = Duration.ofDays(30);
  static final Duration LINK = Duration.ofHours(24);

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final AccessTokens accessTokens;
  private final InstantSource clock;

  SignIns(
      JdbcClient sql,
      TransactionTemplate transactions,
      AccessTokens accessTokens,
      InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.accessTokens = accessTokens;
    this.clock = clock;
  }

  /// Starts a sign-in of an API client.
  public Tokens start(Account account) {
    return issue(account, UUID.randomUUID(), clock.instant().plus(REFRESH));
  }

  private Tokens issue(Account account, UUID family, Instant end) {
    String token = Keys.random();
    sql.sql(
            """
            insert into refresh_token (hash, account_id, family, created_at, expires_at)
            values (:hash, :account, :family, :now, :end)\
            """)
        .param("hash", Hashes.of(token))
        .param("account", account.id())
        .param("family", family)
        .param("now", now())
        .param("end", end.atOffset(ZoneOffset.UTC))
        .update();
    return new Tokens(
        accessTokens.issue(account.id()), token, "bearer", AccessTokens.LIFE.toSeconds(), account);
  }

  /// Spends a refresh token for new tokens. One that was spent already has been stolen, by
  /// whichever of the two came first: the whole sign-in ends.
  public Tokens refresh(@Nullable String token) {
    record Spent(UUID account, UUID family, Instant end) {}
    byte[] hash = Hashes.of(token == null ? "" : token);
    Optional<Tokens> fresh =
        transactions.execute(status -> {
          Optional<Spent> spent =
              sql.sql(
                      """
                      update refresh_token set spent_at = :now
                       where hash = :hash and spent_at is null and expires_at > :now
                      returning account_id, family, expires_at\
                      """)
                  .param("now", now())
                  .param("hash", hash)
                  .query((rs, n) ->
                      new Spent(
                          rs.getObject(1, UUID.class),
                          rs.getObject(2, UUID.class),
                          rs.getObject(3, OffsetDateTime.class).toInstant()))
                  .optional();
          if (spent.isEmpty()) {
            sql.sql(
                    """
                    delete from refresh_token where family =
                      (select family from refresh_token where hash = :hash and spent_at is not null)\
                    """)
                .param("hash", hash)
                .update();
            return Optional.empty();
          }
          return sql.sql("select * from account where id = :id")
              .param("id", spent.get().account())
              .query(Accounts::account)
              .optional()
              .map(account -> issue(account, spent.get().family(), spent.get().end()));
        });
    return fresh.orElseThrow(
        () -> new Unauthorized("The refresh token is not valid: sign in again."));
  }

  /// Ends the sign-in that this refresh token belongs to; an unknown one has ended already.
  public void end(@Nullable String token) {
    sql.sql(
            "delete from refresh_token where family = (select family from refresh_token where hash = :hash)")
        .param("hash", Hashes.of(token == null ? "" : token))
        .update();
  }

  /// Makes the value of a browser's cookie.
  public String startSession(Account account) {
    String token = Keys.random();
    sql.sql(
            """
            insert into web_session (hash, account_id, created_at, expires_at)
            values (:hash, :account, :now, :end)\
            """)
        .param("hash", Hashes.of(token))
        .param("account", account.id())
        .param("now", now())
        .param("end", now().plus(REFRESH))
        .update();
    return token;
  }

  /// The account of a browser's cookie.
  public Optional<Account> session(String token) {
    return sql.sql(
            """
            select a.* from web_session s join account a on a.id = s.account_id
             where s.hash = :hash and s.expires_at > :now\
            """)
        .param("hash", Hashes.of(token))
        .param("now", now())
        .query(Accounts::account)
        .optional();
  }

  public void endSession(String token) {
    sql.sql("delete from web_session where hash = :hash").param("hash", Hashes.of(token)).update();
  }

  /// A token that signs the account in once.
  public String link(Account account) {
    String token = Keys.random();
    sql.sql(
            "insert into sign_in_link (hash, account_id, expires_at) values (:hash, :account, :end)")
        .param("hash", Hashes.of(token))
        .param("account", account.id())
        .param("end", now().plus(LINK))
        .update();
    return token;
  }

  /// Spends a link.
  public Optional<Account> followLink(String token) {
    return sql.sql(
            """
            with spent as (delete from sign_in_link where hash = :hash returning account_id, expires_at)
            select a.* from spent s join account a on a.id = s.account_id where s.expires_at > :now\
            """)
        .param("hash", Hashes.of(token))
        .param("now", now())
        .query(Accounts::account)
        .optional();
  }

  /// Forgets what has ended; the server does it daily.
  public void sweep() {
    for (String table : new String[] {"refresh_token", "web_session", "sign_in_link"}) {
      sql.sql("delete from %s where expires_at < :now".formatted(table))
          .param("now", now())
          .update();
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
