package dev.pryo.implementation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.account.Account;
import dev.pryo.codehost.Changes;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.PullRequest;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.job.Chore;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Unavailable;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The pull requests of the experiments: what they change, how they stand, and their merge by a
/// person's hand. Looks again and again at those that wait, because people also merge and delete
/// branches without Pryo.
@Component
public class PullRequests implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(PullRequests.class);
  private static final Duration FAR_AWAY = Duration.ofSeconds(3);

  private final Experiments experiments;
  private final Builds builds;
  private final Projects projects;
  private final Repositories repositories;
  private final Writings writings;
  private final RollOuts rollOuts;
  private final Preparations preparations;
  private final Cache<UUID, Boolean> looked =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(FAR_AWAY).build();

  PullRequests(
      Experiments experiments,
      Builds builds,
      Projects projects,
      Repositories repositories,
      Writings writings,
      RollOuts rollOuts,
      Preparations preparations) {
    this.experiments = experiments;
    this.builds = builds;
    this.projects = projects;
    this.repositories = repositories;
    this.writings = writings;
    this.rollOuts = rollOuts;
    this.preparations = preparations;
  }

  /// What the experiment's branch changes, or what would have changed where it did not pass its
  /// checks.
  ///
  /// @throws NotFound before there is either
  public Changes changes(Account account, UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    String base = experiment.baseCommit();
    String head = experiment.headCommit();
    if (base == null || head == null) {
      return writings.unproposed(id).orElseThrow(() -> new NotFound("pull request"));
    }
    Place place = place(experiment);
    try {
      return place.host().changes(place.ref(), base, head);
    } catch (CodeHostException e) {
      throw answer(e);
    }
  }

  /// What was written last and is nowhere in the repository, since it did not pass its checks.
  public Optional<Changes> unproposed(Account account, UUID id) {
    experiments.require(account, id, Role.VIEWER);
    return writings.unproposed(id);
  }

  /// Merges the experiment's pull request for a person, or its clean-up where that waits; one that
  /// is merged already stays so.
  ///
  /// @throws Conflict where there is nothing to merge or something is in the way, which it names
  public Experiment merge(Account account, UUID id) {
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    if (RollOuts.waits(experiment)) {
      return rollOuts.merge(account, id);
    }
    Experiment.PullRequest pull = experiment.pullRequest();
    if (pull != null && pull.state() == Experiment.PullRequest.State.MERGED) {
      return experiment;
    }
    experiment.requireNotArchived("merged");
    if (pull == null || !(experiment.stage() instanceof Stage.AwaitingMerge)) {
      throw new Conflict(
          "It has no open pull request to merge; you can %s."
              .formatted(experiment.stage().possible()));
    }
    Place place = place(experiment);
    String message = "Merge %s (#%d)".formatted(PullRequestText.title(experiment), pull.number());
    try {
      store(
          place,
          experiment,
          place.host().merge(place.ref(), pull.number(), message, Implementer.person(account)));
    } catch (CodeHostException e) {
      if (!e.files().isEmpty()) {
        look(experiment, pull);
      }
      throw answer(e);
    }
    return experiments.require(account, id, Role.VIEWER);
  }

  /// A host told that something became of a pull request: it is looked at now. What was told is not
  /// believed, so that it may come twice, late or in another order.
  public void heard(String host, String repository, int number) {
    for (Experiment experiment : builds.awaitingMerge()) {
      Experiment.PullRequest pull = experiment.pullRequest();
      boolean meant =
          pull != null
              && pull.number() == number
              && projects
                  .find(experiment.projectId())
                  .map(Project::repository)
                  .filter(
                      ref -> ref.host().equals(host) && repository.equalsIgnoreCase(ref.fullName()))
                  .isPresent();
      if (meant) {
        looked.invalidate(experiment.id());
        refreshed(experiment);
      }
    }
  }

  /// The experiment after a look at its pull request. A host that does not answer changes nothing;
  /// one that is far away is not asked every moment.
  public Experiment refreshed(Experiment experiment) {
    if (RollOuts.waits(experiment)) {
      return rollOuts.refreshed(experiment);
    }
    Experiment.PullRequest known = experiment.pullRequest();
    if (known == null || !(experiment.stage() instanceof Stage.AwaitingMerge)) {
      return experiment;
    }
    if (looked.getIfPresent(experiment.id()) != null) {
      return experiment;
    }
    return look(experiment, known);
  }

  private Experiment look(Experiment experiment, Experiment.PullRequest known) {
    try {
      Place place = place(experiment);
      if (place.ref().far()) {
        looked.put(experiment.id(), true);
      }
      store(place, experiment, place.host().pullRequest(place.ref(), known.number()));
    } catch (CodeHostException | NotFound e) {
      LOG.warn(
          "The pull request of experiment {} cannot be read: {}", experiment.id(), e.getMessage());
    }
    return experiments.find(experiment.id()).orElseThrow(() -> new NotFound("experiment"));
  }

  void store(Place place, Experiment experiment, PullRequest pull) {
    builds.pullRequest(
        experiment,
        new Builds.Seen(
            state(pull),
            pull.headCommit(),
            pull.base(),
            pull.conflicted(),
            conflictFiles(place, pull)));
    Experiment.PullRequest known = experiment.pullRequest();
    if (state(pull) == Experiment.PullRequest.State.MERGED
        && (known == null || known.state() != Experiment.PullRequest.State.MERGED)) {
      preparations.begin(experiment);
    }
  }

  /// In which files it conflicts, where it does and the host can tell.
  static List<String> conflictFiles(Place place, PullRequest pull) {
    return Boolean.TRUE.equals(pull.conflicted())
        ? place.host().conflicts(place.ref(), pull.number())
        : List.of();
  }

  static Experiment.PullRequest.State state(PullRequest pull) {
    return Experiment.PullRequest.State.valueOf(pull.state().name());
  }

  private Place place(Experiment experiment) {
    return projects
        .find(experiment.projectId())
        .flatMap(project -> repositories.of(project, experiment))
        .orElseThrow(() -> new NotFound("repository"));
  }

  static RuntimeException answer(CodeHostException e) {
    String sentence = String.valueOf(e.getMessage());
    return switch (e.code()) {
      case UNREACHABLE, RATE_LIMITED -> new Unavailable(sentence);
      default -> new Conflict(sentence);
    };
  }

  @Override
  public String name() {
    return "pull-requests";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void run() {
    builds.awaitingMerge().forEach(this::refreshed);
  }
}
