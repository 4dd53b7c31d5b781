package dev.pryo.experiment;

import dev.pryo.account.Account;
import dev.pryo.experiment.ExperimentRows.Owned;
import dev.pryo.job.Jobs;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Projects;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// The experiments of all projects: made, changed and moved from stage to stage here and nowhere
/// else. What Pryo itself does to one while it is implemented is in [Builds].
@Component
public class Experiments {
  /// The kind of the job that implements an experiment.
  public static final String IMPLEMENT = "implement";

  private final ExperimentRows rows;
  private final StageRows stages;
  private final ExperimentRules rules;
  private final Projects projects;
  private final Jobs jobs;
  private final TransactionTemplate transactions;
  private final Descriptions descriptions;
  private final PlanDays days;

  Experiments(
      ExperimentRows rows,
      StageRows stages,
      ExperimentRules rules,
      Projects projects,
      Jobs jobs,
      TransactionTemplate transactions,
      Descriptions descriptions,
      PlanDays days) {
    this.rows = rows;
    this.stages = stages;
    this.rules = rules;
    this.projects = projects;
    this.jobs = jobs;
    this.transactions = transactions;
    this.descriptions = descriptions;
    this.days = days;
  }

  /// Makes an experiment and, where it is asked for or all is said, starts its implementation. What
  /// was left out is taken from the description; what is not there stays open, see
  /// [Experiment#needs()].
  ///
  /// @throws Invalid naming each field that is wrong
  public Experiment create(Account account, ExperimentRequest request) {
    return create(account, request, null, null);
  }

  /// Makes the experiment that follows from another.
  ///
  /// @param proposal why it was proposed, with the facts it rests on
  public Experiment create(
      Account account,
      ExperimentRequest request,
      @Nullable Experiment parent,
      @Nullable JsonNode proposal) {
    UUID project = request.projectId();
    if (project == null) {
      throw new Invalid("project_id", "must name the project");
    }
    projects.require(account, project, Role.EDITOR);
    boolean given = request.segments() != null && request.goals() != null;
    Wanted wanted =
        days.measured(rules.check(project, descriptions.complete(request), List.of()), null);
    boolean start = request.start() == null ? given : request.start();
    return transactions.execute(status -> {
      String key = rows.takeKey(project, wanted.name());
      UUID id =
          rows.insert(key, wanted, account.id(), parent == null ? null : parent.id(), proposal);
      return start ? implement(account, id) : seen(id);
    });
  }

