package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.agent.model.Round;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Role;
import java.util.Optional;
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
  private final Authors authors;
  private final TransactionTemplate transactions;

  Revisions(
      Experiments experiments,
      PullRequests pullRequests,
      Writings writings,
      Authors authors,
      TransactionTemplate transactions) {
    this.experiments = experiments;
    this.pullRequests = pullRequests;
    this.writings = writings;
    this.authors = authors;
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
      authors
          .refusal(id)
          .ifPresent(why -> {
            throw new Conflict(why);
          });
      writings.goesOn(id, new Round.Feedback(words));
      return revising;
    });
  }

  /// What the commit that is being written was asked for, in somebody's words.
  public Optional<String> asked(UUID id) {
    return writings
        .find(id)
        .map(Writing::pending)
        .filter(Round.Feedback.class::isInstance)
        .map(Round.Feedback.class::cast)
        .map(Round.Feedback::words);
  }

  /// Whether feedback can be given now: an open pull request that a model has written.
  public boolean possible(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull != null && pull.isOpen() && authors.refusal(experiment.id()).isEmpty();
  }

  /// Whether the branch of its pull request is as Pryo left it, so that another commit can follow.
  public boolean leftAlone(Experiment experiment) {
    return writings
        .find(experiment.id())
        .map(Writing::commit)
        .filter(commit -> commit.equals(experiment.headCommit()))
        .isPresent();
  }
}
