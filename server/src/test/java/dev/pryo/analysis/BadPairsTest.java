package dev.pryo.analysis;

import static dev.pryo.analysis.PairsWorld.guarding;
import static dev.pryo.analysis.PairsWorld.isNoNumber;
import static dev.pryo.analysis.PairsWorld.of;
import static dev.pryo.analysis.PairsWorld.ratio;
import static dev.pryo.analysis.PairsWorld.withHistory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.PryoTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Ratios without anything to divide by and histories that say nothing: a sentence in place of the
/// number, and everything beside it is analysed all the same.
@PryoTest
class BadPairsTest {
  private static final int PEOPLE = 60;

  @LocalServerPort int port;
  @TempDir Path folder;

  private PairsWorld world;

  @BeforeEach
  void ratiosHistoryAndAPlainGoal() {
    world =
        new PairsWorld(
            port,
            2,
            List.of(
                ratio("paid", "order", "count", "primary"),
                ratio("balance", "stake", "sum", "secondary"),
                withHistory("spent", "sum", "secondary"),
                Map.of("event", "purchase", "name", "Purchase", "kind", "conversion"),
                guarding(ratio("help", "order", "conversion", "guardrail"), 0.1)));
  }

  /// How one person of a segment behaves.
  private interface Person {
    void act(String user, int number);
  }

  private void people(String segment, int count, Person person) {
    for (int number = 0; number < count; number++) {
      String user = segment + number;
      world.exposed(user, segment);
      if (number % 3 == 0) {
        world.happened(user, "purchase", null);
      }
      person.act(user, number);
    }
  }

  private void orders(String user, int number) {
    world.happened(user, "order", null);
    world.happened(user, "paid", 10.0 + number % 7);
  }

  private void wellBehaved(String user, int number) {
    orders(user, number);
    world.happened(user, "stake", 4.0 + number % 3);
    world.happened(user, "balance", 2.0 + number % 5);
    world.before(user, "spent", (double) (number % 11), 2);
    world.happened(user, "spent", 5.0 + number % 11 + number % 2);
    if (number % 2 == 0) {
      world.happened(user, "help", null);
    }
  }

  @Test
  void nobodyInTheControlHasADenominator() {
    people("control", PEOPLE, (user, number) -> world.happened(user, "paid", 3.0));
    people("test1", PEOPLE, this::wellBehaved);
    people("test2", PEOPLE, this::wellBehaved);
    JsonNode analysis = world.analysed(folder);
    for (String test : List.of("test1", "test2")) {
      isNoNumber(
          of(analysis, "paid", test),
          "There is no “order” in Control yet, so there is nothing to divide by.");
      isNoNumber(
          of(analysis, "help", test),
          "There is no “order” in Control yet, so there is nothing to divide by.");
      assertThat(of(analysis, "paid", test).at("/control/mean").isNull()).isTrue();
      assertThat(of(analysis, "paid", test).at("/test/mean").asDouble()).isPositive();
      isAnalysed(of(analysis, "purchase", test));
    }
    // nobody in the control has a history either: plain means
    assertThat(of(analysis, "spent", "test1").get("estimator").asString()).isEqualTo("mean");
    assertThat(of(analysis, "spent", "test1").get("difference").asDouble()).isPositive();
  }

  @Test
  void nobodyInOneTestHasADenominatorAndTheOtherIsAnalysed() {
    people("control", PEOPLE, this::wellBehaved);
    people("test1", PEOPLE, (user, number) -> {});
    people("test2", PEOPLE, this::wellBehaved);
    JsonNode analysis = world.analysed(folder);
    isNoNumber(
        of(analysis, "paid", "test1"),
        "There is no “order” in Test 1 yet, so there is nothing to divide by.");
    isAnalysed(of(analysis, "paid", "test2"));
    isAnalysed(of(analysis, "balance", "test2"));
    // who has no history is compared by plain means, the other segment by adjusted ones
    assertThat(of(analysis, "spent", "test1").get("estimator").asString()).isEqualTo("mean");
    assertThat(of(analysis, "spent", "test2").get("estimator").asString())
        .isEqualTo("regression_adjusted");
    isAnalysed(of(analysis, "spent", "test2"));
  }

