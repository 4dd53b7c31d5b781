package dev.pryo.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.TranscriptFile;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.LanguageModels;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Segments that a model wrote, left in the sample applications for good: the same answers lead to
/// the same files, in which nothing is left of the experiment. With `-Dpryo.recorded=ask` the model
/// of the environment is asked, where there is no record yet; `docs/rollout.md` says how.
class RecordedRollOutsTest {
  private static final Path HOME = Path.of("src/test/resources/samples");
  private static final boolean ASK = "ask".equals(System.getProperty("pryo.recorded"));
  private static final long MOST_FRESH = 15_000;

  /// One experiment of a sample as it stands there, and the segment that stays.
  ///
  /// @param name of the files in which the run and what it leaves are kept
  record Case(
      String name,
      Brief brief,
      Map<String, byte[]> base,
      Footprint footprint,
      Map<String, byte[]> now,
      String segment) {
    @Override
    public String toString() {
      return name;
    }

    Path file(String ending) {
      return HOME.resolve(name + ending);
    }

    RollOut rollOut() {
      return new RollOut(SourceTree.of(now), footprint, List.of(), List.of(), segment);
    }
  }

  static Stream<Case> byAModel() throws IOException {
    return RecordedRunsTest.samples().flatMap(RecordedRollOutsTest::segments);
  }

  private static Stream<Case> segments(String sample) {
    var run = RecordedRunsTest.Replay.of(sample);
    var brief = run.task().brief();
    var done = (Done) run.ended().outcome();
    var base = RollOutTest.files(HOME.resolve(sample));
    var now = RollOutTest.with(base, done.changes().changes());
    return brief.tests().stream()
        .map(one ->
            new Case(
                sample + ".rollout." + one.key(),
                brief,
                base,
                Footprint.of(brief.key(), done),
                now,
                one.key()));
  }

  @ParameterizedTest
  @MethodSource("byAModel")
  void aSegmentStaysWithoutATraceOfPryo(Case one) throws IOException {
    assertThat(one.rollOut().run()).isEqualTo(new Result.Unknown(one.segment()));
    var after = rolledOut(one);
    assertThat(after.keySet()).noneMatch(path -> path.contains("pryo"));
    var left = RollOutTest.diff(one.base(), after);
    assertThat(left).isNotEmpty().doesNotContainIgnoringCase("pryo").doesNotContain("control");
    assertThat(left).doesNotContainPattern("\\btest\\d").doesNotContain("seVariant", "trackEvent");
    assertThat(left).doesNotContain("<Variant", "<Track", one.footprint().key());
    for (var goal : one.brief().goals()) {
      assertThat(left).doesNotContain(goal.event());
    }
  }

  private static Map<String, byte[]> rolledOut(Case one) throws IOException {
    var done = done(one);
    assertThat(done.edited()).isEmpty();
    assertThat(done.kept()).isEmpty();
    return RollOutTest.with(one.now(), done.changes().changes());
  }

  private static Result.Done done(Case one) throws IOException {
    var rollOut = one.rollOut();
    assertThat(rollOut.run()).isNotInstanceOf(Result.Done.class);
    var removal = rollOut.removal(one.brief(), Budget.USUAL);
    var ended = ended(one, removal);
    assertThat(ended.why()).as(ended.outcome().toString()).isEqualTo(Why.WRITTEN);
    var usage = ended.spent().usage();
    assertThat(usage.input() - usage.cacheRead()).as("fresh input").isLessThan(MOST_FRESH);
    var done = rollOut.completed(removal, (Done) ended.outcome());
    assertThat(done.checks()).extracting(Check::status).containsOnly(Check.Status.PASS);
    assertThat(done.words()).isNotEmpty();
    var left = whole(one.base(), RollOutTest.with(one.now(), done.changes().changes()));
    if (ASK) {
      Files.writeString(one.file(".diff"), left);
    }
    assertThat(left).isEqualTo(Files.readString(one.file(".diff")));
    return done;
  }

  private static Ended ended(Case one, Removal removal) {
    var file = one.file(".jsonl");
    if (ASK && !Files.exists(file)) {
      return run(removal, asked(), TranscriptFile.open(file));
    }
    var scripted = new Scripted(Transcript.exchanges(TranscriptFile.read(file)));
    var ended = run(removal, scripted, Transcript.inMemory());
    assertThat(scripted.isOver()).isTrue();
    return ended;
  }

