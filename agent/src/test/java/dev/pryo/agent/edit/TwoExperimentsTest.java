package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Check;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

  static final Pattern SENT =
      Pattern.compile("(?:trackEvent|track)\\([^\\n]*[\"']bought|<Track event=.bought");

  private static final Pattern DECLARED = Pattern.compile("(?m)^\\s*(?:const|readonly) (\\w+) =");

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

  private static final List<Pair> PAIRS = made(app -> app);

  /// The same, where both count the same click.
  private static final List<Pair> TRACKED =
      made(app -> app.goals("bought").described("Track 'bought' when 'Add to cart' is clicked."));

  static List<Pair> pairs() {
    return PAIRS;
  }

  private static List<Pair> made(UnaryOperator<Sample> goals) {
    return apps().flatMap(app -> pairs(app.getKey(), goals.apply(app.getValue()))).toList();
  }

  static Stream<Map.Entry<String, Sample>> apps() {
    return Stream.of(
            Map.entry("react", Apps.react()),
            Map.entry("next", Apps.next()),
            Map.entry("vue", Apps.vue()),
            Map.entry("svelte", Apps.svelte()),
            Map.entry("angular", Apps.angular()),
            Map.entry("astro", Apps.astro()),
            Map.entry("pages", Sample.shop()))
        .map(app -> Map.entry(app.getKey(), app.getValue().goals()));
  }

  private static Stream<Pair> pairs(String name, Sample app) {
    return IntStream.range(0, CHANGES.size())
        .boxed()
        .flatMap(one -> Stream.of(1, 3).map(step -> List.of(one, (one + step) % CHANGES.size())))
        .flatMap(two -> {
          int one = two.getFirst();
          int other = two.getLast();
          return pair(name, app, "one-" + one, CHANGES.get(one), "two-" + other, CHANGES.get(other))
              .stream();
        });
  }

  private static Optional<Pair> pair(
      String name, Sample app, String one, String a, String two, String b) {
    if (!(run(app, one, a) instanceof Done first)) {
      return Optional.empty();
    }
    var between = with(app.files(), first.changes().changes());
    return run(new Sample(between, app.events(), app.description()), two, b) instanceof Done second
        ? Optional.of(
            new Pair(
                name,
                app.files(),
                Footprint.of(one, first),
                Footprint.of(two, second),
                with(between, second.changes().changes())))
        : Optional.empty();
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

  static Stream<Arguments> choices() {
    return PAIRS.stream()
        .flatMap(pair ->
            Stream.of("control", "test1")
                .flatMap(
                    one -> Stream.of("control", "test1").map(two -> Arguments.of(pair, one, two))));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void whicheverSegmentsStayAndWhicheverGoesFirst(Pair pair, String one, String two) {
    var forth = both(pair.now(), pair.first(), one, pair.second(), two);
    var back = both(pair.now(), pair.second(), two, pair.first(), one);
    assertThat(forth).isEqualTo(back);
    assertNoTrace(pair, forth);
    if (two.equals("control")) {
      assertThat(forth).isEqualTo(alone(pair, one));
    }
  }

  /// Each counts another click, in one component.
  private static final List<Pair> APART = apart();

  static List<Pair> others() {
    return APART;
  }

  private static List<Pair> apart() {
    return apps()
        .flatMap(app -> {
          var one =
              app.getValue()
                  .goals("bought")
                  .described("Track 'bought' when 'Add to cart' is clicked.");
          if (!(run(one, "one", "hide the reviews") instanceof Done first)) {
            return Stream.empty();
          }
          var between = with(one.files(), first.changes().changes());
          var two = new Sample(between, List.of("crew"), "Track 'crew' when 'Team' is clicked.");
          return run(two, "two", "set the placeholder of #email to 'Work e-mail'")
                  instanceof Done second
              ? Stream.of(
                  new Pair(
                      app.getKey(),
                      one.files(),
                      Footprint.of("one", first),
                      Footprint.of("two", second),
                      with(between, second.changes().changes())))
              : Stream.empty();
        })
        .toList();
  }

  @ParameterizedTest
  @MethodSource("others")
  void eachSendsItsOwnEventUnderAName(Pair pair) {
    pair.now()
        .forEach((path, text) -> {
          if (!path.contains("pryo")) {
            assertThat(DECLARED.matcher(text).results().map(hit -> hit.group(1)))
                .doesNotHaveDuplicates();
          }
        });
    for (var one : List.of("control", "test1")) {
      var left =
          done(pair.now(), pair.first(), one, List.of(pair.second()), List.of(), Set.of("crew"));
      assertThat(left.sending()).isFalse();
      var between = with(pair.now(), left.changes().changes());
      assertThat(String.join("", between.values())).contains("crew").doesNotContain("bought");
      assertThat(
              rolledOut(
                  between,
                  pair.second(),
                  "control",
                  List.of(),
                  List.of(new Footprint.Gone(pair.first(), one))))
          .isEqualTo(alone(pair, one));
    }
  }

  /// The other one is on another page.
  @Test
  void aPageWithACallThatStaysStillLoadsTheClient() {
    var about = "<html>\n<head></head>\n<body>\n<h2>About us</h2>\n</body>\n</html>\n";
    var shop =
        Sample.shop()
            .with("about.html", about)
            .goals("bought")
            .described("Track 'bought' when 'Add to cart' is clicked.");
    var pair =
        pair("pages", shop, "one", CHANGES.getFirst(), "two", "change 'About us' to 'Who we are'")
            .orElseThrow();
    var now = noted(pair.now());
    var left =
        done(now, pair.first(), "control", List.of(pair.second()), List.of(), Set.of("bought"));
    var between = with(now, left.changes().changes());
    assertThat(between.get("product.html")).contains("/pryo.js", "data-pryo=\"one:goal\"");
    assertThat(
            rolledOut(
                between,
                pair.second(),
                List.of(),
                List.of(new Footprint.Gone(pair.first(), "control", left.sending()))))
        .isEqualTo(noted(pair.base()));
  }

  /// With a line that somebody added since.
  static Map<String, String> noted(Map<String, String> files) {
    var all = new TreeMap<>(files);
    all.computeIfPresent("product.html", (_, text) -> "<!-- the mug -->\n" + text);
    return all;
  }

  static List<Pair> counting() {
    return TRACKED;
  }

  @ParameterizedTest
  @MethodSource("counting")
  void theSecondAddsNoCallOfItsOwn(Pair pair) {
    assertThat(pair.second().files()).allMatch(left -> left.sending().isEmpty());
  }

  static Stream<Arguments> tracked() {
    return TRACKED.stream()
        .flatMap(pair ->
            Stream.of("control", "test1")
                .flatMap(
                    one -> Stream.of("control", "test1").map(two -> Arguments.of(pair, one, two))));
  }

  @ParameterizedTest
  @MethodSource("tracked")
  void aCallThatBothCountGoesWithTheLast(Pair pair, String one, String two) {
    var forth = tracked(pair.now(), pair.first(), one, pair.second(), two);
    var back = tracked(pair.now(), pair.second(), two, pair.first(), one);
    assertThat(forth).isEqualTo(back);
    assertNoTrace(pair, forth);
    if (two.equals("control")) {
      assertThat(forth).isEqualTo(alone(pair, one));
    }
  }

  private static Map<String, String> tracked(
      Map<String, String> now, Footprint first, String one, Footprint second, String two) {
    var done = done(now, first, one, List.of(second), List.of(), Set.of("bought"));
    var between = with(now, done.changes().changes());
    assertThat(between.values()).as(now.toString()).anyMatch(text -> SENT.matcher(text).find());
    return rolledOut(
        between, second, two, List.of(), List.of(new Footprint.Gone(first, one, done.sending())));
  }

  private static void assertNoTrace(Pair pair, Map<String, String> left) {
    assertThat(left.keySet()).isEqualTo(pair.base().keySet());
    assertThat(String.join("", left.values()))
        .doesNotContain("pryo", "useVariant", "trackEvent", "<Variant", "<Track", "test1")
        .doesNotContain(pair.first().key(), pair.second().key());
  }

  /// The base with a segment of the first experiment, had there never been a second.
  private static Map<String, String> alone(Pair pair, String segment) {
    var all = new TreeMap<>(pair.base());
    for (var left : pair.first().files()) {
      var plain = left.plain().get(segment);
      if (plain != null) {
        all.put(left.path(), new String(plain, StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  private static Map<String, String> both(
      Map<String, String> now, Footprint first, String one, Footprint second, String two) {
    var between = rolledOut(now, first, one, List.of(second), List.of());
    return rolledOut(between, second, two, List.of(), List.of(new Footprint.Gone(first, one)));
  }

  private static Map<String, String> rolledOut(
      Map<String, String> now, Footprint own, List<Footprint> live, List<Footprint.Gone> gone) {
    return rolledOut(now, own, "control", live, gone);
  }

  private static Map<String, String> rolledOut(
      Map<String, String> now,
      Footprint own,
      String segment,
      List<Footprint> live,
      List<Footprint.Gone> gone) {
    return with(now, done(now, own, segment, live, gone, Set.of()).changes().changes());
  }

  private static Result.Done done(
      Map<String, String> now,
      Footprint own,
      String segment,
      List<Footprint> live,
      List<Footprint.Gone> gone,
      Set<String> counted) {
    var result =
        new RollOut(
                SourceTree.ofTexts(now),
                own,
                live,
                gone,
                segment,
                live.stream().collect(Collectors.toMap(Footprint::key, _ -> counted)))
            .run();
    assertThat(result).as(result.toString()).isInstanceOf(Result.Done.class);
    var done = (Result.Done) result;
    assertThat(done.checks()).filteredOn(one -> one.status() == Check.Status.FAIL).isEmpty();
    return done;
  }

  static Map<String, String> with(Map<String, String> files, List<FileChange> changes) {
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
