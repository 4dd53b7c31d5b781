package dev.pryo.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Settings;
import dev.pryo.platform.Tenant;
import dev.pryo.platform.Unauthorized;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The people of this installation.
@Component
public class Accounts {
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");
  private static final int LONGEST_NAME = 200;
  private static final String UNKNOWN = "E-mail or password is wrong.";

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Settings settings;
  private final Passwords passwords;
  private final Throttle throttle;
  private final InstantSource clock;
  private final List<AccountListener> listeners;
  private final Cache<UUID, Optional<Account>> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(5)).build();

  Accounts(
      JdbcClient sql,
      TransactionTemplate transactions,
      Settings settings,
      Passwords passwords,
      Throttle throttle,
      InstantSource clock,
      List<AccountListener> listeners) {
    this.sql = sql;
    this.transactions = transactions;
    this.settings = settings;
    this.passwords = passwords;
    this.throttle = throttle;
    this.clock = clock;
    this.listeners = listeners;
  }

  /// Makes an account, if sign-up is open to this address.
  public Account signUp(
      @Nullable String email, @Nullable String password, @Nullable String name, String address) {
    throttle.signUp(address);
    Invalid.Collector problems = new Invalid.Collector();
    String mail = normalised(email);
    problems.check(
        EMAIL.matcher(mail).matches(),
        "email",
        "must be an e-mail address such as ada@example.org");
    passwords.check(problems, password, "password");
    String shown = name == null || name.isBlank() ? mail.replaceAll("@.*", "") : name.strip();
    problems.optionalText(shown, "name", LONGEST_NAME);
    problems.throwIfAny();
    requireOpen(mail);
    String hash = passwords.hash(String.valueOf(password));
    return insert(mail, shown, hash, null);
  }

  /// The account of somebody whom Google names, known by Google's subject alone: an address that
  /// has an account already is not joined with it, since whoever holds the address now need not be
  /// who made that account.
  Account google(Google.Person person, String address) {
    Optional<Account> known =
        sql.sql("select * from account where google_subject = :subject")
            .param("subject", person.subject())
            .query(Accounts::account)
            .optional();
    if (known.isPresent()) {
      return known.get();
    }
    throttle.signUp(address);
    String mail = normalised(person.email());
    String shown = person.name().strip();
    requireOpen(mail);
    return insert(
        mail, shown.substring(0, Math.min(LONGEST_NAME, shown.length())), null, person.subject());
  }

  private void requireOpen(String email) {
    boolean open =
        switch (settings.signup()) {
          case OPEN -> true;
          case CLOSED -> false;
          case INVITE -> listeners.stream().anyMatch(listener -> listener.invited(email));
        };
    if (!open) {
      throw new Forbidden(
          "Sign-up is not open to this address: ask an owner of a project to invite you.");
    }
  }

  private Account insert(
      String email, String name, @Nullable String hash, @Nullable String googleSubject) {
    try {
      return Tenant.system(() ->
          transactions.execute(status -> {
            Account account =
                sql.sql(
                        """
                        insert into account (email, name, password_hash, google_subject, created_at)
                        values (:email, :name, :hash, :subject, :now) returning *\
                        """)
                    .param("email", email)
                    .param("name", name)
                    .param("hash", hash)
                    .param("subject", googleSubject)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Accounts::account)
                    .single();
            listeners.forEach(listener -> listener.joined(account));
            return account;
          }));
    } catch (DuplicateKeyException e) {
      throw new Conflict("This e-mail address already has an account: sign in instead.");
    }
  }

  /// The account with this e-mail address and password; the same answer for an unknown address and
  /// a wrong password.
  public Account signIn(@Nullable String email, @Nullable String password, String address) {
    String mail = normalised(email);
    throttle.signIn(mail, address);
    record Row(Account account, @Nullable String hash) {}
    Optional<Row> row =
        sql.sql("select * from account where email = :email")
            .param("email", mail)
            .query((rs, n) -> new Row(account(rs, n), rs.getString("password_hash")))
            .optional();
    boolean right =
        passwords.matches(password == null ? "" : password, row.map(Row::hash).orElse(null));
    if (!right) {
      throw new Unauthorized(UNKNOWN);
    }
    throttle.signedIn(mail);
    return row.orElseThrow().account();
  }

  /// The account, or nothing where it has been deleted. At most five seconds old.
  public Optional<Account> find(UUID id) {
    return known.get(
        id,
        key ->
            sql.sql("select * from account where id = :id")
                .param("id", key)
                .query(Accounts::account)
                .optional());
  }

  /// The account with this e-mail address.
  public Optional<Account> byEmail(String email) {
    return sql.sql("select * from account where email = :email")
        .param("email", normalised(email))
        .query(Accounts::account)
        .optional();
  }

  /// Whether nobody has an account yet, so that the next one is the first.
  public boolean none() {
    return sql.sql("select not exists (select from account)").query(Boolean.class).single();
  }

  /// Whether the account is the oldest: of whoever set this Pryo up.
  public boolean isFirst(Account account) {
    return sql.sql("select id from account order by created_at, id limit 1")
        .query(UUID.class)
        .single()
        .equals(account.id());
  }

  /// The person of whom the embedded set-up is; made at the first start, without a password.
  public Account localOwner() {
    sql.sql(
            """
            insert into account (email, name, local_owner, created_at)
            values ('owner@localhost', 'Owner', true, :now) on conflict do nothing\
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return sql.sql("select * from account where local_owner").query(Accounts::account).single();
  }

  /// Whether the account has a password, so that its change and deletion ask for it.
  public boolean hasPassword(UUID id) {
    return sql.sql("select password_hash is not null from account where id = :id")
        .param("id", id)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /// Sets the first password, or changes it for who knows the current one. Other sign-ins end.
  public void setPassword(Account account, @Nullable String current, @Nullable String fresh) {
    requirePassword(account, current, "current_password");
    Invalid.Collector problems = new Invalid.Collector();
    passwords.check(problems, fresh, "password");
    problems.throwIfAny();
    String hash = passwords.hash(String.valueOf(fresh));
    transactions.executeWithoutResult(status -> {
      sql.sql("update account set password_hash = :hash where id = :id")
          .param("hash", hash)
          .param("id", account.id())
          .update();
      sql.sql("delete from refresh_token where account_id = :id")
          .param("id", account.id())
          .update();
      sql.sql("delete from web_session where account_id = :id").param("id", account.id()).update();
    });
  }

  /// Deletes the account, its sign-ins, and the projects that nobody else owns.
  public void delete(Account account, @Nullable String password) {
    requirePassword(account, password, "password");
    Tenant.system(() ->
        transactions.execute(status -> {
          listeners.forEach(listener -> listener.leaving(account));
          return sql.sql("delete from account where id = :id").param("id", account.id()).update();
        }));
    known.invalidate(account.id());
  }

  private void requirePassword(Account account, @Nullable String password, String field) {
    throttle.signIn(account.email(), "own account");
    String hash =
        sql.sql("select password_hash from account where id = :id")
            .param("id", account.id())
            .query((rs, n) -> Optional.ofNullable(rs.getString(1)))
            .optional()
            .flatMap(found -> found)
            .orElse(null);
    if (hash != null && !passwords.matches(password == null ? "" : password, hash)) {
      throw new Invalid(field, "is not your password");
    }
    throttle.signedIn(account.email());
  }

  private static String normalised(@Nullable String email) {
    return email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
  }

  static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getObject("id", UUID.class),
        row.getString("email"),
        row.getString("name"),
        row.getObject("created_at", java.time.OffsetDateTime.class).toInstant());
  }
}
