package dev.pryo.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.cli.RecordedRollOutsTest.Case;
import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.TranscriptFile;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.Preparation;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Segments that a model wrote and took the experiment out of at once: from then on the record has
/// them, and no model is there when they are left in the sample applications for good. The answers
/// are those of `RecordedRollOutsTest`.
class PreparedRollOutsTest {
  static Stream<Case> byAModel() throws IOException {
    return RecordedRollOutsTest.byAModel();
  }

  @ParameterizedTest
  @MethodSource("byAModel")
  void aPreparedSegmentStaysToTheByteWithoutAModel(Case one) throws IOException {
    var known = prepared(one);
    var after = RollOutTest.rolledOut(one.now(), known, one.segment());
    assertThat(after.keySet()).noneMatch(path -> path.contains("pryo"));
    assertThat(RecordedRollOutsTest.whole(one.base(), after))
        .isEqualTo(Files.readString(one.file(".diff")));
    assertWithoutATrace(one, after);
    assertThat(RollOutTest.texts(RollOutTest.rolledOut(one.now(), known, "control")))
        .isEqualTo(RollOutTest.texts(one.base()));
  }

  private static Footprint prepared(Case one) {
    var preparation =
        new Preparation(SourceTree.of(one.base()), one.footprint(), List.of(), one.segment());
    var removal = preparation.removal(one.brief(), Budget.USUAL);
    var scripted = new Scripted(Transcript.exchanges(TranscriptFile.read(one.file(".jsonl"))));
    var ended =
        new Agent(scripted, Prices.builtIn(), InstantSource.system())
            .run(removal, Transcript.inMemory(), Progress.SILENT);
    assertThat(ended.why()).as(ended.outcome().toString()).isEqualTo(Why.WRITTEN);
    assertThat(scripted.isOver()).isTrue();
    var known = preparation.completed((Done) ended.outcome()).orElseThrow();
    assertThat(one.footprint().knows(one.segment())).isFalse();
    assertThat(known.knows(one.segment())).isTrue();
    return known;
  }

  private static void assertWithoutATrace(Case one, Map<String, byte[]> after) {
    var left = RollOutTest.diff(one.base(), after);
    assertThat(left).isNotEmpty().doesNotContainIgnoringCase("pryo").doesNotContain("control");
    assertThat(left).doesNotContainPattern("\\btest\\d").doesNotContain("seVariant", "trackEvent");
    assertThat(left).doesNotContain("<Variant", "<Track", one.footprint().key());
    for (var goal : one.brief().goals()) {
      assertThat(left).doesNotContain(goal.event());
    }
  }

  @ParameterizedTest
  @MethodSource("byAModel")
  void whatOthersWroteElsewhereInTheSameFilesStays(Case one) {
    var known = prepared(one);
    var wanted = RollOutTest.rolledOut(one.now(), known, one.segment());
    var files =
        one.footprint().files().stream()
            .filter(left -> left.base() != null && !left.shared())
            .map(Footprint.Left::path)
            .toList();
    assertThat(files).isNotEmpty();
    assertThat(
            RollOutTest.texts(
                RollOutTest.rolledOut(remarked(one.now(), files), known, one.segment())))
        .isEqualTo(RollOutTest.texts(remarked(wanted, files)));
  }

  /// Somebody wrote a remark where the experiment wrote nothing.
  private static Map<String, byte[]> remarked(Map<String, byte[]> all, List<String> files) {
    var remarked = new TreeMap<>(all);
    for (var file : files) {
      var text = new String(all.get(file), UTF_8);
      remarked.put(file, remarked(file, text).getBytes(UTF_8));
    }
    return remarked;
  }

  private static String remarked(String file, String text) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "css" -> "/* The team's. */\n" + text;
      case "json" -> "\n" + text;
      case "js", "jsx", "ts", "tsx" -> text + "// The team's.\n";
      default -> text + "<!-- The team's. -->\n";
    };
  }

  /// In `nuxt` both change the same element, so that one of them has to be written anew.
  static Stream<Case> mergeable() throws IOException {
    return byAModel().filter(one -> !one.name().startsWith("nuxt."));
  }

  /// One written by rules, one by a model, each from the sample as it is, and both merged.
  @ParameterizedTest
  @MethodSource("mergeable")
  void twoExperimentsFromOneBaseGoInEitherOrder(Case one) throws IOException {
    var sample = one.name().substring(0, one.name().indexOf('.'));
    var known = prepared(one);
    var run = RecordedRunsTest.Replay.of(sample);
    var rules = RollOutTest.written(sample, one.base());
    var byRules = Footprint.of(RollOutTest.brief(sample).key(), rules);
    var now = Merging.merged(one.base(), rules.changes(), ((Done) run.ended().outcome()).changes());
    for (var stays : RollOutTest.brief(sample).segments()) {
      var first = RollOutTest.rolledOut(now, byRules, stays.key(), List.of(known), List.of());
      var then =
          RollOutTest.rolledOut(
              first, known, one.segment(), List.of(), List.of(new Gone(byRules, stays.key())));
      assertWithoutATrace(one, then);
      var other = RollOutTest.rolledOut(now, known, one.segment(), List.of(byRules), List.of());
      assertThat(
              RollOutTest.texts(
                  RollOutTest.rolledOut(
                      other,
                      byRules,
                      stays.key(),
                      List.of(),
                      List.of(new Gone(known, one.segment())))))
          .as(stays.key())
          .isEqualTo(RollOutTest.texts(then));
    }
  }
}
