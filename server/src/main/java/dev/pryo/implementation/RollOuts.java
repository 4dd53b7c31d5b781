package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.codehost.Changes;
import dev.pryo.codehost.CheckRun;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.Reviews;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Rollouts;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.job.Chore;
import dev.pryo.platform.Address;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Clean-up pull requests: asked for, looked at, and merged by a person's hand.
@Component
public class RollOuts implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(RollOuts.class);

  private final Experiments experiments;
  private final Rollouts rollouts;
  private final Projects projects;
  private final Repositories repositories;
  private final Footprints footprints;
  private final Address address;

  RollOuts(
      Experiments experiments,
      Rollouts rollouts,
      Projects projects,
      Repositories repositories,
      Footprints footprints,
      Address address) {
    this.experiments = experiments;
    this.rollouts = rollouts;
    this.projects = projects;
    this.repositories = repositories;
    this.footprints = footprints;
    this.address = address;
  }

  /// Starts a roll-out that keeps this segment; or has its clean-up written again on a base branch
  /// that is in its way.
  ///
  /// @throws Conflict where there is nothing to roll out now
  public Experiment start(Account account, UUID id, @Nullable String segment) {
    Experiment experiment = refreshed(experiments.require(account, id, Role.EDITOR));
    experiment.requireNotArchived("rolled out");
    if (experiment.pullRequest() != null && footprints.of(id).isEmpty()) {
      throw new Conflict(
          "Pryo has no record of what was written for it, so it has to be taken out by hand.");
    }
    return rollouts.start(account, id, segment);
  }

  /// What its clean-up changes.
  ///
  /// @throws NotFound before there is a pull request
  public Changes changes(Account account, UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Place place = place(experiment);
    try {
      PullRequest pull = place.host().pullRequest(place.ref(), pull(experiment).number());
      String base = PullRequests.state(pull).isOpen() ? pull.base() : pull.baseCommit();
      return place.host().changes(place.ref(), base, pull.headCommit());
    } catch (CodeHostException e) {
      throw PullRequests.answer(e);
    }
  }

  private static Rollout.PullRequest pull(Experiment experiment) {
    Rollout rollout = experiment.rollout();
    if (rollout == null || rollout.pullRequest() == null) {
      throw new NotFound("pull request");
    }
    return rollout.pullRequest();
  }

  /// Whether its clean-up waits for its merge.
  public static boolean waits(Experiment experiment) {
    Rollout rollout = experiment.rollout();
    return rollout != null && rollout.status() == Rollout.Status.AWAITING_MERGE;
  }

  /// Merges its clean-up for a person.
  ///
  /// @throws Conflict where something is in the way, which it names
  public Experiment merge(Account account, UUID id) {
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    Place place = place(experiment);
    String message =
        "Merge %s (#%d)".formatted(RollOutText.title(experiment), pull(experiment).number());
    try {
      store(
          place,
          experiment,
          place
              .host()
              .merge(place.ref(), pull(experiment).number(), message, Implementer.person(account)));
    } catch (CodeHostException e) {
      if (!e.files().isEmpty()) {
        refreshed(experiment);
      }
      throw PullRequests.answer(e);
    }
    return experiments.require(account, id, Role.VIEWER);
  }

  private void store(Place place, Experiment experiment, PullRequest pull) {
    Rollout.PullRequest stands = stands(place, experiment, pull);
    rollouts.seen(
        experiment.id(),
        stands.state().isOpen()
            ? place.host().reviews().map(all -> checked(all, place, stands, pull)).orElse(stands)
            : stands);
  }

  /// With what the repository's own checks say of it, where the host tells that.
  private static Rollout.PullRequest checked(
      Reviews reviews, Place place, Rollout.PullRequest stands, PullRequest pull) {
    try {
      List<CheckRun> runs = reviews.checks(place.ref(), pull.headCommit());
      FailedChecks failed = FailedChecks.of(reviews, place.ref(), runs, pull.baseCommit());
      return stands.checked(
          FailedChecks.state(runs),
          FailedChecks.each(failed.fresh()),
          FailedChecks.each(failed.onBase()));
    } catch (CodeHostException e) {
      LOG.warn("The checks of clean-up #{} cannot be read: {}", pull.number(), e.getMessage());
      return stands;
    }
  }

  /// How it stands, whatever its checks say. What was known of conflicts stays while the host has
  /// not found out.
  Rollout.PullRequest stands(Place place, Experiment experiment, PullRequest pull) {
    String url = pull.url();
    Rollout known = experiment.rollout();
    boolean kept = pull.conflicted() == null && known != null && known.conflicts();
    return new Rollout.PullRequest(
        pull.number(),
        url != null
            ? url
            : "%s/experiments/%s/rollout".formatted(address.publicUrl(), experiment.id()),
        PullRequests.state(pull),
        pull.head(),
        pull.base(),
        kept || Boolean.TRUE.equals(pull.conflicted()),
        kept ? pull(experiment).conflictFiles() : PullRequests.conflictFiles(place, pull),
        null,
        List.of(),
        List.of());
  }

  /// The experiment after a look at its clean-up. A host that does not answer changes nothing.
  public Experiment refreshed(Experiment experiment) {
    if (!waits(experiment)) {
      return experiment;
    }
    try {
      Place place = place(experiment);
      store(place, experiment, place.host().pullRequest(place.ref(), pull(experiment).number()));
    } catch (CodeHostException | NotFound e) {
      LOG.warn("The clean-up of experiment {} cannot be read: {}", experiment.id(), e.getMessage());
    }
    return experiments.find(experiment.id()).orElseThrow(() -> new NotFound("experiment"));
  }

  private Place place(Experiment experiment) {
    return projects
        .find(experiment.projectId())
        .flatMap(project -> repositories.of(project, experiment))
        .orElseThrow(() -> new NotFound("repository"));
  }

  @Override
  public String name() {
    return "roll-outs";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void run() {
    rollouts.waiting().forEach(this::refreshed);
  }
}
