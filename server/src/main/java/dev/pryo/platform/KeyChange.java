package dev.pryo.platform;

import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Seals all kept secrets with `SECRET_KEY` when the server starts with the one before it beside
/// it: all of them or, where one cannot be read, none, and then the server does not start.
@Component
final class KeyChange implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(KeyChange.class);

  private final Settings settings;
  private final Seals seals;
  private final List<Sealing> kept;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  KeyChange(
      Settings settings,
      Seals seals,
      List<Sealing> kept,
      JdbcClient sql,
      TransactionTemplate transactions) {
    this.settings = settings;
    this.seals = seals;
    this.kept = kept;
    this.sql = sql;
    this.transactions = transactions;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (settings.secretKeyBefore().isBlank()) {
      return;
    }
    int secrets;
    try {
      secrets =
          Tenant.system(() ->
              transactions.execute(
                  status -> kept.stream().map(Sealing::sealed).mapToInt(this::sealAnew).sum()));
    } catch (Unavailable e) {
      throw new StartFailure(
          "SECRET_KEY_BEFORE is not the key that the stored secrets were encrypted with: give the one of the last start, or leave it out.",
          e);
    }
    LOG.info(
        "{} stored secrets are encrypted with SECRET_KEY now: SECRET_KEY_BEFORE can go.", secrets);
  }

  private int sealAnew(Sealing.Column column) {
    record Row(UUID id, byte[] sealed) {}
    List<Row> rows =
        sql.sql(
                "select %s, %s from %s where %2$s is not null for update"
                    .formatted(column.row(), column.sealed(), column.table()))
            .query((rs, n) -> new Row(rs.getObject(1, UUID.class), rs.getBytes(2)))
            .list();
    for (Row row : rows) {
      String secret = seals.open(column.purpose(), row.id(), row.sealed());
      sql.sql(
              "update %s set %s = :sealed where %s = :row"
                  .formatted(column.table(), column.sealed(), column.row()))
          .param("sealed", seals.seal(column.purpose(), row.id(), secret))
          .param("row", row.id())
          .update();
    }
    return rows.size();
  }
}
