package dev.pryo.analysis;

import static dev.pryo.analysis.PairsWorld.guarding;
import static dev.pryo.analysis.PairsWorld.of;
import static dev.pryo.analysis.PairsWorld.ratio;
import static dev.pryo.analysis.PairsWorld.withHistory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.PryoTest;
import dev.pryo.stats.AtLevel;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Comparisons;
import dev.pryo.stats.Design;
import dev.pryo.stats.Guardrail;
import dev.pryo.stats.NonInferiority.Direction;
import dev.pryo.stats.NonInferiority.Margin;
import dev.pryo.stats.Result;
import dev.pryo.stats.Sample.Pairs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Goals with two values for each visitor, on data whose truth is known: what the API says is what
/// `stats` makes of the rows.
@PryoTest
class RatioAndHistoryTest {
  private static final int PEOPLE = 600;
  private static final double ALPHA = 0.05;
  private static final Design DESIGN = Design.UNPLANNED;

  @LocalServerPort int port;
  @TempDir Path folder;

  private final Random random = new Random(20);
  private final List<Pairs> rows = new ArrayList<>();

  @BeforeEach
  void noRows() {
    rows.clear();
  }

  @Test
  void aRatioWithAnEffectIsFoundAndOneWithoutIsNot() {
    PairsWorld world =
        new PairsWorld(
            port,
            1,
            List.of(
                ratio("paid", "order", "count", "primary"),
                ratio("click", "visit", "count", "secondary"),
                guarding(ratio("paid", "order", "conversion", "guardrail"), 0.2)));
    List<Pairs> clicks = new ArrayList<>();
    List<Pairs> buyers = new ArrayList<>();
    for (String segment : List.of("control", "test1")) {
      double price = segment.equals("control") ? 20 : 26; // orders are worth 30 % more
      Pairs paid = Pairs.NONE;
      Pairs clicked = Pairs.NONE;
      Pairs bought = Pairs.NONE;
      for (int person = 0; person < PEOPLE; person++) {
        String user = segment + person;
        world.exposed(user, segment);
        int orders = random.nextInt(4); // as often in both, and their number moves no ratio
        double spent = 0;
        for (int i = 0; i < orders; i++) {
          double value = Math.round(price * (0.5 + random.nextDouble()) * 100) / 100.0;
          world.happened(user, "order", null);
          world.happened(user, "paid", value);
          spent += value;
        }
        int visits = 1 + random.nextInt(3);
        int clicksHere = random.nextInt(1 + visits);
        for (int i = 0; i < visits; i++) {
          world.happened(user, "visit", null);
        }
        for (int i = 0; i < clicksHere; i++) {
          world.happened(user, "click", null); // without a value each counts 1
        }
        paid = paid.with(spent, orders);
        bought = bought.with(spent, orders > 0 ? 1 : 0);
        clicked = clicked.with(clicksHere, visits);
      }
      rows.add(paid);
      clicks.add(clicked);
      buyers.add(bought);
    }
    JsonNode analysis = world.analysed(folder);
    JsonNode found = of(analysis, "paid", "test1");
    isWhatStatsMakesOf(found, ratios(rows), "ratio");
    assertThat(found.at("/control/mean").asDouble())
        .isCloseTo(rows.getFirst().sumX().value() / rows.getFirst().sumY().value(), within(1e-9));
    assertThat(found.get("relative_lift").asDouble()).isBetween(0.25, 0.35);
    assertThat(found.get("call").asString()).isEqualTo("better");
    assertThat(found.get("unit").asString()).isEqualTo("per “order”");
    assertThat(found.get("goal_name").asString()).isEqualTo("paid per order");
    JsonNode nothing = of(analysis, "click", "test1");
    isWhatStatsMakesOf(nothing, ratios(clicks), "ratio");
    assertThat(nothing.get("call").asString()).isEqualTo("not_settled");
    assertThat(nothing.at("/always_valid/interval/0").asDouble()).isNegative();
    assertThat(nothing.at("/always_valid/interval/1").asDouble()).isPositive();
    JsonNode guard = analysis.at("/statistics/comparisons/2");
    assertThat(guard.at("/denominator/kind").asString()).isEqualTo("conversion");
    assertThat(guard.get("call").asString()).isEqualTo("safe");
    assertThat(guard.at("/non_inferiority/p_value").asDouble())
        .isCloseTo(guarded(ratios(buyers)), within(1e-9));
    assertThat(analysis.at("/statistics/method").asString()).isEqualTo("ratio, mixture_cs");
    assertThat(analysis.at("/verdict/sentence").asString())
        .startsWith("Ship Test 1: it raises “paid per order” by ");
    assertThat(analysis.at("/insights/0/text").asString())
        .contains(" per “order” with Test 1, ")
        .contains("Compared as a ratio, by the delta method.");
    assertThat(analysis.get("facts").values().stream().map(fact -> fact.get("id").asString()))
        .contains(
            "value.paid.ratio.order.count.control",
            "lift.paid.ratio.order.conversion.test1",
            "p.click.ratio.visit.count.test1");
    assertThat(analysis.get("plots").values().stream().map(plot -> plot.get("id").asString()))
        .contains("mean.paid.ratio.order.count", "mean.paid.ratio.order.conversion");
  }

