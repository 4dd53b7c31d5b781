package dev.pryo.github;

import dev.pryo.codehost.GitHubPeople.MadeApp;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Sealing;
import dev.pryo.platform.Seals;
import dev.pryo.platform.Tenant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// The GitHub App of this installation; there is at most one.
@Component
final class Apps implements Sealing {
  private static final String PURPOSE = "github app";

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Seals seals;
  private final JsonMapper json;
  private final InstantSource clock;

  Apps(
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

  Optional<App> find() {
    return asPryo(() ->
        sql.sql("select * from github_app")
            .query((rs, n) -> {
              UUID id = rs.getObject("id", UUID.class);
              return new App(
                  id,
                  rs.getLong("number"),
                  rs.getString("slug"),
                  rs.getString("client_id"),
                  rs.getString("page"),
                  json.readValue(
                      seals.open(PURPOSE, id, rs.getBytes("sealed")), App.Secrets.class));
            })
            .optional());
  }

  /// Keeps the app that was just made.
  ///
  /// @throws Conflict where there is one already
  App keep(MadeApp made) {
    UUID id = asPryo(() -> sql.sql("select uuidv7()").query(UUID.class).single());
    App.Secrets secrets = new App.Secrets(made.clientSecret(), made.webhookSecret(), made.pem());
    int kept =
        asPryo(() ->
            sql.sql(
                    """
                    insert into github_app (id, number, slug, client_id, page, sealed, created_at)
                    values (:id, :number, :slug, :client, :page, :sealed, :now) on conflict (only_one) do nothing\
                    """)
                .param("id", id)
                .param("number", made.id())
                .param("slug", made.slug())
                .param("client", made.clientId())
                .param("page", made.htmlUrl())
                .param("sealed", seals.seal(PURPOSE, id, json.writeValueAsString(secrets)))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update());
    if (kept == 0) {
      throw new Conflict(
          "This Pryo has a GitHub App already. Delete the new one on GitHub; the first one stays.");
    }
    return find().orElseThrow();
  }

  @Override
  public Sealing.Column sealed() {
    return new Sealing.Column("github_app", "id", "sealed", PURPOSE);
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }
}
