package dev.pryo.event;

import dev.pryo.event.EventInsert.Row;
import dev.pryo.platform.DatabaseConfiguration;
import dev.pryo.platform.Glance;
import dev.pryo.platform.Tenant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private static final String EXPIRE =
      """
      delete from event where ctid = any(array(
        select ctid from event where project_no = ? and received_at < ? order by received_at limit ?))\
      """;

  // From one project that has events to the next. One that is being made is not taken for gone: its
  // events cannot be seen before it.
  private static final String SWEEP =
      """
      with recursive having_events (no) as (
        select min(project_no) from event
        union all
        select (select min(project_no) from event where project_no > h.no) from having_events h where h.no is not null)
      delete from event where ctid = any(array(
        select e.ctid
          from having_events h
         cross join lateral (select ctid from event where project_no = h.no order by received_at limit ?) e
         where h.no is not null and not exists (select from project p where p.no = h.no)
         limit ?))\
      """;

  // docs/decisions/0013-four-writers.md
  private static final int WRITERS = 4;

  private final JdbcTemplate jdbc;
  private final JdbcTemplate writers;
  private final TransactionTemplate transactions;
  private final EventNames names;
  private final EventPages pages;
  private final EventTotals totals;
  private final EventParts parts;
  private final EventDays days;
  private final EventSpreads spreads;
  private final VisitorRows visitors;
  private final GroupCommit writer = new GroupCommit(WRITERS, this::write);

  PostgresEventStore(
      JdbcTemplate jdbc,
      @Qualifier(DatabaseConfiguration.EVENT_WRITERS) DataSource writers,
      TransactionTemplate transactions,
      Glance glance,
      EventNames names) {
    this.jdbc = jdbc;
    this.writers = new JdbcTemplate(writers);
    this.transactions = transactions;
    this.names = names;
    JdbcClient sql = JdbcClient.create(jdbc);
    this.pages = new EventPages(glance, names);
    CountStatements statements = new CountStatements(sql, names);
    this.totals = new EventTotals(sql, transactions, statements);
    this.parts = new EventParts(sql, transactions, statements);
    this.days = new EventDays(sql, transactions, statements);
    this.spreads = new EventSpreads(sql, transactions, statements);
    this.visitors = new VisitorRows(sql);
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
  public Optional<Instant> exceeded(TotalsQuery query, Set<Integer> segments, int hours, long n) {
    return totals.exceeded(query, segments, hours, n);
  }

  @Override
  public List<Part> parts(TotalsQuery query, String property, int most) {
    return parts.count(query, property, most);
  }

  @Override
  public List<String> properties(TotalsQuery query) {
    return parts.properties(query);
  }

  @Override
  public List<DayEnd> days(TotalsQuery query) {
    return days.count(query);
  }

  @Override
  public List<Spread> spreads(TotalsQuery query) {
    return spreads.count(query);
  }

  @Override
  public EventPage page(EventQuery query) {
    return pages.page(query);
  }

  @Override
  public List<StoredEvent> visitor(VisitorQuery visitor, int limit) {
    return transactions.execute(status -> visitors.list(visitor, limit));
  }

  @Override
  public int erase(VisitorQuery visitor, int most) {
    return transactions.execute(status -> visitors.delete(visitor, most));
  }

  @Override
  public int expire(long projectNo, Instant before, int most) {
    return transactions.execute(
        status -> jdbc.update(EXPIRE, projectNo, before.atOffset(ZoneOffset.UTC), most));
  }

  @Override
  public int sweep(int most) {
    return transactions.execute(status -> jdbc.update(SWEEP, most, most));
  }

  @Override
  public void close() {
    writer.close();
  }
}