  @Test
  void historyNarrowsTheIntervalAndIsWhatStatsMakesOfTheRows() {
    PairsWorld world =
        new PairsWorld(
            port,
            2,
            List.of(
                withHistory("spent", "sum", "primary"),
                guarding(withHistory("help", "count", "guardrail"), 0.5)));
    List<Pairs> helped = new ArrayList<>();
    for (String segment : List.of("control", "test1", "test2")) {
      double gain = segment.equals("test1") ? 3 : 0;
      Pairs spent = Pairs.NONE;
      Pairs help = Pairs.NONE;
      for (int person = 0; person < PEOPLE; person++) {
        String user = segment + person;
        double taste = random.nextInt(41); // what a person spends, before as after
        double earlier = taste + random.nextInt(5);
        double later = 20 + gain + taste + random.nextInt(9) - 4;
        world.before(user, "spent", earlier, 1 + random.nextInt(28));
        world.before(user, "spent", 1_000 * random.nextDouble(), 31); // too long ago
        int asked = random.nextInt(3);
        for (int i = 0; i < asked; i++) {
          world.before(user, "help", null, 2);
        }
        world.exposed(user, segment);
        world.happened(user, "spent", later);
        for (int i = 0; i < asked + 1; i++) {
          world.happened(user, "help", null);
        }
        spent = spent.with(later, earlier);
        help = help.with(asked + 1, asked);
      }
      rows.add(spent);
      helped.add(help);
    }
    JsonNode analysis = world.analysed(folder);
    for (int test : new int[] {1, 2}) {
      JsonNode comparison = of(analysis, "spent", "test" + test);
      Comparison adjusted = adjusted(rows, test);
      isWhatStatsMakesOf(comparison, adjusted, "regression_adjusted");
      Comparison plain = value(rows.getFirst().moments().then(a -> plain(a, test)));
      double before = width(plain.anytime().absolute().lower(), plain.anytime().absolute().upper());
      double after =
          width(adjusted.anytime().absolute().lower(), adjusted.anytime().absolute().upper());
      assertThat(after).isLessThan(before * 0.4);
      double kept = adjusted.fixed().se() / plain.fixed().se();
      assertThat(comparison.get("variance_reduction").asDouble())
          .isCloseTo(1 - kept * kept, within(1e-9))
          .isGreaterThan(0.8);
      assertThat(comparison.at("/test/adjusted_mean").asDouble())
          .isCloseTo(adjusted.test().mean(), within(1e-9));
      assertThat(comparison.at("/control/adjusted_mean").asDouble())
          .isCloseTo(adjusted.control().mean(), within(1e-9));
      assertThat(comparison.at("/control/mean").asDouble())
          .isCloseTo(rows.getFirst().sumX().value() / PEOPLE, within(1e-9));
    }
    assertThat(of(analysis, "spent", "test1").get("difference").asDouble())
        .isBetween(2.0, 4.0)
        .isCloseTo(byHand(1), within(1e-9));
    assertThat(of(analysis, "spent", "test1").get("call").asString()).isEqualTo("better");
    assertThat(of(analysis, "spent", "test2").get("call").asString()).isEqualTo("not_settled");
    // history explains all of it, so that only plain values can be compared
    JsonNode guard = of(analysis, "help", "test1");
    assertThat(guard.get("estimator").asString()).isEqualTo("mean");
    Comparison plainHelp =
        value(
            helped
                .get(0)
                .moments()
                .then(a -> helped.get(1).moments().then(b -> Comparisons.of(a, b, DESIGN, ALPHA))));
    assertThat(guard.at("/non_inferiority/p_value").asDouble())
        .isCloseTo(guarded(plainHelp, 0.5), within(1e-9));
    assertThat(analysis.at("/statistics/method").asString()).isEqualTo("mixed");
    assertThat(analysis.at("/insights/0/text").asString())
        .contains("The change is adjusted for what the same people did in the 30 days before")
        .contains("% of the noise");
  }

