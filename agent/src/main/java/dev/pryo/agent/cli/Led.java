package dev.pryo.agent.cli;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.RepositoryMap;
import dev.pryo.agent.model.Round;
import dev.pryo.agent.model.Runtime;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.TranscriptFile;
import dev.pryo.llm.Cost;
import dev.pryo.llm.LanguageModels;
import dev.pryo.llm.Prices;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A run of agent mode on a checkout. With `--transcript FILE` its record is kept there, and a run
/// that was stopped goes on where it was; `--revise TEXT` goes on behind its end with what somebody
/// said of it, `--repair FILE` with what the repository's checks said; `--budget USD` caps what it
/// may cost.
record Led(Ended ended, Transcript transcript) {
  static Led run(
      Arguments arguments, Map<String, String> environment, SourceTree tree, Brief brief) {
    var clock = InstantSource.system();
    var model =
        LanguageModels.of(environment, Thread::sleep, clock)
            .implementing()
            .orElseThrow(() ->
                new BadArguments(
                    "--mode agent needs a model: set ANTHROPIC_API_KEY or OPENAI_API_KEY, or the"
                        + " base address of a local one."));
    var transcript =
        arguments
            .option("--transcript")
            .map(file -> TranscriptFile.open(Path.of(file).toAbsolutePath()))
            .orElseGet(Transcript::inMemory);
    var task =
        new Agent.Task(
            brief,
            tree,
            RepositoryMap.of(tree, brief),
            Runtime.of(ClientCode.of(tree, brief), brief),
            budget(arguments),
            rounds(arguments, transcript));
    var agent = new Agent(model, Prices.builtIn(), clock);
    return new Led(agent.run(task, transcript, Progress.SILENT), transcript);
  }

  /// Earlier rounds, and the one of now. Who starts a round again that was stopped says the same
  /// once more.
  private static List<Round> rounds(Arguments arguments, Transcript transcript) {
    var all = new ArrayList<>(Transcript.rounds(transcript.entries()));
    arguments
        .option("--revise")
        .<Round>map(Round.Feedback::new)
        .or(() -> arguments.option("--repair").map(file -> new Round.Failure(read(file))))
        .filter(now -> all.isEmpty() || !all.getLast().equals(now))
        .ifPresent(all::add);
    return all;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new BadArguments("--repair names a text file with what the checks said.");
    }
  }

  private static Budget budget(Arguments arguments) {
    var usual = Budget.USUAL;
    return arguments
        .option("--budget")
        .map(Led::dollars)
        .map(
            cost -> new Budget(usual.calls(), usual.tokens(), cost, usual.time(), usual.refusals()))
        .orElse(usual);
  }

  private static Cost dollars(String text) {
    if (!text.matches("\\d{1,6}(?:\\.\\d{1,6})?")) {
      throw new BadArguments("--budget is a number of dollars, such as 0.50.");
    }
    return new Cost(new BigDecimal(text));
  }

  /// The refusals, in order, and what was used.
  void print(PrintStream out) {
    out.println();
    transcript.lines().stream()
        .filter(line -> line.kind().equals("refusal"))
        .forEach(line -> out.println("refused  " + line.name() + "  " + line.text()));
    var spent = ended.spent();
    out.printf(
        "%s: %d calls, %,d tokens in (%,d of them cached), %,d out, $%s%n",
        spent.model(),
        spent.calls(),
        spent.usage().input(),
        spent.usage().cacheRead(),
        spent.usage().output(),
        spent.cost().rounded().usd().toPlainString());
  }
}
