package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls that stay where one of those who count their event goes.
class StayingCallsTest {
  private static final String HEADLINE = "make the headline bigger";

  static Stream<Sample> lists() {
    return Stream.of(Apps.react(), Apps.vue(), Apps.svelte(), Apps.angular(), Apps.astro());
  }

  @ParameterizedTest
  @MethodSource("lists")
  void theItemThatSendsIsKnownByItsNewText(Sample app) {
    var sent = app.goals("bought").described("Track 'bought' when 'Team' is clicked.");
    var first = done(sent, "one", "change 'Team' to 'Crew'");
    var between = TwoExperimentsTest.with(app.files(), first.changes().changes());
    var second = done(new Sample(between, List.of("bought"), ""), "two", HEADLINE);
    var now = TwoExperimentsTest.with(between, second.changes().changes());
    var live = List.of(Footprint.of("two", second));
    var counted = Map.of("two", Set.of("bought"));
    assertThat(joined(left(now, Footprint.of("one", first), "test1", live, List.of(), counted)))
        .contains("plan.title === 'Crew'")
        .doesNotContain("plan.title === 'Team'");
    assertThat(joined(left(now, Footprint.of("one", first), "control", live, List.of(), counted)))
        .contains("plan.title === 'Team'");
  }

  /// Apps with a place for an event of its own.
  static Stream<Sample> apps() {
    var page = Sample.PAGE.replace("  <h1>", "  <p>Team</p>\n    <h1>");
    var about = "<html>\n<head></head>\n<body>\n<h2>About us</h2>\n</body>\n</html>\n";
    return Stream.of(
        Sample.shop().with("product.html", page).with("about.html", about),
        Apps.react()
            .with("src/About.jsx", "export const About = () => <h2>About us</h2>\n")
            .with(
                "src/main.jsx",
                "import Hero from './Hero'\nimport { About } from './About'\n\nexport default [Hero, About]\n"));
  }

  /// The first one's call stays for the second, which is elsewhere; the third one's is nobody's.
  @ParameterizedTest
  @MethodSource("apps")
  void whatNobodyCountsGoesBesideACallThatStays(Sample app) {
    var sent = app.goals("bought").described("Track 'bought' when 'Add to cart' is clicked.");
    var first = done(sent, "one", "change 'Add to cart' to 'Buy now'");
    var now = TwoExperimentsTest.with(app.files(), first.changes().changes());
    var second =
        done(new Sample(now, List.of("bought"), ""), "two", "change 'About us' to 'Who we are'");
    now = TwoExperimentsTest.with(now, second.changes().changes());
    var third =
        done(
            new Sample(now, List.of("crew_seen"), "Track 'crew_seen' when 'Team' is clicked."),
            "three",
            HEADLINE);
    now = TwoExperimentsTest.with(now, third.changes().changes());
    var one = Footprint.of("one", first);
    var two = Footprint.of("two", second);
    var three = Footprint.of("three", third);
    now =
        left(
            now,
            one,
            "control",
            List.of(two, three),
            List.of(),
            Map.of("two", Set.of("bought"), "three", Set.of("crew_seen")));
    var gone = List.of(new Gone(one, "control", true));
    now = left(now, three, "control", List.of(two), gone, Map.of("two", Set.of("bought")));
    assertThat(joined(now)).contains("bought").doesNotContain("crew_seen", "three");
    if (now.containsKey("product.html")) {
      assertThat(now.get("product.html")).contains("/pryo.js", "data-pryo=\"one:goal\"");
    }
    var all = List.of(gone.getFirst(), new Gone(three, "control"));
    assertThat(left(now, two, "control", List.of(), all, Map.of())).isEqualTo(app.files());
  }

  /// What stayed of the first one went with the second; the third one counts a call of the team's.
  @Test
  void aCallThatWentLongAgoKeepsNothing() {
    var shop =
        Sample.shop().goals("bought").described("Track 'bought' when 'Add to cart' is clicked.");
    var first = Footprint.of("one", done(shop, "one", "change 'Add to cart' to 'Buy now'"));
    var second = done(Sample.shop().goals(), "two", HEADLINE);
    var now = TwoExperimentsTest.with(shop.files(), second.changes().changes());
    var left =
        left(
            TwoExperimentsTest.noted(now),
            Footprint.of("two", second),
            "control",
            List.of(new Footprint("three", List.of(), List.of())),
            List.of(new Gone(first, "control", true)),
            Map.of("three", Set.of("bought")));
    assertThat(left).isEqualTo(TwoExperimentsTest.noted(shop.files()));
  }

  private static Done done(Sample app, String key, String words) {
    var outcome =
        EditMode.run(SourceTree.ofTexts(app.files()), app.brief(key, words), Progress.SILENT);
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Done.class);
    return (Done) outcome;
  }

  private static Map<String, String> left(
      Map<String, String> now,
      Footprint own,
      String segment,
      List<Footprint> live,
      List<Gone> gone,
      Map<String, Set<String>> counted) {
    var result = new RollOut(SourceTree.ofTexts(now), own, live, gone, segment, counted).run();
    assertThat(result).as(result.toString()).isInstanceOf(Result.Done.class);
    var done = (Result.Done) result;
    assertThat(done.checks()).filteredOn(one -> one.status() == Check.Status.FAIL).isEmpty();
    return TwoExperimentsTest.with(now, done.changes().changes());
  }

  private static String joined(Map<String, String> files) {
    return String.join("\n", files.values());
  }
}
