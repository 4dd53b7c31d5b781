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