  @Test
  void aGuardrailWithHistoryIsHeldAgainstItsMarginByAdjustedMeans() {
    PairsWorld world =
        new PairsWorld(
            port,
            1,
            List.of(
                withHistory("done", "conversion", "primary"),
                guarding(withHistory("used", "count", "guardrail"), 0.1)));
    List<Pairs> done = new ArrayList<>();
    for (String segment : List.of("control", "test1")) {
      Pairs used = Pairs.NONE;
      Pairs did = Pairs.NONE;
      for (int person = 0; person < PEOPLE / 2; person++) {
        String user = segment + person;
        int habit = random.nextInt(5);
        for (int i = 0; i < habit; i++) {
          world.before(user, "used", null, 3);
        }
        boolean earlier = random.nextInt(3) == 0;
        if (earlier) {
          world.before(user, "done", null, 3);
        }
        world.exposed(user, segment);
        int now = 1 + habit + random.nextInt(2);
        for (int i = 0; i < now; i++) {
          world.happened(user, "used", null);
        }
        boolean later = random.nextInt(4) == 0 || earlier;
        if (later) {
          world.happened(user, "done", null);
        }
        used = used.with(now, habit);
        did = did.with(later ? 1 : 0, earlier ? 1 : 0);
      }
      rows.add(used);
      done.add(did);
    }
    JsonNode analysis = world.analysed(folder);
    JsonNode guard = of(analysis, "used", "test1");
    assertThat(guard.get("estimator").asString()).isEqualTo("regression_adjusted");
    assertThat(guard.at("/non_inferiority/p_value").asDouble())
        .isCloseTo(guarded(adjusted(rows, 1), 0.1), within(1e-9))
        .isLessThan(0.01);
    assertThat(guard.get("call").asString()).isEqualTo("safe");
    JsonNode share = of(analysis, "done", "test1");
    isWhatStatsMakesOf(share, adjusted(done, 1), "regression_adjusted");
    assertThat(share.get("fixed_method").asString()).isEqualTo("regression_adjusted");
    assertThat(analysis.at("/statistics/method").asString())
        .isEqualTo("regression_adjusted, mixture_cs");
  }

