package dev.pryo.event;

import dev.pryo.experiment.Goal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts how people's values are spread. The database chooses the bins, of a round width, between
/// the hundredth and the ninety-ninth of hundred of all segments together, so that one large value
/// does not put all others into one bin.
final class EventSpreads {
  private static final String SPREAD =
      """
      ,
      bounded as (
        select measure, percentile_cont(0.01) within group (order by x) as low,
               percentile_cont(0.99) within group (order by x) as high
          from valued
         where mature and measure = any(:spread::int[]) and x > '-infinity' and x < 'infinity'
         group by measure),
      rough as (
        select measure, low, high, case when high - low > abs(high) * 1e-9 then greatest((high - low) / 20, 1e-100) else 1 end as width
          from bounded),
      tens as (select *, power(10, floor(log(width))) as ten from rough),
      even as (
        select measure, low, high,
               greatest(ten * case when width <= ten then 1 when width <= 2 * ten then 2 when width <= 5 * ten then 5
                                   else 10 end,
                        case when (:kinds::text[])[measure + 1] = 'count' then 1 else 0 end) as width
          from tens),
      based as (select measure, width, floor(low / width) * width as base, high from even),
      bins as (
        select measure, width, base, least(greatest(floor((high - base) / width) + 1, 1), 40)::int as bins from based),
      mature as (
        select v.measure, v.segment, v.x, b.width, b.base, b.bins,
               least(greatest(floor((v.x - b.base) / b.width), -1), b.bins)::int as bin
          from valued v join bins b on b.measure = v.measure
         where v.mature)
      select measure, segment, bin, base, width, bins, count(*) as people, null::float8[] as quantiles
        from mature group by 1, 2, 3, 4, 5, 6
      union all
      select measure, segment, null, base, width, bins, count(*),
             percentile_cont(array[{quantiles}]) within group (order by x)
        from mature group by 1, 2, 4, 5, 6\
      """
          .replace(
              "{quantiles}",
              String.join(", ", Spread.QUANTILES.stream().map(String::valueOf).toList()));

  private final TransactionTemplate transactions;
  private final CountStatements statements;
  private final KnownTotals<List<Spread>> known;

  EventSpreads(JdbcClient sql, TransactionTemplate transactions, CountStatements statements) {
    this.transactions = transactions;
    this.statements = statements;
    this.known = new KnownTotals<>(sql);
  }

  List<Spread> count(TotalsQuery query) {
    Integer[] spread =
        IntStream.range(0, query.goals().size())
            .filter(goal -> isSpread(query.goals().get(goal)))
            .boxed()
            .toArray(Integer[]::new);
    if (spread.length == 0) {
      return List.of();
    }
    List<Measure> measures = Measure.of(query.goals());
    return transactions.execute(status ->
        known.get(
            query,
            "",
            statements.names(query, measures),
            () -> {
              statements.settings();
              Map<Integer, Spread> found = new TreeMap<>();
              statements
                  .of(query, measures, TotalsText.valued(SPREAD, query, measures))
                  .param("spread", spread)
                  .query((RowCallbackHandler) row -> add(found, row, query.segments()));
              // with a window people become mature by time alone, and this does not say when
              boolean waits = query.goals().stream().anyMatch(goal -> goal.windowHours() != null);
              return new KnownTotals.Made<>(
                  List.copyOf(found.values()), waits ? query.asOf() : null);
            }));
  }

  static boolean isSpread(Goal goal) {
    return goal.kind() != Goal.Kind.CONVERSION && goal.kind() != Goal.Kind.RATIO;
  }

  private static void add(Map<Integer, Spread> found, ResultSet row, int segments)
      throws SQLException {
    int goal = row.getInt("measure");
    int bins = row.getInt("bins");
    Spread old = found.get(goal);
    Spread spread =
        old == null
            ? new Spread(
                goal, row.getDouble("base"), row.getDouble("width"), bins, nobody(segments, bins))
            : old;
    int segment = row.getInt("segment");
    Spread.Segment of = spread.segments().get(segment);
    int bin = row.getInt("bin");
    boolean isBin = !row.wasNull();
    List<Spread.Segment> all = new ArrayList<>(spread.segments());
    if (isBin) {
      List<Long> counts = new ArrayList<>(of.counts());
      counts.set(bin + 1, row.getLong("people"));
      all.set(segment, new Spread.Segment(List.copyOf(counts), of.quantiles()));
    } else {
      Double[] quantiles = (Double[]) row.getArray("quantiles").getArray();
      all.set(segment, new Spread.Segment(of.counts(), Arrays.asList(quantiles)));
    }
    found.put(goal, new Spread(goal, spread.base(), spread.width(), bins, List.copyOf(all)));
  }

  private static List<Spread.Segment> nobody(int segments, int bins) {
    return Collections.nCopies(
        segments, new Spread.Segment(Collections.nCopies(bins + 2, 0L), List.of()));
  }
}
