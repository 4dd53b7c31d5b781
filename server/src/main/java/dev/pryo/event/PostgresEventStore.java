package dev.pryo.event;

import dev.pryo.event.EventInsert.Row;
import dev.pryo.platform.DatabaseConfiguration;
import dev.pryo.platform.Tenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Events in PostgreSQL: rows as they came, from which everything is counted when it is asked for,
/// so that what comes late or out of order needs no repair.
@Component
final class PostgresEventStore implements EventStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresEventStore.class);

  // docs/decisions/0013-four-writers.md
  private static final int WRITERS = 4;

  private final JdbcTemplate jdbc;
  private final JdbcTemplate writers;
  private final TransactionTemplate transactions;
  private final EventNames names;
  private final EventPages pages;
  private final EventTotals totals;
  private final GroupCommit writer = new GroupCommit(WRITERS, this::write);

  PostgresEventStore(
      JdbcTemplate jdbc,
      @Qualifier(DatabaseConfiguration.EVENT_WRITERS) DataSource writers,
      TransactionTemplate transactions,
      EventNames names) {
    this.jdbc = jdbc;
    this.writers = new JdbcTemplate(writers);
    this.transactions = transactions;
    this.names = names;
    JdbcClient sql = JdbcClient.create(jdbc);
    this.pages = new EventPages(sql, transactions, names);
    this.totals = new EventTotals(sql, transactions, names);
  }

  @Override
  public List<Outcome> append(List<NewEvent> events) {
    return events.isEmpty() ? List.of() : writer.append(rows(events));
  }

  private List<Row> rows(List<NewEvent> events) {
    Map<String, Integer> numbers = new HashMap<>(); // a request has one project and few names
    List<Row> rows = new ArrayList<>(events.size());
    for (NewEvent event : events) {
      int name =
          numbers.computeIfAbsent(event.name(), fresh -> names.number(event.projectNo(), fresh));
      rows.add(new Row(event, EventKeys.event(event.id()), name));
    }
    return rows;
  }

  /// Every check is made before; should the database refuse a row all the same, that row is found
  /// by halving and its neighbours are kept.
  private List<Outcome> write(List<Row> rows) {
    try {
      return insert(writers, rows);
    } catch (DataIntegrityViolationException e) {
      if (rows.size() == 1) {
        LOG.warn("The database refused an event: {}", e.getMessage());
        return List.of(Outcome.REFUSED);
      }
      List<Outcome> outcomes = new ArrayList<>(write(rows.subList(0, rows.size() / 2)));
      outcomes.addAll(write(rows.subList(rows.size() / 2, rows.size())));
      return outcomes;
    }
  }

  private static List<Outcome> insert(JdbcTemplate through, List<Row> rows) {
    List<Outcome> outcomes =
        through.execute(
            (ConnectionCallback<List<Outcome>>) connection -> EventInsert.run(connection, rows));
    return outcomes == null ? Collections.emptyList() : outcomes;
  }

  @Override
  public void replaceSimulated(long projectNo, long experimentNo, List<NewEvent> events) {
    List<Row> rows = rows(events);
    Tenant.system(() ->
        transactions.execute(status -> {
          // two runs at once would each keep the other's events
          jdbc.queryForList("select no from experiment where no = ? for update", experimentNo);
          jdbc.update(
              "delete from event where experiment_no = ? and source = ? and project_no = ?",
              experimentNo,
              Source.SIMULATED.ordinal(),
              projectNo);
          return rows.isEmpty() ? List.of() : insert(jdbc, rows);
        }));
  }

  @Override
  public Totals totals(TotalsQuery query) {
    return totals.count(query);
  }

  @Override
  public List<StoredEvent> page(EventQuery query) {
    return pages.page(query);
  }

  @Override
  public void close() {
    writer.close();
  }
}
