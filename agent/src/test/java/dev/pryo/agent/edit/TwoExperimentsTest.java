package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two experiments in one app, the second written where the first one is, taken out in either
/// order.
class TwoExperimentsTest {
  private static final List<String> CHANGES =
      List.of(
          "change 'Add to cart' to 'Buy now'",
          "make the headline bigger",
          "change class big to small on the headline",
          "add class wide to .hero",
          "set the placeholder of #email to 'Work e-mail'",
          "put the reviews above the price",
          "hide the reviews",
          "change 'Team' to 'Crew'",
          "change 'Free returns' to 'Keep it or not'");

  /// An app, what it was, and two changes that can both be written.
  record Pair(
      String app,
      Map<String, String> base,
      Footprint first,
      Footprint second,
      Map<String, String> now) {
    @Override
    public String toString() {
      return app + ": " + first.key() + ", " + second.key();
    }
  }

  private static final List<Pair> PAIRS = made();

  static List<Pair> pairs() {
    return PAIRS;
  }

  private static List<Pair> made() {
    return Stream.of(
            Map.entry("react", Apps.react()),
            Map.entry("next", Apps.next()),
            Map.entry("vue", Apps.vue()),
            Map.entry("svelte", Apps.svelte()),
            Map.entry("angular", Apps.angular()),
            Map.entry("astro", Apps.astro()),
            Map.entry("pages", Sample.shop()))
        .flatMap(app -> pairs(app.getKey(), app.getValue().goals()))
        .toList();
  }

  private static Stream<Pair> pairs(String name, Sample app) {
    var all = Stream.<Pair>builder();
    for (var one = 0; one < CHANGES.size(); one++) {
      for (var step : List.of(1, 3)) {
        var other = (one + step) % CHANGES.size();
        add(all, name, app, "one-" + one, CHANGES.get(one), "two-" + other, CHANGES.get(other));
      }
    }
    return all.build();
  }

  private static void add(
      Stream.Builder<Pair> all,
      String name,
      Sample app,
      String one,
      String a,
      String two,
      String b) {
    if (!(run(app, one, a) instanceof Done first)) {
      return;
    }
    var between = with(app.files(), first.changes().changes());
    if (run(new Sample(between, app.events(), ""), two, b) instanceof Done second) {
      all.add(
          new Pair(
              name,
              app.files(),
              Footprint.of(one, first),
              Footprint.of(two, second),
              with(between, second.changes().changes())));
    }
  }

  private static Object run(Sample app, String key, String words) {
    return EditMode.run(SourceTree.ofTexts(app.files()), app.brief(key, words), Progress.SILENT);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theyGoInTheOrderInWhichTheyCame(Pair pair) {
    var second = rolledOut(pair.now(), pair.first(), List.of(pair.second()), List.of());
    assertThat(second.values()).noneMatch(text -> text.contains(pair.first().key()));
    assertThat(String.join("", second.values())).contains(pair.second().key());
    assertThat(
            rolledOut(
                second,
                pair.second(),
                List.of(),
                List.of(new Footprint.Gone(pair.first(), "control"))))
        .isEqualTo(pair.base());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theyGoInTheOtherOrder(Pair pair) {
    var first = rolledOut(pair.now(), pair.second(), List.of(pair.first()), List.of());
    assertThat(first.values()).noneMatch(text -> text.contains(pair.second().key()));
    assertThat(
            rolledOut(
                first,
                pair.first(),
                List.of(),
                List.of(new Footprint.Gone(pair.second(), "control"))))
        .isEqualTo(pair.base());
  }

  private static Map<String, String> rolledOut(
      Map<String, String> now, Footprint own, List<Footprint> live, List<Footprint.Gone> gone) {
    var result = new RollOut(SourceTree.ofTexts(now), own, live, gone, "control").run();
    assertThat(result).isInstanceOf(Result.Done.class);
    var done = (Result.Done) result;
    assertThat(done.passed()).as(done.checks().toString()).isTrue();
    return with(now, done.changes().changes());
  }

  private static Map<String, String> with(Map<String, String> files, List<FileChange> changes) {
    var all = new TreeMap<>(files);
    for (var change : changes) {
      if (change.content() == null) {
        all.remove(change.path());
      } else {
        all.put(change.path(), new String(change.content(), StandardCharsets.UTF_8));
      }
    }
    return all;
  }
}
