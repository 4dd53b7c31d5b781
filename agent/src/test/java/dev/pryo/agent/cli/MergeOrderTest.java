package dev.pryo.agent.cli;

import static dev.pryo.agent.cli.RollOutTest.rolledOut;
import static dev.pryo.agent.cli.RollOutTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Footprint.Gone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The order of `RollOutTest` the other way round: what a model wrote is merged first, and what
/// rules wrote behind it.
class MergeOrderTest {
  private static final Path HOME = Path.of("src/test/resources/samples");

  static Stream<String> mergeable() throws IOException {
    return RollOutTest.mergeable();
  }

  @ParameterizedTest
  @MethodSource("mergeable")
  void whicheverIsMergedFirstTwoExperimentsGoInEitherOrder(String sample) throws IOException {
    var base = RollOutTest.files(HOME.resolve(sample));
    var run = RecordedRunsTest.Replay.of(sample);
    var done = (Done) run.ended().outcome();
    var byModel = Footprint.of(run.task().brief().key(), done);
    var rules = RollOutTest.written(sample, base);
    var brief = RollOutTest.brief(sample);
    var byRules = Footprint.of(brief.key(), rules);
    var now = Merging.merged(base, done.changes(), rules.changes());
    for (var segment : brief.segments()) {
      var stays = segment.key();
      var wanted = texts(RollOutTest.with(base, rules.plain().getOrDefault(stays, List.of())));
      var without = rolledOut(now, byRules, stays, List.of(byModel), List.of());
      var goneRules = List.of(new Gone(byRules, stays));
      assertThat(texts(rolledOut(without, byModel, "control", List.of(), goneRules)))
          .as(stays)
          .isEqualTo(wanted);
      var before = rolledOut(now, byModel, "control", List.of(byRules), List.of());
      var goneModel = List.of(new Gone(byModel, "control"));
      assertThat(texts(rolledOut(before, byRules, stays, List.of(), goneModel)))
          .as(stays)
          .isEqualTo(wanted);
    }
  }
}
