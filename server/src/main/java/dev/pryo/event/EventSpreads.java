package dev.pryo.event;

import dev.pryo.experiment.Goal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
      select measure, segment, bin, base, width, bins, count(*) as people, null::float8[] as quantiles,
             null::timestamptz as ripe_at
        from mature group by 1, 2, 3, 4, 5, 6
      union all
      select measure, segment, null, base, width, bins, count(*),
             percentile_cont(array[{quantiles}]) within group (order by x), null
        from mature group by 1, 2, 4, 5, 6
      union all
      select null, null, null, null, null, null, count(*), null, {ripe} from visitor\
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
              Found found = new Found(query.segments());
              statements
                  .of(query, measures, TotalsText.valued(SPREAD, query, measures))
                  .param("spread", spread)
                  .query(found::add);
              return new KnownTotals.Made<>(found.spreads(), found.ripeAt());
            }));
  }

  static boolean isSpread(Goal goal) {
    return goal.kind() != Goal.Kind.CONVERSION && goal.kind() != Goal.Kind.RATIO;
  }

  /// The spread of each goal, row by row.
  private static final class Found {
    private final int segments;
    private final Map<Integer, Spread> spreads = new TreeMap<>();
    private @Nullable Instant ripeAt;

    Found(int segments) {
      this.segments = segments;
    }

    void add(ResultSet row) throws SQLException {
      int goal = row.getInt("measure");
      if (row.wasNull()) {
        OffsetDateTime ripe = row.getObject("ripe_at", OffsetDateTime.class);
        ripeAt = ripe == null ? null : ripe.toInstant();
        return;
      }
      int bins = row.getInt("bins");
      Spread old = spreads.get(goal);
      Spread spread =
          old == null
              ? new Spread(
                  goal, row.getDouble("base"), row.getDouble("width"), bins, nobody(segments, bins))
              : old;
      int segment = row.getInt("segment");
      List<Spread.Segment> all = new ArrayList<>(spread.segments());
      all.set(segment, segment(all.get(segment), row));
      spreads.put(goal, new Spread(goal, spread.base(), spread.width(), bins, List.copyOf(all)));
    }

    private static Spread.Segment segment(Spread.Segment of, ResultSet row) throws SQLException {
      int bin = row.getInt("bin");
      if (row.wasNull()) {
        Double[] quantiles = (Double[]) row.getArray("quantiles").getArray();
        return new Spread.Segment(of.counts(), Arrays.asList(quantiles));
      }
      List<Long> counts = new ArrayList<>(of.counts());
      counts.set(bin + 1, row.getLong("people"));
      return new Spread.Segment(List.copyOf(counts), of.quantiles());
    }

    private static List<Spread.Segment> nobody(int segments, int bins) {
      return Collections.nCopies(
          segments, new Spread.Segment(Collections.nCopies(bins + 2, 0L), List.of()));
    }

    List<Spread> spreads() {
      return List.copyOf(spreads.values());
    }

    /// When the next visitor becomes mature for some goal; null if none will.
    @Nullable Instant ripeAt() {
      return ripeAt;
    }
  }
}
