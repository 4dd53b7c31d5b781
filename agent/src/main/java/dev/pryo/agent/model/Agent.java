package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.model.Budget.Spent;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Message;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Request;
import java.time.InstantSource;
import java.util.List;

/// Writes an experiment into a repository with a language model: it plans, reads and writes with
/// the tools that it is given, and code doubts the result.
///
/// @param model that answers; it may wait by itself where a vendor is busy
public record Agent(LanguageModel model, Prices prices, InstantSource clock) {
  /// About so many tokens of a first call are the map of the repository.
  public static final int MAP_TOKENS = 6_000;

  /// One experiment that has to be written.
  ///
  /// @param tree the files of the base commit
  /// @param rounds why the run went on behind what it had written, in order: the same run each
  ///   time, which its transcript has up to there
  public record Task(
      Brief brief,
      SourceTree tree,
      RepositoryMap map,
      Runtime runtime,
      Budget budget,
      List<Round> rounds) {
    public Task {
      rounds = List.copyOf(rounds);
    }
  }

  /// Runs to an end, or takes up a run at the point that its transcript reached. The end is a
  /// value, whatever happens at the vendor's; only what the keeper of the transcript throws comes
  /// through. No model is asked about an app in which the client could not run.
  public Ended run(Task task, Transcript transcript, Progress progress) {
    return ClientCode.refuses(task.tree(), task.brief())
        .map(unable -> new Ended(unable, Why.TOO_OLD, Spent.nothing(model.name())))
        .orElseGet(
            () -> run(new Introducing(task), task.budget(), task.rounds(), transcript, progress));
  }

  /// Takes an experiment out again, by the rules of [#run].
  ///
  /// @return what was done, without what Pryo does by itself
  public Ended run(Removal removal, Transcript transcript, Progress progress) {
    return run(new Removing(removal), removal.budget(), List.of(), transcript, progress);
  }

  private Ended run(
      Assignment assignment,
      Budget budget,
      List<Round> rounds,
      Transcript transcript,
      Progress progress) {
    return new Run(this, assignment, budget, rounds, transcript, progress).end();
  }

  /// What a run will probably use.
  public Estimate estimate(Task task) {
    var shortlisted =
        task.map().likely().stream()
            .flatMap(file -> task.tree().read(file.path()).stream())
            .mapToLong(bytes -> bytes.length)
            .sum();
    return Estimate.of(model.name(), first(new Introducing(task)), shortlisted, prices);
  }

  static Request first(Assignment assignment) {
    return new Request(
        assignment.system(),
        assignment.tools().descriptions(),
        List.of(new Message.User(assignment.begin())),
        Request.MAX_OUTPUT);
  }
}
