package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.EditMode;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What was written into the sample applications, by rules and by recorded runs of a model, taken
/// out again.
class RollOutTest {
  private static final Path HOME = Path.of("src/test/resources/samples");
  private static final String BY_RULES = ".experiment.json";

  static Stream<String> byRules() throws IOException {
    try (var files = Files.list(HOME)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(BY_RULES) && !name.contains(".agent."))
          .map(name -> name.replace(BY_RULES, ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  static Stream<String> recorded() throws IOException {
    return RecordedRunsTest.samples();
  }

  @ParameterizedTest
  @MethodSource("byRules")
  void theControlIsTheBaseToTheByteAfterRules(String sample) throws IOException {
    var base = files(HOME.resolve(sample));
    var done = written(sample, base);
    var now = with(base, done);
    assertThat(texts(rolledOut(now, Footprint.of(key(sample), done), "control")))
        .isEqualTo(texts(base));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void theControlIsTheBaseToTheByteAfterAModel(String sample) throws IOException {
    var base = files(HOME.resolve(sample));
    var run = RecordedRunsTest.Replay.of(sample);
    var done = (Done) run.ended().outcome();
    var footprint = Footprint.of(run.task().brief().key(), done);
    var now = with(base, done);
    assertThat(texts(rolledOut(now, footprint, "control"))).isEqualTo(texts(base));
    assertThat(new RollOut(SourceTree.of(now), footprint, List.of(), List.of(), "test1").run())
        .isEqualTo(new Result.Unknown("test1"));
  }

  @ParameterizedTest
  @MethodSource("byRules")
  void aSegmentStaysWithoutATraceOfPryo(String sample) throws IOException {
    var base = files(HOME.resolve(sample));
    var done = written(sample, base);
    var footprint = Footprint.of(key(sample), done);
    var now = with(base, done);
    for (var segment : brief(sample).tests()) {
      assertThat(footprint.segments()).as(sample).contains(segment.key());
      var after = rolledOut(now, footprint, segment.key());
      assertThat(after.keySet()).isEqualTo(base.keySet());
      var left = diff(base, after);
      assertThat(left).isNotEmpty().doesNotContainIgnoringCase("pryo").doesNotContain("test");
      assertThat(left).doesNotContain("variant").doesNotContain(key(sample));
    }
  }

  static Map<String, byte[]> rolledOut(
      Map<String, byte[]> now, Footprint footprint, String segment) {
    var result = new RollOut(SourceTree.of(now), footprint, List.of(), List.of(), segment).run();
    assertThat(result).isInstanceOf(Result.Done.class);
    var done = (Result.Done) result;
    assertThat(done.checks()).extracting(Check::status).containsOnly(Check.Status.PASS);
    assertThat(done.kept()).isEmpty();
    return with(now, done.changes().changes());
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, Done done) {
    return with(files, done.changes().changes());
  }

  static Map<String, byte[]> with(Map<String, byte[]> files, List<FileChange> changes) {
    var all = new TreeMap<>(files);
    for (var change : changes) {
      if (change.content() == null) {
        all.remove(change.path());
      } else {
        all.put(change.path(), change.content());
      }
    }
    return all;
  }

  private static String diff(Map<String, byte[]> base, Map<String, byte[]> after) {
    var out = new StringBuilder();
    base.forEach((path, bytes) -> {
      if (!Arrays.equals(bytes, after.get(path))) {
        out.append(
            new FileChange(path, bytes, after.get(path))
                .diff()
                .replaceAll("(?m)^(?:[ -]|@@|diff ).*\n?", ""));
      }
    });
    return out.toString();
  }

  private static Map<String, String> texts(Map<String, byte[]> files) {
    var all = new TreeMap<String, String>();
    files.forEach((path, bytes) -> all.put(path, new String(bytes, StandardCharsets.ISO_8859_1)));
    return all;
  }

  private static Done written(String sample, Map<String, byte[]> base) {
    Outcome outcome = EditMode.run(SourceTree.of(base), brief(sample), Progress.SILENT);
    assertThat(outcome).isInstanceOf(Done.class);
    return (Done) outcome;
  }

  private static String key(String sample) {
    return brief(sample).key();
  }

  private static Brief brief(String sample) {
    var client = new Brief.Client("http://localhost:8000", "pk_local", Brief.Consent.ASK);
    return BriefFile.read(HOME.resolve(sample + BY_RULES), client, null);
  }

  private static Map<String, byte[]> files(Path root) {
    var tree = SourceTree.directory(root);
    var all = new TreeMap<String, byte[]>();
    tree.paths().forEach(path -> all.put(path, tree.read(path).orElseThrow()));
    return all;
  }
}