  private static Ended run(Removal removal, LanguageModel model, Transcript transcript) {
    return new Agent(model, Prices.builtIn(), InstantSource.system())
        .run(removal, transcript, Progress.SILENT);
  }

  private static LanguageModel asked() {
    return LanguageModels.of(System.getenv(), Thread::sleep, InstantSource.system())
        .implementing()
        .orElseThrow();
  }

  /// What the segment left, measured from the site as it was before the experiment.
  static String whole(Map<String, byte[]> base, Map<String, byte[]> after) {
    var paths = new TreeMap<>(base);
    paths.putAll(after);
    var changes = new ArrayList<FileChange>();
    for (var path : paths.keySet()) {
      var was = base.get(path);
      var is = after.get(path);
      if (!Arrays.equals(was, is)) {
        changes.add(new FileChange(path, was, is));
      }
    }
    return changes.stream().map(FileChange::diff).collect(Collectors.joining());
  }

  private static Case byRules(String sample, String segment, String file, String was, String is) {
    var base = RollOutTest.files(HOME.resolve(sample));
    var done = RollOutTest.written(sample, base);
    var now = edited(RollOutTest.with(base, done.changes().changes()), file, was, is);
    var brief = RollOutTest.brief(sample);
    return new Case(
        sample + ".edited." + segment, brief, base, Footprint.of(brief.key(), done), now, segment);
  }

  private static Map<String, byte[]> edited(
      Map<String, byte[]> files, String file, String was, String is) {
    var all = new TreeMap<>(files);
    var text = new String(all.get(file), UTF_8);
    assertThat(text).contains(was);
    all.put(file, text.replace(was, is).getBytes(UTF_8));
    return all;
  }

  @Test
  void whatTheTeamMadeOfTheExperimentsLinesStaysInTheSiteAsItWas() throws IOException {
    var one =
        byRules(
            "vite-react",
            "control",
            "src/pages/HomePage.jsx",
            "to=\"/sign-up\"",
            "to=\"/sign-up?from=home\"");
    assertThat(one.rollOut().run())
        .isEqualTo(
            new Result.Changed(
                List.of(new RollOut.Edited("src/pages/HomePage.jsx", 18, 18)), List.of()));
    var done = done(one);
    assertThat(done.edited()).hasToString("[src/pages/HomePage.jsx:18]");
    assertThat(done.kept()).isEmpty();
    assertThat(RollOutTest.texts(RollOutTest.with(one.now(), done.changes().changes())))
        .isEqualTo(
            RollOutTest.texts(
                edited(
                    one.base(),
                    "src/pages/HomePage.jsx",
                    "to=\"/sign-up\"",
                    "to=\"/sign-up?from=home\"")));
  }

  @Test
  void whatTheTeamMadeOfTheSegmentStaysWithIt() throws IOException {
    var one =
        byRules(
            "next-app", "test3", "components/hero.tsx", "yours on Wednesday", "yours by Wednesday");
    assertThat(one.rollOut().run()).isInstanceOf(Result.Changed.class);
    var done = done(one);
    assertThat(done.kept()).isEmpty();
    var hero = "components/hero.tsx";
    var wanted = edited(one.base(), hero, "text-lg", "text-xl");
    assertThat(RollOutTest.texts(RollOutTest.with(one.now(), done.changes().changes())))
        .isEqualTo(
            RollOutTest.texts(
                edited(
                    wanted,
                    hero,
                    "We roast on Mondays. You drink it on Wednesday.",
                    "Roasted on Monday, yours by Wednesday.")));
  }

  @Test
  void aFileThatTheExperimentAddedAndTheTeamChangedIsNotDeleted() throws IOException {
    var written = segments("vite-react").findFirst().orElseThrow();
    var question = "src/components/AddressQuestion.jsx";
    var one =
        new Case(
            "vite-react.edited.added",
            written.brief(),
            written.base(),
            written.footprint(),
            edited(written.now(), question, "Yes, correct it", "Yes, take that one"),
            "control");
    assertThat(one.rollOut().run()).isInstanceOf(Result.Changed.class);
    var done = done(one);
    assertThat(done.kept()).singleElement().asString().contains(question, "stays");
    var after = RollOutTest.texts(RollOutTest.with(one.now(), done.changes().changes()));
    assertThat(after.remove(question)).contains("Yes, take that one").doesNotContain("Variant");
    assertThat(after).isEqualTo(RollOutTest.texts(one.base()));
  }
}
