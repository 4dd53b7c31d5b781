package dev.pryo.platform;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// One query that only reads, in one journey to the database; a transaction around it costs two
/// more. The statement says itself for whom it is, and the setting ends with it. Inside a
/// transaction it is an ordinary query of that: docs/decisions/0019-glances.md.
///
/// The query is planned once for each connection, without a look at the parameters' values: for
/// queries whose indexes are the same whatever they are.
@Component
public final class Glance {
  // The query stands on the inner side of a join and needs a value of the outer one, so that no row
  // of it is looked at before the setting has been made. An offset keeps each side whole.
  private static final String FOR_WHOM =
      """
      select glance.*
        from (select set_config('pryo.account', :pryoAccount, true) as account offset 0) who
       cross join lateral (select found.*, who.account as pryo_account from (%s) found offset 0) glance\
      """;

  private final NamedParameterJdbcTemplate usual;
  private final NamedParameterJdbcTemplate glances;

  Glance(
      NamedParameterJdbcTemplate usual,
      @Qualifier(DatabaseConfiguration.GLANCES) DataSource glances) {
    this.usual = usual;
    this.glances = new NamedParameterJdbcTemplate(glances);
  }

  /// The rows of a query with named parameters, in its order.
  public <T> List<T> at(String query, MapSqlParameterSource parameters, RowMapper<T> row) {
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? usual.query(query, parameters, row)
        : glances.query(
            FOR_WHOM.formatted(query), parameters.addValue("pryoAccount", Tenant.current()), row);
  }
}