  /// The account's experiments, newest first.
  ///
  /// @param archived whether archived ones are listed too
  public Page<Experiment> list(
      Account account,
      @Nullable UUID project,
      @Nullable Status status,
      boolean archived,
      int limit,
      @Nullable UUID before) {
    if (project != null) {
      projects.require(account, project, Role.VIEWER);
    }
    List<Experiment> found = rows.list(account.id(), project, status, archived, limit + 1, before);
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), found.get(limit - 1).id().toString())
        : new Page<>(found, null);
  }

  /// The experiment, if the account may do this much in its project.
  public Experiment require(Account account, UUID id, Role needed) {
    Owned owned = rows.owned(id, account.id()).orElseThrow(() -> new NotFound("experiment"));
    owned.role().require(needed);
    return owned.experiment();
  }

  /// The experiment without asking who asks: for jobs, which act for Pryo itself.
  public Optional<Experiment> find(UUID id) {
    return Tenant.system(() -> transactions.execute(status -> rows.byId(id)));
  }

  /// Changes what its stage still allows.
  ///
  /// @throws Conflict naming the fields that may not change any more
  public Experiment patch(Account account, UUID id, ExperimentChange change) {
    require(account, id, Role.EDITOR);
    return transactions.execute(status -> {
      Experiment old = rows.locked(id).orElseThrow(() -> new NotFound("experiment"));
      if (change.archived() == null) {
        old.requireNotArchived("changed");
      }
      Wanted wanted =
          days.measured(
              rules.check(old.projectId(), Reading.complete(change.over(old)), old.segments()),
              old);
      Changes.require(old, wanted);
      rows.update(id, wanted);
      if (change.closedReason() != null) {
        rows.closedReason(id, Changes.closedReason(old, change.closedReason()));
      }
      if (change.archived() != null) {
        archive(old, change.archived());
      }
      return seen(id);
    });
  }

  /// Puts it away; an active one, or one that is being implemented, has to end first.
  public void archive(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    transactions.executeWithoutResult(status -> archive(experiment, true));
  }

  private void archive(Experiment experiment, boolean archived) {
    if (!stages.archive(experiment.id(), archived)) {
      throw wrongStage(experiment.id(), "archived");
    }
  }

  /// Starts the implementation of a draft, or of a failed one again; and has one whose pull request
  /// is in the way of its base branch written again there, on the same pull request.
  public Experiment implement(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    requireComplete(experiment);
    if (experiment.stage() instanceof Stage.AwaitingMerge) {
      Experiment.PullRequest pull = experiment.pullRequest();
      if (pull == null || !pull.isOpen() || !pull.conflicted()) {
        throw wrongStage(id, "implemented");
      }
      return anotherCommit(account, experiment, "implemented");
    }
    return moved(
        experiment,
        Status.IMPLEMENTING,
        "implemented",
        () -> {
          boolean moved = stages.implementing(id, experiment.status());
          if (moved) {
            jobs.enqueue(IMPLEMENT, experiment.projectId(), id, account.id());
          }
          return moved;
        });
  }

  /// Has the pull request of an experiment that waits for its merge changed once more.
  public Experiment revise(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    Experiment.PullRequest pull = experiment.pullRequest();
    if (!(experiment.stage() instanceof Stage.AwaitingMerge) || pull == null || !pull.isOpen()) {
      throw new Conflict(
          "It has no open pull request to revise; you can %s."
              .formatted(experiment.stage().possible()));
    }
    return anotherCommit(account, experiment, "revised");
  }

  private Experiment anotherCommit(Account account, Experiment experiment, String verb) {
    UUID id = experiment.id();
    return moved(
        experiment,
        Status.IMPLEMENTING,
        verb,
        () -> {
          boolean moved = stages.revising(id, false);
          if (moved) {
            jobs.enqueue(IMPLEMENT, experiment.projectId(), id, account.id());
          }
          return moved;
        });
  }

  /// Stops a running implementation. It ends as failed, and can be started again; a revision leaves
  /// the pull request as it was.
  public Experiment cancel(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    String sentence =
        "%s cancelled the implementation; start it again when you like.".formatted(account.name());
    if (experiment.status() != Status.IMPLEMENTING) {
      throw wrongStage(id, "cancelled");
    }
    return moved(
        experiment,
        Status.FAILED,
        "cancelled",
        () -> {
          jobs.cancel(id, IMPLEMENT, sentence);
          return stages.notImplemented(id, new Stage.Problem("cancelled", sentence, true));
        });
  }

  /// Starts counting. Needs the merge, unless forced: the variants are in the site already, by
  /// somebody's own hand, which works in every stage but implementing.
  public Experiment activate(Account account, UUID id, boolean force) {
    Experiment experiment = require(account, id, Role.EDITOR);
    if (experiment.status() == Status.IMPLEMENTING) {
      throw wrongStage(id, "activated");
    }
    if (!force) {
      requireMerged(experiment);
    } else if (experiment.status() == Status.ACTIVE) {
      return experiment;
    }
    requireComplete(experiment);
    return moved(
        experiment,
        Status.ACTIVE,
        "activated",
        () -> {
          days.freeze(experiment);
          return stages.active(id, experiment.status());
        });
  }

  private void requireMerged(Experiment experiment) {
    if (!(experiment.stage() instanceof Stage.AwaitingMerge)) {
      throw wrongStage(experiment.id(), "activated");
    }
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull == null || pull.state() != Experiment.PullRequest.State.MERGED) {
      throw new Conflict(
          "Its pull request is not merged: merge it first, or send {\"force\": true} if the"
              + " variants are in the site already.");
    }
  }

  /// Gives everybody the control and counts nobody until it is resumed.
  public Experiment pause(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    return moved(experiment, Status.PAUSED, "paused", () -> stages.paused(id));
  }

  /// Pauses it because it does harm, as Pryo itself and within the caller's transaction.
  ///
  /// @return whether it was running until now
  public boolean pauseOnHarm(UUID id) {
    return stages.paused(id);
  }

  /// Those of all projects that run, for what Pryo does by itself.
  public List<Experiment> running() {
    return Tenant.system(() -> transactions.execute(status -> rows.inStage(Status.ACTIVE)));
  }

  /// Goes on after a pause.
  public Experiment resume(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    if (!(experiment.stage() instanceof Stage.Paused)) {
      throw wrongStage(id, "resumed");
    }
    return moved(experiment, Status.ACTIVE, "resumed", () -> stages.active(id, Status.PAUSED));
  }

  /// Ends it for good: nothing that comes later counts.
  public Experiment finish(Account account, UUID id) {
    Experiment experiment = require(account, id, Role.EDITOR);
    return moved(
        experiment, Status.FINISHED, "finished", () -> stages.finished(id, experiment.status()));
  }

  private static void requireComplete(Experiment experiment) {
    Invalid.Collector problems = new Invalid.Collector();
    experiment
        .needs()
        .forEach(field ->
            problems.check(
                false,
                field,
                "could not be found in the description: give %s"
                    .formatted(
                        field.equals("goals")
                            ? "at least one primary goal"
                            : "the control and a test")));
    problems.throwIfAny();
  }

  /// Makes a move that was legal when the experiment was read; who comes second is told so.
  private Experiment moved(Experiment from, Status to, String verb, BooleanSupplier move) {
    from.requireNotArchived(verb);
    if (!from.stage().mayBecome(to)) {
      throw wrongStage(from.id(), verb);
    }
    return transactions.execute(status -> {
      if (!move.getAsBoolean()) {
        throw wrongStage(from.id(), verb);
      }
      return seen(from.id());
    });
  }

  private Conflict wrongStage(UUID id, String verb) {
    Experiment now = transactions.execute(status -> seen(id));
    return new Conflict(
        "It is %s and cannot be %s; you can %s."
            .formatted(now.status().spoken(), verb, now.stage().possible()));
  }

  private Experiment seen(UUID id) {
    return rows.byId(id).orElseThrow(() -> new NotFound("experiment"));
  }
}