  @Test
  void denominatorsThatAddUpToZero() {
    people(
        "control",
        PEOPLE,
        (user, number) -> {
          world.happened(user, "stake", number % 2 == 0 ? 2.0 : -2.0);
          world.happened(user, "balance", 1.0);
        });
    people("test1", PEOPLE, this::wellBehaved);
    people("test2", PEOPLE, this::wellBehaved);
    JsonNode analysis = world.analysed(folder);
    isNoNumber(
        of(analysis, "balance", "test1"),
        "The values of “stake” add up to zero in Control, so there is nothing to divide by.");
    isAnalysed(of(analysis, "purchase", "test1"));
  }

  @Test
  void aNegativeRatioRisesTowardsZero() {
    for (String segment : List.of("control", "test1", "test2")) {
      double level = segment.equals("test1") ? -5 : -10;
      people(
          segment,
          PEOPLE,
          (user, number) -> {
            world.happened(user, "stake", 2.0);
            world.happened(user, "balance", 2 * level + (number % 2 == 0 ? 0.5 : -0.5));
          });
    }
    JsonNode risen = of(world.analysed(folder), "balance", "test1");
    assertThat(risen.at("/control/mean").asDouble()).isCloseTo(-10, within(1e-12));
    assertThat(risen.get("relative_lift").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(risen.get("call").asString()).isEqualTo("better");
  }

  @Test
  void aRatioThatIsTheSameForEverybody() {
    for (String segment : List.of("control", "test1", "test2")) {
      people(
          segment,
          PEOPLE,
          (user, number) -> {
            world.happened(user, "order", null);
            world.happened(user, "paid", 7.0);
          });
    }
    JsonNode analysis = world.analysed(folder);
    isNoNumber(
        of(analysis, "paid", "test1"),
        "“paid per order” is the same for everybody in a segment: there is no chance in it to measure a change against.");
    isNoNumber(
        of(analysis, "help", "test1"), "There is no “help per order” yet in either segment.");
    isAnalysed(of(analysis, "purchase", "test1"));
  }

  @Test
  void valuesTooLargeToBeAddedUp() {
    people(
        "control",
        PEOPLE,
        (user, number) -> {
          orders(user, number);
          world.before(user, "spent", number == 3 ? 1e308 : 1.0 + number % 2, 4);
          world.happened(user, "spent", 2.0 + number % 3);
        });
    people(
        "test1",
        PEOPLE,
        (user, number) -> {
          world.happened(user, "order", null);
          world.happened(user, "paid", number == 5 ? 1e300 : -1e160);
          world.happened(user, "spent", 3.0 + number % 3);
        });
    people("test2", PEOPLE, this::wellBehaved);
    JsonNode analysis = world.analysed(folder);
    isNoNumber(
        of(analysis, "paid", "test1"),
        "The values of “paid per order” are too large to be added up: check what the site sends as value.");
    isAnalysed(of(analysis, "paid", "test2"));
    // a history that cannot be added up is left aside
    assertThat(of(analysis, "spent", "test1").get("estimator").asString()).isEqualTo("mean");
    assertThat(of(analysis, "spent", "test1").get("difference").asDouble())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void oneVisitorAndNoneAtAll() {
    people("control", PEOPLE, this::wellBehaved);
    people("test1", PEOPLE, this::wellBehaved);
    people("test2", 1, this::wellBehaved);
    JsonNode analysis = world.analysed(folder);
    for (String goal : List.of("paid", "balance", "spent", "help")) {
      isNoNumber(
          of(analysis, goal, "test2"), "Only one person has seen Test 2: a comparison needs two.");
    }
    isAnalysed(of(analysis, "paid", "test1"));
    assertThat(of(analysis, "spent", "test1").get("estimator").asString())
        .isEqualTo("regression_adjusted");
    PairsWorld empty = new PairsWorld(port, 1, List.of(ratio("paid", "order", "sum", "primary")));
    isNoNumber(of(empty.analysed(folder), "paid", "test1"), "Nobody has seen Control yet.");
  }

  private static void isAnalysed(JsonNode comparison) {
    assertThat(comparison.get("relative_lift").isNumber()).as(comparison.toString()).isTrue();
    assertThat(comparison.at("/always_valid/p_value").isNumber()).isTrue();
    assertThat(comparison.get("p_value").asDouble()).isBetween(0.0, 1.0);
    assertThat(comparison.get("call").asString()).isNotEqualTo("no_data");
  }
}
