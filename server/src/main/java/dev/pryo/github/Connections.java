package dev.pryo.github;

import dev.pryo.github.Connection.Grant;
import dev.pryo.github.Connection.Kind;
import dev.pryo.platform.Sealing;
import dev.pryo.platform.Seals;
import dev.pryo.platform.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Who is connected to GitHub, and the tokens that stand for them, encrypted.
@Component
final class Connections implements Sealing {
  private static final String PURPOSE = "github tokens";

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Seals seals;
  private final JsonMapper json;
  private final InstantSource clock;

  Connections(
      JdbcClient sql,
      TransactionTemplate transactions,
      Seals seals,
      JsonMapper json,
      InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.seals = seals;
    this.json = json;
    this.clock = clock;
  }

  Optional<Connection> of(UUID account) {
    return asPryo(() ->
        sql.sql("select * from github_connection where account_id = :account")
            .param("account", account)
            .query((rs, n) -> connection(rs))
            .optional());
  }

  /// Keeps a new connection; an earlier one of the account is over with that.
  void connect(
      UUID account, Kind kind, long person, String login, List<String> scopes, Grant grant) {
    UUID id = asPryo(() -> sql.sql("select uuidv7()").query(UUID.class).single());
    asPryo(() ->
        sql.sql(
                """
                insert into github_connection (account_id, id, kind, person, login, scopes, sealed, created_at)
                values (:account, :id, :kind, :person, :login, :scopes, :sealed, :now)
                on conflict (account_id) do update set id = excluded.id, kind = excluded.kind,
                   person = excluded.person, login = excluded.login, scopes = excluded.scopes,
                   sealed = excluded.sealed, off_since = null, created_at = excluded.created_at\
                """)
            .param("account", account)
            .param("id", id)
            .param("kind", kind.name().toLowerCase(Locale.ROOT))
            .param("person", person)
            .param("login", login)
            .param("scopes", scopes.toArray(String[]::new))
            .param("sealed", sealed(id, grant))
            .param("now", now())
            .update());
  }

  /// Replaces tokens by renewed ones, unless the connection has ended meanwhile.
  void renewed(UUID id, Grant grant) {
    asPryo(() ->
        sql.sql(
                "update github_connection set sealed = :sealed where id = :id and off_since is null")
            .param("sealed", sealed(id, grant))
            .param("id", id)
            .update());
  }

  /// GitHub does not accept it any more.
  void off(UUID id) {
    asPryo(() ->
        sql.sql(
                "update github_connection set off_since = :now where id = :id and off_since is null")
            .param("now", now())
            .param("id", id)
            .update());
  }

  /// All connections of a person on GitHub, which they have ended there.
  void offFor(long person) {
    asPryo(() ->
        sql.sql(
                "update github_connection set off_since = :now where person = :person and off_since is null")
            .param("now", now())
            .param("person", person)
            .update());
  }

  void delete(UUID account) {
    asPryo(() ->
        sql.sql("delete from github_connection where account_id = :account")
            .param("account", account)
            .update());
  }

  private byte[] sealed(UUID id, Grant grant) {
    return seals.seal(PURPOSE, id, json.writeValueAsString(grant));
  }

  private Connection connection(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    @Nullable OffsetDateTime off = row.getObject("off_since", OffsetDateTime.class);
    return new Connection(
        id,
        row.getObject("account_id", UUID.class),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("login"),
        List.of((String[]) row.getArray("scopes").getArray()),
        json.readValue(seals.open(PURPOSE, id, row.getBytes("sealed")), Grant.class),
        off == null ? null : off.toInstant());
  }

  @Override
  public Sealing.Column sealed() {
    return new Sealing.Column("github_connection", "id", "sealed", PURPOSE);
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
