package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.agent.model.RepositoryMap;
import dev.pryo.agent.model.Runtime;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.TranscriptFile;
import dev.pryo.llm.Content;
import dev.pryo.llm.Exchange;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Scripted;
import dev.pryo.llm.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that a model answered once, on the sample applications: the same answers lead to the same
/// diff, and what they cost stays within what a run may cost. `docs/agent.md` says how to record
/// one.
class RecordedRunsTest {
  private static final Path HOME = Path.of("src/test/resources/samples");
  private static final String RECORD = ".agent.jsonl";
  private static final int MOST_CALLS = 8;
  private static final long MOST_FRESH = 60_000;
  private static final double LEAST_CACHED = 0.8;
  private static final Pattern FEEDBACK = Pattern.compile("(?s)<feedback>\n(.*?)\n</feedback>");

  static Stream<String> samples() throws IOException {
    try (var files = Files.list(HOME)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(RECORD))
          .map(name -> name.replace(RECORD, ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordedRunEndsInItsDiff(String sample) throws IOException {
    var run = Replay.of(sample);

    assertThat(run.model().isOver()).isTrue();
    assertThat(run.transcript().entries()).isEqualTo(run.recorded());
    assertThat(run.ended().why()).as(run.ended().outcome().toString()).isEqualTo(Why.WRITTEN);
    var done = (Done) run.ended().outcome();
    assertThat(done.checks()).extracting(Check::status).containsOnly(Check.Status.PASS);
    assertThat(run.own(done).diff())
        .isEqualTo(Files.readString(HOME.resolve(sample + ".agent.diff")));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordedRunIsCheap(String sample) {
    var calls = Transcript.exchanges(Replay.record(sample)).stream().map(Exchange::answer).toList();
    var first = calls.getFirst().usage();
    var all = calls.stream().map(one -> one.usage()).reduce(Usage.NONE, Usage::plus);
    var later = all.input() - first.input();

    assertThat(calls).hasSizeLessThanOrEqualTo(MOST_CALLS);
    assertThat(all.input() - all.cacheRead()).as("fresh input").isLessThanOrEqualTo(MOST_FRESH);
    assertThat((all.cacheRead() - first.cacheRead()) / (double) later)
        .as("input from the second call on that was seen before")
        .isGreaterThanOrEqualTo(LEAST_CACHED);
  }

  record Replay(
      List<Transcript.Entry> recorded,
      Scripted model,
      Transcript transcript,
      Agent.Task task,
      Ended ended) {
    static List<Transcript.Entry> record(String sample) {
      return TranscriptFile.read(HOME.resolve(sample + RECORD));
    }

    static Replay of(String sample) {
      var recorded = record(sample);
      var tree = SourceTree.directory(HOME.resolve(sample));
      var client = new Brief.Client("http://localhost:8000", "pk_local", Brief.Consent.ASK);
      var brief = BriefFile.read(HOME.resolve(sample + ".agent.experiment.json"), client, null);
      var task =
          new Agent.Task(
              brief,
              tree,
              RepositoryMap.of(tree, brief),
              Runtime.of(ClientCode.of(tree, brief), brief),
              Budget.USUAL,
              feedback(recorded));
      var model = new Scripted(Transcript.exchanges(recorded));
      var transcript = Transcript.inMemory();
      var ended =
          new Agent(model, Prices.builtIn(), InstantSource.system())
              .run(task, transcript, Progress.SILENT);
      return new Replay(recorded, model, transcript, task, ended);
    }

    /// What the team said in between.
    private static List<String> feedback(List<Transcript.Entry> recorded) {
      return Transcript.exchanges(recorded).stream()
          .flatMap(one -> one.told().stream())
          .filter(Content.Text.class::isInstance)
          .flatMap(text -> FEEDBACK.matcher(((Content.Text) text).text()).results())
          .map(hit -> hit.group(1))
          .toList();
    }

    /// What the model wrote; the client comes from its template.
    ChangeSet own(Done done) {
      var ours = task.runtime().files().stream().map(FileChange::path).toList();
      return new ChangeSet(
          done.changes().changes().stream().filter(one -> !ours.contains(one.path())).toList());
    }
  }
}
