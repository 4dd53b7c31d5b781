package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.edit.EditMode;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

  /// In `nuxt` both change the same element, so that one of them has to be written anew.
  static Stream<String> mergeable() throws IOException {
    return recorded().filter(sample -> !sample.equals("nuxt"));
  }

  /// One written by rules, one by a model, each from the sample as it is, and both merged.
  @ParameterizedTest
  @MethodSource("mergeable")
  void twoExperimentsFromOneBaseGoInEitherOrder(String sample) throws IOException {
    var base = files(HOME.resolve(sample));
    var run = RecordedRunsTest.Replay.of(sample);
    var done = (Done) run.ended().outcome();
    var byModel = Footprint.of(run.task().brief().key(), done);
    var rules = written(sample, base);
    var byRules = Footprint.of(key(sample), rules);
    var now = Merging.merged(base, rules.changes(), done.changes());
    for (var segment : brief(sample).segments()) {
      var stays = segment.key();
      var wanted = texts(with(base, rules.plain().getOrDefault(stays, List.of())));
      var without = rolledOut(now, byRules, stays, List.of(byModel), List.of());
      assertThat(without).containsKey(ClientCode.of(SourceTree.of(now), brief(sample)).path());
      assertThat(String.join("", texts(without).values()))
          .contains(byModel.key())
          .doesNotContain(byRules.key());
      assertThat(
              texts(
                  rolledOut(
                      without, byModel, "control", List.of(), List.of(new Gone(byRules, stays)))))
          .as(stays)
          .isEqualTo(wanted);
      var before = rolledOut(now, byModel, "control", List.of(byRules), List.of());
      assertThat(
              texts(
                  rolledOut(
                      before, byRules, stays, List.of(), List.of(new Gone(byModel, "control")))))
          .as(stays)
          .isEqualTo(wanted);
      var sending = sending(now, byRules, stays, byModel, brief(sample));
      assertThat(
              texts(
                  rolledOut(
                      sending,
                      byModel,
                      "control",
                      List.of(),
                      List.of(new Gone(byRules, stays, true)))))
          .as(stays)
          .isEqualTo(wanted);
    }
  }

  /// The first one rolled out while the other counts the same event.
  private static Map<String, byte[]> sending(
      Map<String, byte[]> now, Footprint own, String segment, Footprint other, Brief brief) {
    var events = brief.goals().stream().map(Brief.GoalRef::event).collect(Collectors.toSet());
    var done =
        (Result.Done)
            new RollOut(
                    SourceTree.of(now),
                    own,
                    List.of(other),
                    List.of(),
                    segment,
                    Map.of(other.key(), events))
                .run();
    assertThat(done.passed()).as(done.checks().toString()).isTrue();
    assertThat(done.sending()).isTrue();
    assertThat(done.kept()).hasSameSizeAs(events);
    return with(now, done.changes().changes());
  }

  /// The record does not know the segment, and the files of another one that is gone are not the
  /// model's.
  @Test
  void whereAModelDoesItWhatOthersCountStaysToo() throws IOException {
    var base = files(HOME.resolve("vite-react"));
    var rules = written("vite-react", base);
    var first = Footprint.of(key("vite-react"), rules);
    var third = new Footprint("third", List.of(), List.of());
    var now = sending(with(base, rules), first, "control", third, brief("vite-react"));
    var page = new FileChange("index.html", base.get("index.html"), now.get("index.html"));
    var model = new Done(new ChangeSet(List.of(page)), List.of(), List.of(), List.of());
    var own = Footprint.of("second", model);
    var gone = List.of(new Gone(first, "control", true));
    for (var counted :
        List.of(Map.of("third", Set.of("trial_opened")), Map.<String, Set<String>>of())) {
      var rollOut = new RollOut(SourceTree.of(now), own, List.of(third), gone, "test1", counted);
      assertThat(rollOut.run()).isInstanceOf(Result.Unknown.class);
      var removal = rollOut.removal(brief("vite-react"), Budget.USUAL);
      var done =
          rollOut.completed(
              removal, new Done(new ChangeSet(List.of()), List.of(), List.of(), List.of()));
      assertThat(done.changes().of("src/pages/HomePage.jsx").isPresent())
          .isEqualTo(counted.isEmpty());
      assertThat(done.kept()).hasSize(counted.size());
    }
  }

  /// In pages, rules need no client file.
  static Stream<String> withClient() throws IOException {
    return recorded().filter(sample -> !sample.equals("html"));
  }

  /// Its pull request is open, its lines are nowhere yet, and it will need the client.
  @ParameterizedTest
  @MethodSource("withClient")
  void theClientStaysForAPullRequestThatIsOpen(String sample) throws IOException {
    var base = files(HOME.resolve(sample));
    var run = RecordedRunsTest.Replay.of(sample);
    var open = Footprint.of(run.task().brief().key(), (Done) run.ended().outcome());
    var done = written(sample, base);
    var client = ClientCode.of(SourceTree.of(with(base, done)), brief(sample)).path();
    var own = Footprint.of(key(sample), done);
    assertThat(rolledOut(with(base, done), own, "control", List.of(open), List.of()))
        .containsKey(client);
    assertThat(rolledOut(with(base, done), own, "control")).doesNotContainKey(client);
  }

  static Map<String, byte[]> rolledOut(
      Map<String, byte[]> now, Footprint footprint, String segment) {
    return rolledOut(now, footprint, segment, List.of(), List.of());
  }

  static Map<String, byte[]> rolledOut(
      Map<String, byte[]> now,
      Footprint footprint,
      String segment,
      List<Footprint> live,
      List<Gone> gone) {
    var result = new RollOut(SourceTree.of(now), footprint, live, gone, segment).run();
    assertThat(result).as(result.toString()).isInstanceOf(Result.Done.class);
    var done = (Result.Done) result;
    assertThat(done.checks()).extracting(Check::status).containsOnly(Check.Status.PASS);
    assertThat(done.kept()).isEmpty();
    assertThat(done.edited()).isEmpty();
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

  static String diff(Map<String, byte[]> base, Map<String, byte[]> after) {
    var out = new StringBuilder();
    var paths = new TreeSet<>(base.keySet());
    paths.addAll(after.keySet());
    for (var path : paths) {
      if (!Arrays.equals(base.get(path), after.get(path))) {
        out.append(
            new FileChange(path, base.get(path), after.get(path))
                .diff()
                .replaceAll("(?m)^(?:[ -]|@@|diff ).*\n?", ""));
      }
    }
    return out.toString();
  }

  static Map<String, String> texts(Map<String, byte[]> files) {
    var all = new TreeMap<String, String>();
    files.forEach((path, bytes) -> all.put(path, new String(bytes, StandardCharsets.ISO_8859_1)));
    return all;
  }

  static Done written(String sample, Map<String, byte[]> base) {
    Outcome outcome = EditMode.run(SourceTree.of(base), brief(sample), Progress.SILENT);
    assertThat(outcome).isInstanceOf(Done.class);
    return (Done) outcome;
  }

  private static String key(String sample) {
    return brief(sample).key();
  }

  static Brief brief(String sample) {
    var client = new Brief.Client("http://localhost:8000", "pk_local", Brief.Consent.ASK);
    return BriefFile.read(HOME.resolve(sample + BY_RULES), client, null);
  }

  static Map<String, byte[]> files(Path root) {
    var tree = SourceTree.directory(root);
    var all = new TreeMap<String, byte[]>();
    tree.paths().forEach(path -> all.put(path, tree.read(path).orElseThrow()));
    return all;
  }
}
