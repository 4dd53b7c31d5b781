package dev.pryo.implementation;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.experiment.Experiment;
import dev.pryo.platform.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Finds the events that others count too. Where two experiments track the same click, one call
/// serves both, and stays until the last of them is rolled out. Where nobody could leave it there,
/// that is told.
@Component
final class StillCounted {
  /// An event that another experiment counts, which has not come to its end.
  private record Counted(String event, String key, String name) {}

  private static final String OTHERS =
      """
      select distinct goal.event, e.key, e.name from experiment e
       cross join lateral (
         select one ->> 'event' as event from jsonb_array_elements(e.goals) one
         union all
         select one -> 'denominator' ->> 'event' from jsonb_array_elements(e.goals) one) goal
       where e.project_id = :project and e.id <> :experiment and goal.event is not null
         and e.pr_state in ('draft', 'open', 'merged') and e.finished_at is null and e.archived_at is null
       order by 1, 2\
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  StillCounted(JdbcClient sql, TransactionTemplate transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  /// The events that other experiments of the project count, which have not come to their end, by
  /// their keys.
  Map<String, Set<String>> events(Experiment experiment) {
    return others(experiment).stream()
        .collect(
            Collectors.groupingBy(
                Counted::key, Collectors.mapping(Counted::event, Collectors.toSet())));
  }

  /// A warning for each event whose last call in another experiment's files goes with these
  /// changes.
  ///
  /// @param live what other experiments left that are there still or wait for their merge
  List<Check> warnings(Experiment experiment, List<Footprint> live, ChangeSet changes) {
    return others(experiment).stream()
        .filter(one ->
            live.stream()
                .filter(other -> other.key().equals(one.key()))
                .anyMatch(other -> isSilenced(one.event(), other, changes)))
        .map(one ->
            Check.warn(
                "still_counted",
                "“%s” counts “%s” too, and what sends it goes with this: merge this once that is decided, or write the line again."
                    .formatted(one.name(), one.event())))
        .toList();
  }

  private List<Counted> others(Experiment experiment) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(OTHERS)
                .param("project", experiment.projectId())
                .param("experiment", experiment.id())
                .query((row, n) ->
                    new Counted(
                        row.getString("event"), row.getString("key"), row.getString("name")))
                .list()));
  }

  /// Whether these changes take the last name of the event out of their files, and none of the
  /// other one's files has it.
  private static boolean isSilenced(String event, Footprint other, ChangeSet changes) {
    Pattern named = Pattern.compile("([\"'`])%s\\1".formatted(Pattern.quote(event)));
    return changes.changes().stream().anyMatch(one -> named.matcher(one.baseText()).find())
        && changes.changes().stream().noneMatch(one -> named.matcher(one.text()).find())
        && other.files().stream()
            .filter(left -> changes.of(left.path()).isEmpty())
            .noneMatch(left -> named.matcher(text(left.written())).find());
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
