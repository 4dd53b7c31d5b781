package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.model.Models;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Role;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Another commit on a pull request that is open, as somebody asks for it. The model that wrote it
/// goes on with all that it was told and answered before.
@Component
public class Revisions {
  /// The longest feedback, in characters.
  public static final int LONGEST = 2000;

  private final Experiments experiments;
  private final PullRequests pullRequests;
  private final Writings writings;
  private final Models models;
  private final TransactionTemplate transactions;

  Revisions(
      Experiments experiments,
      PullRequests pullRequests,
      Writings writings,
      Models models,
      TransactionTemplate transactions) {
    this.experiments = experiments;
    this.pullRequests = pullRequests;
    this.writings = writings;
    this.models = models;
    this.transactions = transactions;
  }

  /// Starts a revision.
  ///
  /// @throws Conflict where there is nothing to revise, or nobody who could
  public Experiment revise(Account account, UUID id, @Nullable String feedback) {
    Experiment experiment = pullRequests.refreshed(experiments.require(account, id, Role.EDITOR));
    Invalid.Collector problems = new Invalid.Collector();
    String words = problems.text(feedback, "feedback", LONGEST);
    problems.throwIfAny();
    return transactions.execute(status -> {
      Experiment revising = experiments.revise(account, experiment.id());
      requirePossible(id);
      writings.say(id, words);
      return revising;
    });
  }

  private void requirePossible(UUID id) {
    if (!byModel(id)) {
      throw new Conflict(
          "Its variants were written by rules, which take no feedback: close the pull request, change"
              + " the experiment's words or its mode, and implement it again.");
    }
    if (models.implementing().isEmpty()) {
      throw new Conflict(Models.MISSING);
    }
  }

  /// Whether feedback can be given now: an open pull request that a model has written.
  public boolean possible(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull != null
        && pull.isOpen()
        && models.implementing().isPresent()
        && byModel(experiment.id());
  }

  /// Whether the branch of its pull request is as Pryo left it, so that another commit can follow.
  public boolean leftAlone(Experiment experiment) {
    return writings
        .find(experiment.id())
        .map(Writing::commit)
        .filter(commit -> commit.equals(experiment.headCommit()))
        .isPresent();
  }

  private boolean byModel(UUID id) {
    return writings.find(id).map(Writing::model).isPresent();
  }
}