  /// Seen in a pause means seen: what follows may be an effect, although it does not count yet.
  @Test
  void nothingAfterAnExposureIsEverTakenForHistory() {
    PairsWorld world = new PairsWorld(port, 1, List.of(withHistory("spent", "sum", "primary")));
    List<List<Double>> later = new ArrayList<>();
    for (String segment : List.of("control", "test1")) {
      List<Double> values = new ArrayList<>();
      Pairs pairs = Pairs.NONE;
      for (int person = 0; person < 100; person++) {
        String user = segment + person;
        double earlier = random.nextInt(20);
        double now = earlier + random.nextInt(6);
        world.before(user, "spent", earlier, 5);
        pairs = pairs.with(now, earlier);
        values.add(now);
      }
      later.add(values);
      rows.add(pairs);
    }
    world.send();
    world.post("/pause", null);
    for (String segment : List.of("control", "test1")) {
      for (int person = 0; person < 100; person++) {
        world.exposed(segment + person, segment);
        // after the exposure in the pause: neither history nor result
        world.happened(segment + person, "spent", 50.0 * person);
      }
    }
    world.send();
    world.post("/resume", null);
    for (int arm = 0; arm < 2; arm++) {
      String segment = arm == 0 ? "control" : "test1";
      for (int person = 0; person < 100; person++) {
        world.exposed(segment + person, segment);
        world.happened(segment + person, "spent", later.get(arm).get(person));
      }
    }
    JsonNode comparison = of(world.analysed(folder), "spent", "test1");
    assertThat(comparison.at("/control/n").asInt()).isEqualTo(100);
    isWhatStatsMakesOf(comparison, adjusted(rows, 1), "regression_adjusted");
  }

  private static void isWhatStatsMakesOf(JsonNode found, Comparison made, String estimator) {
    assertThat(found.get("estimator").asString()).isEqualTo(estimator);
    assertThat(found.get("difference").asDouble()).isCloseTo(made.diff(), within(1e-9));
    assertThat(found.get("relative_lift").asDouble())
        .isCloseTo(made.uplift().orElseThrow(), within(1e-9));
    assertThat(found.get("p_value").asDouble()).isCloseTo(made.fixed().p(), within(1e-9));
    assertThat(found.at("/always_valid/p_value_now").asDouble())
        .isCloseTo(made.anytime().p(), within(1e-9));
    Comparison at = value(AtLevel.of(found.at("/always_valid/level").asDouble(), made, DESIGN));
    assertThat(found.at("/always_valid/interval/0").asDouble())
        .isCloseTo(at.anytime().relative().lower(), within(1e-9));
    assertThat(found.at("/always_valid/interval/1").asDouble())
        .isCloseTo(at.anytime().relative().upper(), within(1e-9));
    assertThat(found.at("/always_valid/difference_interval/0").asDouble())
        .isCloseTo(at.anytime().absolute().lower(), within(1e-9));
  }

  private static Comparison ratios(List<Pairs> of) {
    return value(
        of.get(0)
            .ratio()
            .then(a -> of.get(1).ratio().then(b -> Comparisons.ofRatios(a, b, DESIGN, ALPHA))));
  }

  private static Comparison adjusted(List<Pairs> of, int test) {
    var arms = of.stream().map(pairs -> value(pairs.adjusted())).toList();
    return value(Comparisons.ofAdjusted(arms, DESIGN, ALPHA)).get(test - 1);
  }

  private Result<Comparison> plain(dev.pryo.stats.Moments control, int test) {
    return rows.get(test).moments().then(b -> Comparisons.of(control, b, DESIGN, ALPHA));
  }

  /// ȳ − θ(x̄ − the mean of all x), in each arm with its own slope, from the sums alone.
  private double byHand(int test) {
    double all = 0;
    double people = 0;
    for (Pairs pairs : rows) {
      all += pairs.sumY().value();
      people += pairs.n();
    }
    return mean(rows.get(test), all / people) - mean(rows.getFirst(), all / people);
  }

  private static double mean(Pairs arm, double pooled) {
    double x = arm.sumY().value() / arm.n();
    double y = arm.sumX().value() / arm.n();
    double slope =
        (arm.sumXY().value() - arm.n() * x * y) / (arm.sumYY().value() - arm.n() * x * x);
    return y - slope * (x - pooled);
  }

  private static double guarded(Comparison made) {
    return guarded(made, 0.2);
  }

  private static double guarded(Comparison made, double margin) {
    return value(Guardrail.of(made, new Margin(margin, true, Direction.INCREASE), DESIGN, ALPHA))
        .pSequential()
        .orElseThrow();
  }

  private static double width(double lower, double upper) {
    return upper - lower;
  }

  private static <T> T value(Result<T> result) {
    return result.toOptional().orElseThrow();
  }
}
