package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The document as clients read it.
class DocumentTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
          .build();

  @Test
  void itHasTheFieldsOfTheContract() {
    JsonNode json =
        json(
            Given.experiment()
                .planned(40_000)
                .users(10_000, 10_000)
                .converted(0, 1_000, 1_300)
                .analysis());
    assertThat(json.propertyNames())
        .contains(
            "plots",
            "insights",
            "summary",
            "winner_recommendation",
            "raw_data",
            "statistics",
            "checks",
            "verdict",
            "progress",
            "source",
            "written_by",
            "words",
            "generated_at",
            "experiment_id",
            "facts");
    assertThat(json.at("/source").asString()).isEqualTo("live");
    assertThat(json.at("/written_by").asString()).isEqualTo("pryo");
    assertThat(json.at("/words").asString()).isEqualTo("off");
    assertThat(json.at("/verdict").propertyNames())
        .containsExactlyInAnyOrder("decision", "segment", "sentence", "rule", "facts");
    assertThat(json.at("/verdict/decision").asString()).isEqualTo("ship");
    assertThat(json.at("/verdict/rule").asString()).isEqualTo("primary_better");
    assertThat(json.at("/winner_recommendation").propertyNames())
        .containsExactlyInAnyOrder("segment", "decision", "confidence", "reason", "facts");
    assertThat(json.at("/progress").propertyNames())
        .containsExactlyInAnyOrder("exposed", "n_planned", "fraction", "days_left");
    assertThat(json.at("/progress/fraction").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/raw_data/segments/1/segment").asString()).isEqualTo("test1");
    assertThat(json.at("/raw_data/segments/1/users").asLong()).isEqualTo(10_000);
    assertThat(json.at("/raw_data/segments/1/events/trial_started/users").asLong())
        .isEqualTo(1_300);
    assertThat(json.at("/statistics/method").asString()).isEqualTo("mixture_cs");
    JsonNode comparison = json.at("/statistics/comparisons/0");
    assertThat(comparison.propertyNames())
        .contains(
            "goal",
            "segment",
            "control",
            "test",
            "relative_lift",
            "interval",
            "p_value",
            "always_valid",
            "bayesian",
            "significant");
    assertThat(comparison.get("bayesian").propertyNames())
        .containsExactlyInAnyOrder("chance_to_win", "expected_loss", "interval");
    assertThat(comparison.at("/control/n").asLong()).isEqualTo(10_000);
    assertThat(comparison.at("/always_valid/interval").size()).isEqualTo(2);
    assertThat(comparison.at("/always_valid/p_value").asDouble()).isLessThan(1e-6);
  }

  @Test
  void itReadsBackAsItWasWritten() {
    Analysis analysis =
        Given.experiment()
            .users(10_000, 10_000)
            .converted(0, 1_000, 1_300)
            .days(Given.day("2026-03-02", 0, 10_000, 1_000))
            .analysis();
    JsonNode written = json(analysis);
    assertThat(json(JSON.treeToValue(written, Analysis.class))).isEqualTo(written);
  }

  @Test
  void whateverIsCountedThereIsAnAnalysisWithoutNaN() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      check(random(random).analysis());
    }
  }

  private static Given random(Random random) {
    Given given = Given.experiment();
    boolean three = random.nextBoolean();
    if (three) {
      given.segments("100", "0", "0");
    }
    long[] users = random.longs(three ? 3 : 2, 0, edge(random, 1, 3, 60, 5_000)).toArray();
    given.goals(
        Given.conversion("a", "A"),
        Given.sum("b", "B"),
        Given.guardrail("c", "C", 0.1),
        random.nextBoolean() ? Given.windowed("d", "D", 24) : Given.falling("d", "D"));
    given.users(users);
    if (random.nextBoolean()) {
      given.planned(edge(random, 1, 2, 10, 100_000));
    }
    for (int goal = 0; goal < 4; goal++) {
      for (int segment = 0; segment < users.length; segment++) {
        given.total(total(random, goal, segment, users[segment]));
      }
    }
    return random.nextInt(4) == 0 ? given.simulated() : given;
  }

  private static GoalTotal total(Random random, int goal, int segment, long users) {
    long mature = random.nextInt(4) == 0 ? random.nextLong(users + 1) : users;
    long converted = random.nextInt(3) == 0 ? 0 : random.nextLong(mature + 1);
    double scale =
        List.of(0.0, 1.0, -1.0, 1e-300, 1e160, Double.MAX_VALUE, Double.POSITIVE_INFINITY)
            .get(random.nextInt(7));
    double sum = goal == 1 ? converted * scale : converted;
    double squares = goal == 1 ? converted * scale * scale : converted;
    if (random.nextInt(50) == 0) {
      sum = Double.NaN;
    }
    return new GoalTotal(goal, segment, mature, converted, converted, sum, sum, squares, null);
  }

  private static long edge(Random random, long... values) {
    return values[random.nextInt(values.length)];
  }

  private static void check(Analysis analysis) {
    String text = JSON.writeValueAsString(analysis);
    assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
    Set<String> ids = new HashSet<>();
    analysis.facts().forEach(fact -> assertThat(ids.add(fact.id())).as(fact.id()).isTrue());
    List<String> used = new ArrayList<>(analysis.verdict().facts());
    analysis.insights().forEach(insight -> used.addAll(insight.facts()));
    assertThat(ids).containsAll(used);
    assertThat(analysis.insights()).hasSizeBetween(3, 6).noneMatch(i -> i.facts().isEmpty());
    for (Statistics.Comparison comparison : analysis.statistics().comparisons()) {
      List<Double> interval = comparison.alwaysValid().interval();
      assertThat(interval == null).isEqualTo(comparison.note() != null);
      if (interval != null
          && comparison.role() != Goal.Role.GUARDRAIL
          && comparison.call() != Statistics.Call.WITHHELD) {
        boolean excludesZero = interval.getFirst() > 0 || interval.getLast() < 0;
        assertThat(excludesZero).isEqualTo(comparison.significant());
      }
    }
    for (Plot plot : analysis.plots()) {
      plot.data()
          .datasets()
          .forEach(series ->
              assertThat(series.data()).as(plot.id()).hasSameSizeAs(plot.data().labels()));
    }
  }

  private static JsonNode json(Analysis analysis) {
    return JSON.readTree(JSON.writeValueAsString(analysis));
  }
}
