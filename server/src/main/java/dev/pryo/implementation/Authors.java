package dev.pryo.implementation;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.edit.EditMode;
import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.RepositoryMap;
import dev.pryo.agent.model.Round;
import dev.pryo.agent.model.Runtime;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.job.JobRun;
import dev.pryo.llm.Cost;
import dev.pryo.llm.LanguageModel;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.project.Project;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Has the variants written: by rules where they are certain, else by a model.
@Component
final class Authors {
  private final Models models;
  private final Ledger ledger;
  private final Writings writings;
  private final InstantSource clock;

  Authors(Models models, Ledger ledger, Writings writings, InstantSource clock) {
    this.models = models;
    this.ledger = ledger;
    this.writings = writings;
    this.clock = clock;
  }

  /// What came of it.
  ///
  /// @param model that wrote it, null for rules
  /// @param why a model's run stopped, null for rules
  record Written(Outcome outcome, @Nullable String model, Ended.@Nullable Why why) {}

  /// What an experiment is written from.
  record Material(Experiment experiment, Project project, SourceTree tree, Brief brief) {}

  /// @return nothing where a model is needed and there is none
  Optional<Written> write(JobRun run, Material material, Writing writing) {
    Telling telling = new Telling(run);
    LanguageModel model = models.implementing(telling).orElse(null);
    Mode mode = material.experiment().mode();
    boolean ruled = material.experiment().pullRequest() == null || writing.model() == null;
    if (ruled && mode != Mode.AGENT) {
      Outcome byRules = EditMode.run(material.tree(), material.brief(), telling);
      if (mode == Mode.EDIT || model == null || isCertain(byRules)) {
        return Optional.of(new Written(byRules, null, null));
      }
      telling.report(
          dev.pryo.agent.Progress.Phase.PLAN,
          0,
          "Rules alone are not certain here, so a model writes it");
    }
    return Optional.ofNullable(model).map(asked -> lead(run, telling, asked, material, writing));
  }

  /// Why nobody could write another commit, where nobody could.
  Optional<String> refusal(UUID experiment) {
    if (writings.find(experiment).map(Writing::model).isEmpty()) {
      return Optional.of(
          "Its variants were written by rules, which take no feedback: close the pull request, change"
              + " the experiment's words or its mode, and implement it again.");
    }
    return models.implementing().isEmpty() ? Optional.of(Models.MISSING) : Optional.empty();
  }

  /// Whether rules alone were enough.
  static boolean isCertain(Outcome outcome) {
    return outcome instanceof Outcome.Done done && done.passed();
  }

  private Written lead(
      JobRun run, Telling telling, LanguageModel model, Material material, Writing writing) {
    LanguageModel entered =
        ledger.entered(
            model, material.project(), material.experiment().id(), "implement", run.job().id());
    var transcript =
        writings.transcript(
            writing,
            (position, entry) -> {
              run.store(() -> writings.keep(writing, position, entry));
              telling.note(entry);
            });
    Ended ended =
        new Agent(entered, models.prices(), clock)
            .run(task(material, writing.rounds()), transcript, telling);
    return new Written(ended.outcome(), ended.spent().model(), ended.why());
  }

  /// The run as a model is given it.
  Agent.Task task(Material material, List<Round> rounds) {
    Brief brief = material.brief();
    SourceTree tree = material.tree();
    return new Agent.Task(
        brief,
        tree,
        RepositoryMap.of(tree, brief),
        Runtime.of(ClientCode.of(tree, brief), brief),
        budget(1 + rounds.size()),
        rounds);
  }

  /// Each revision may use as much as the run before it.
  private Budget budget(int rounds) {
    Budget usual = Budget.USUAL;
    return new Budget(
        usual.calls() * rounds,
        usual.tokens() * rounds,
        new Cost(models.runBudgetUsd().multiply(BigDecimal.valueOf(rounds))),
        usual.time(),
        usual.refusals() * rounds);
  }
}
