package dev.pryo.event;

import dev.pryo.experiment.Goal;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The statements that count an experiment, with all that they name.
final class CountStatements {
  // Whole sets are joined; one by one only pays for a few, and is chosen for millions where
  // statistics are old. Days are those of UTC.
  private static final String SETTINGS =
      """
      select set_config('work_mem', '32MB', true), set_config('enable_nestloop', 'off', true),
             set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
             set_config('plan_cache_mode', 'force_custom_plan', true), set_config('TimeZone', 'UTC', true)\
      """;

  private final JdbcClient sql;
  private final EventNames names;

  CountStatements(JdbcClient sql, EventNames names) {
    this.sql = sql;
    this.names = names;
  }

  /// For the rest of the transaction.
  void settings() {
    sql.sql(SETTINGS).query().singleRow();
  }

  /// The numbers of the events that the measures count.
  Integer[] names(TotalsQuery query, List<Measure> measures) {
    return measures.stream()
        .map(measure -> names.find(query.projectNo(), measure.event()))
        .toArray(Integer[]::new);
  }

  JdbcClient.StatementSpec of(TotalsQuery query, List<Measure> measures, String text) {
    List<Goal> goals = query.goals();
    List<Integer> seconds = IntStream.range(goals.size(), measures.size()).boxed().toList();
    Integer[] all = names(query, measures);
    return sql.sql(text)
        .params(Filters.parameters(goals))
        .param("project", query.projectNo())
        .param("experiment", query.experimentNo())
        .param("segments", query.segments())
        .param("asOf", query.asOf().truncatedTo(ChronoUnit.MICROS).toString())
        .param("measures", IntStream.range(0, measures.size()).boxed().toArray(Integer[]::new))
        .param("names", all)
        .param("own", Arrays.copyOf(all, goals.size()))
        .param("kinds", measures.stream().map(CountStatements::kind).toArray(String[]::new))
        .param("hours", measures.stream().map(Measure::hours).toArray(Integer[]::new))
        .param("before", measures.stream().map(Measure::before).toArray(Boolean[]::new))
        .param("goals", measures.stream().map(Measure::goal).toArray(Integer[]::new))
        .param(
            "parts", measures.stream().map(measure -> measure.part().name()).toArray(String[]::new))
        .param("firsts", seconds.stream().map(i -> measures.get(i).goal()).toArray(Integer[]::new))
        .param("seconds", seconds.toArray(Integer[]::new))
        .param("second_kinds", secondKinds(goals, measures))
        .param("caps", caps(goals, measures));
  }

  private static String kind(Measure measure) {
    return measure.kind().name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String[] secondKinds(List<Goal> goals, List<Measure> measures) {
    @Nullable String[] kinds = new @Nullable String[goals.size()];
    measures.stream().skip(goals.size()).forEach(second -> kinds[second.goal()] = kind(second));
    return kinds;
  }

  private static @Nullable Double[] caps(List<Goal> goals, List<Measure> measures) {
    @Nullable Double[] caps = new @Nullable Double[measures.size()];
    for (int goal = 0; goal < goals.size(); goal++) {
      caps[goal] = goals.get(goal).capQuantile();
    }
    return caps;
  }
}
