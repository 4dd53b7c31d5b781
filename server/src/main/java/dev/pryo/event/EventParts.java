package dev.pryo.event;

import dev.pryo.event.Part.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts an experiment apart for the values of a property. It is the statement of [EventTotals]
/// with one more thing to group by, so both count the same people by the same rules.
final class EventParts {
  private static final int MOST_NAMES = 30;

  private static final String PROPERTIES =
      """
      select name
        from (select properties from event
               where experiment_no = :experiment and source = :source and project_no = :project
               order by seq desc limit 1000) e
       cross join lateral jsonb_object_keys(e.properties) as name
       where length(name) <= 100
       group by name order by count(*) desc, name limit :most\
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final CountStatements statements;
  private final KnownTotals<List<Part>> known;

  EventParts(JdbcClient sql, TransactionTemplate transactions, CountStatements statements) {
    this.sql = sql;
    this.transactions = transactions;
    this.statements = statements;
    this.known = new KnownTotals<>(sql);
  }

  List<Part> count(TotalsQuery query, String property, int most) {
    List<Measure> measures = Measure.of(query.goals());
    return transactions.execute(status ->
        known.get(
            query,
            most + " " + property,
            statements.names(query, measures),
            () -> {
              statements.settings();
              Cells cells = new Cells(query, most);
              statements
                  .of(query, measures, TotalsText.parts(query, measures))
                  .param("by", property)
                  .param("most", most)
                  .query(cells::add);
              return new KnownTotals.Made<>(cells.parts(), cells.ripeAt());
            }));
  }

  /// Of the newest events that name the experiment.
  List<String> properties(TotalsQuery query) {
    return transactions.execute(status ->
        sql.sql(PROPERTIES)
            .param("project", query.projectNo())
            .param("experiment", query.experimentNo())
            .param("source", query.source().ordinal())
            .param("most", MOST_NAMES)
            .query(String.class)
            .list());
  }

  /// One sum for each cell: 0 are people without the property, then the values, then all others.
  private static final class Cells {
    private final TotalsQuery query;
    private final int most;
    private final Map<Integer, TotalsSum> sums = new TreeMap<>();
    private final Map<Integer, String> values = new TreeMap<>();

    Cells(TotalsQuery query, int most) {
      this.query = query;
      this.most = most;
    }

    void add(ResultSet row) throws SQLException {
      int cell = row.getInt("cell");
      if (row.getString("part").equals("trait")) {
        values.put(cell, row.getString("trait"));
      } else {
        sums.computeIfAbsent(cell, fresh -> new TotalsSum(query)).add(row);
      }
    }

    List<Part> parts() {
      List<Part> parts = new ArrayList<>();
      values.forEach((cell, value) -> part(parts, cell, Kind.VALUE, value));
      part(parts, most + 1, Kind.OTHER, null);
      part(parts, 0, Kind.NONE, null);
      return List.copyOf(parts);
    }

    private void part(List<Part> parts, int cell, Kind kind, @Nullable String value) {
      TotalsSum sum = sums.get(cell);
      if (sum == null) {
        return;
      }
      Totals totals = sum.totals();
      if (totals.users().stream().anyMatch(users -> users > 0)) {
        parts.add(new Part(kind, value, totals.users(), totals.goals()));
      }
    }

    @Nullable Instant ripeAt() {
      Instant first = null;
      for (TotalsSum sum : sums.values()) {
        Instant ripe = sum.ripeAt();
        if (ripe != null && (first == null || ripe.isBefore(first))) {
          first = ripe;
        }
      }
      return first;
    }
  }
}
