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
import dev.pryo.llm.Exchange;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Request;
import dev.pryo.llm.Scripted;
import dev.pryo.llm.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs that a model answered once, on the sample applications: the same answers lead to the same
/// diff, and what they cost stays within what a run may cost. `docs/agent.md` says how to record
/// one. With `-Dpryo.recorded=renew` records and diffs are written anew from the same answers.
class RecordedRunsTest {
  private static final Path HOME = Path.of("src/test/resources/samples");
  private static final boolean RENEW = "renew".equals(System.getProperty("pryo.recorded"));
  private static final List<String> TABLE = new ArrayList<>();
  private static final String RECORD = ".agent.jsonl";
  private static final int MOST_CALLS = 8;
  private static final long MOST_FRESH = 60_000;
  private static final double LEAST_CACHED = 0.8;

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

  @AfterAll
  static void printTheTable() throws IOException {
    Files.writeString(Path.of("target/recorded-runs.md"), String.join("\n", TABLE) + "\n");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordedRunEndsInItsDiff(String sample) throws IOException {
    var begun = System.nanoTime();
    var run = RENEW ? Replay.renewed(sample) : Replay.of(sample);
    var millis = (System.nanoTime() - begun) / 1_000_000;

    assertThat(run.transcript().entries()).isEqualTo(Replay.record(sample));
    assertThat(run.ended().why()).as(run.ended().outcome().toString()).isEqualTo(Why.WRITTEN);
    var done = (Done) run.ended().outcome();
    assertThat(done.checks()).extracting(Check::status).containsOnly(Check.Status.PASS);
    var diff = HOME.resolve(sample + ".agent.diff");
    if (RENEW) {
      Files.writeString(diff, run.own(done).diff());
    }
    assertThat(run.own(done).diff()).isEqualTo(Files.readString(diff));
    TABLE.add(row(sample, run, millis));
  }

  private static String row(String sample, Replay run, long millis) {
    var spent = run.ended().spent();
    var usage = spent.usage();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %,d | %,d | %,d | %.0f %% | %.1f | %.3f | all |",
        sample,
        spent.calls(),
        usage.input() - usage.cacheRead(),
        usage.cacheRead(),
        usage.output(),
        100 * share(sample),
        millis / 1000.0,
        spent.cost().usd());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordedRunIsCheap(String sample) {
    var calls = answers(sample);
    var all = calls.stream().map(Answer::usage).reduce(Usage.NONE, Usage::plus);

    assertThat(calls).hasSizeLessThanOrEqualTo(MOST_CALLS);
    assertThat(all.input() - all.cacheRead()).as("fresh input").isLessThanOrEqualTo(MOST_FRESH);
    assertThat(share(sample)).as("seen before").isGreaterThanOrEqualTo(LEAST_CACHED);
  }

  /// How much of the input from the second call on lies in a prefix that was seen before.
  private static double share(String sample) {
    var later = answers(sample).stream().skip(1).map(Answer::usage).reduce(Usage.NONE, Usage::plus);
    return later.cacheRead() / (double) later.input();
  }

  private static List<Answer> answers(String sample) {
    return Transcript.exchanges(Replay.record(sample)).stream().map(Exchange::answer).toList();
  }

  /// Gives the answers of a record in their order, whatever it is told.
  private record InOrder(Iterator<Answer> answers) implements LanguageModel {
    @Override
    public String name() {
      return "claude-sonnet-4-6";
    }

    @Override
    public Reply ask(Request request) {
      return answers.next();
    }
  }

  record Replay(Agent.Task task, Transcript transcript, Ended ended) {
    static List<Transcript.Entry> record(String sample) {
      return TranscriptFile.read(HOME.resolve(sample + RECORD));
    }

    static Replay of(String sample) {
      var scripted = new Scripted(Transcript.exchanges(record(sample)));
      var run = run(sample, scripted, Transcript.inMemory());
      assertThat(scripted.isOver()).isTrue();
      return run;
    }

    /// Writes the record anew, with what a model is told now and its answers as they were.
    static Replay renewed(String sample) throws IOException {
      var model = new InOrder(answers(sample).iterator());
      var task = task(sample);
      var file = HOME.resolve(sample + RECORD);
      Files.delete(file);
      return run(task, model, TranscriptFile.open(file));
    }

    private static Replay run(String sample, LanguageModel model, Transcript transcript) {
      return run(task(sample), model, transcript);
    }

    private static Replay run(Agent.Task task, LanguageModel model, Transcript transcript) {
      var ended =
          new Agent(model, Prices.builtIn(), InstantSource.system())
              .run(task, transcript, Progress.SILENT);
      return new Replay(task, transcript, ended);
    }

    private static Agent.Task task(String sample) {
      var tree = SourceTree.directory(HOME.resolve(sample));
      var client = new Brief.Client("http://localhost:8000", "pk_local", Brief.Consent.ASK);
      var brief = BriefFile.read(HOME.resolve(sample + ".agent.experiment.json"), client, null);
      return new Agent.Task(
          brief,
          tree,
          RepositoryMap.of(tree, brief),
          Runtime.of(ClientCode.of(tree, brief), brief),
          Budget.USUAL,
          Transcript.rounds(record(sample)));
    }

    /// What the model wrote; the client comes from its template.
    ChangeSet own(Done done) {
      var ours = task.runtime().files().stream().map(FileChange::path).toList();
      return new ChangeSet(
          done.changes().changes().stream().filter(one -> !ours.contains(one.path())).toList());
    }
  }
}
