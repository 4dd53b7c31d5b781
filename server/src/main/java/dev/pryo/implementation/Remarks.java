package dev.pryo.implementation;

import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.PullRequest;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.codehost.Reviews;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Rollouts;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.RemarkRows.Kept;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.implementation.Writings.Writing;
import dev.pryo.job.Chore;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Looks at what the repository's checks and people say of open pull requests, has failed checks
/// mended and comments followed, and says there what came of it.
///
/// All that counts is decided by what the host answers now and by one row for each commit and each
/// comment, so that it makes no difference who looks, why, how often, and after which crash.
@Component
public class Remarks implements Chore {
  /// How often Pryo tries to mend what the checks of one pull request find.
  public static final int MOST_REPAIRS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Remarks.class);

  private final Builds builds;
  private final Rollouts rollouts;
  private final Projects projects;
  private final Repositories repositories;
  private final PullRequests pullRequests;
  private final RepairedChecks checks;
  private final HeardComments comments;
  private final RemarkRows rows;
  private final Writings writings;
  private final TransactionTemplate transactions;

  /// Those that are looked at now, and whether once more behind that.
  private final Map<UUID, Boolean> looking = new ConcurrentHashMap<>();

  Remarks(
      Builds builds,
      Rollouts rollouts,
      Projects projects,
      Repositories repositories,
      PullRequests pullRequests,
      RepairedChecks checks,
      HeardComments comments,
      RemarkRows rows,
      Writings writings,
      TransactionTemplate transactions) {
    this.builds = builds;
    this.rollouts = rollouts;
    this.projects = projects;
    this.repositories = repositories;
    this.pullRequests = pullRequests;
    this.checks = checks;
    this.comments = comments;
    this.rows = rows;
    this.writings = writings;
    this.transactions = transactions;
  }

  /// One look at one pull request.
  ///
  /// @param pull as the host has it
  record Look(Experiment experiment, RepositoryRef ref, Reviews reviews, PullRequest pull) {}

  /// A host told that something was said of a pull request: it is looked at now. What was told is
  /// not believed.
  ///
  /// @param numbers of pull requests
  /// @param branches of which one may be a pull request's
  public void heard(String host, String repository, Set<Integer> numbers, Set<String> branches) {
    for (Experiment experiment : builds.awaitingMerge()) {
      Experiment.PullRequest pull = experiment.pullRequest();
      if (pull != null
          && (numbers.contains(pull.number()) || branches.contains(pull.head()))
          && isOf(experiment, host, repository)) {
        look(experiment.id());
      }
    }
    for (Experiment experiment : rollouts.waiting()) {
      Rollout.PullRequest pull = cleanUpOf(experiment);
      if (pull != null
          && (numbers.contains(pull.number()) || branches.contains(pull.head()))
          && isOf(experiment, host, repository)) {
        pullRequests.refreshed(experiment);
        cleanUp(experiment);
      }
    }
  }

  private boolean isOf(Experiment experiment, String host, String repository) {
    return projects
        .find(experiment.projectId())
        .map(Project::repository)
        .filter(ref -> ref.host().equals(host) && repository.equalsIgnoreCase(ref.fullName()))
        .isPresent();
  }

  private static Rollout.@Nullable PullRequest cleanUpOf(Experiment experiment) {
    Rollout rollout = experiment.rollout();
    return rollout == null ? null : rollout.pullRequest();
  }

  /// A look. While another one is under way that one looks once more behind it, so that many hints
  /// at a time are few looks.
  void look(UUID id) {
    if (Boolean.TRUE.equals(looking.compute(id, (key, now) -> now != null))) {
      return;
    }
    try {
      do {
        once(id);
      } while (!looking.remove(id, false) && looking.replace(id, true, false));
    } catch (RuntimeException e) {
      looking.remove(id);
      throw e;
    }
  }

  private void once(UUID id) {
    try {
      builds.find(id).filter(Remarks::waits).ifPresent(this::once);
    } catch (CodeHostException | NotFound e) {
      LOG.warn("What was said of the pull request of experiment {}: {}", id, e.getMessage());
    }
  }

  private static boolean waits(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return experiment.stage() instanceof Stage.AwaitingMerge
        && experiment.archivedAt() == null
        && pull != null
        && pull.isOpen();
  }

  private void once(Experiment experiment) {
    Place place = place(experiment).orElseThrow(() -> new NotFound("repository"));
    Reviews reviews = place.host().reviews().orElse(null);
    Experiment.PullRequest known = experiment.pullRequest();
    if (reviews == null || known == null) {
      return;
    }
    PullRequest pull = place.host().pullRequest(place.ref(), known.number());
    pullRequests.store(place, experiment, pull);
    if (!PullRequests.state(pull).isOpen() || isBehind(place, experiment, pull)) {
      return;
    }
    Look look = new Look(experiment, place.ref(), reviews, pull);
    if (!checks.look(look)) {
      comments.look(look);
    }
    tell(look);
  }

  /// A host may take a while to show a commit that was just made: until then what it says of the
  /// pull request is about the one before, and the newer one is not somebody else's.
  private boolean isBehind(Place place, Experiment experiment, PullRequest pull) {
    Optional<String> ours = writings.find(experiment.id()).map(Writing::commit);
    return ours.isPresent()
        && !ours.get().equals(pull.headCommit())
        && ours.get().equals(branch(place, pull.head()));
  }

  private static String branch(Place place, String name) {
    return place.host().inspect(place.ref().withDefaultBranch(name)).commit();
  }

  private Optional<Place> place(Experiment experiment) {
    return projects
        .find(experiment.projectId())
        .flatMap(project -> repositories.of(project, experiment));
  }

  /// Says in the description what came of all that was told. What people changed there stays; a
  /// section that they took out comes back only with something new to say.
  private void tell(Look look) {
    UUID id = look.experiment().id();
    String section = RemarkText.section(remarks(look.experiment(), look.pull().number()));
    String added = transactions.execute(status -> rows.added(id));
    if (section.equals(added)) {
      return;
    }
    String body = RemarkText.put(look.pull().body(), section);
    if (!body.equals(look.pull().body())) {
      look.reviews().describe(look.ref(), look.pull().number(), body);
    }
    transactions.executeWithoutResult(status -> rows.added(id, section));
  }

  /// What the experiment's pull request was told, in order, as far as the caller may see it.
  public List<Remark> of(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull == null ? List.of() : remarks(experiment, pull.number());
  }

  private List<Remark> remarks(Experiment experiment, int number) {
    return transactions.execute(
        status -> rows.of(experiment, number).stream().map(Kept::remark).toList());
  }

  /// A look at a clean-up that waits for its merge.
  private void cleanUp(Experiment experiment) {
    Rollout.PullRequest known = cleanUpOf(experiment);
    Place place = place(experiment).orElse(null);
    Reviews reviews = place == null ? null : place.host().reviews().orElse(null);
    if (place == null || reviews == null || known == null) {
      return;
    }
    try {
      PullRequest pull = place.host().pullRequest(place.ref(), known.number());
      if (PullRequests.state(pull).isOpen()) {
        comments.turnDown(new Look(experiment, place.ref(), reviews, pull));
      }
    } catch (CodeHostException e) {
      LOG.warn(
          "What was said of the clean-up of experiment {}: {}", experiment.id(), e.getMessage());
    }
  }

  @Override
  public String name() {
    return "remarks";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void run() {
    builds.awaitingMerge().stream().filter(Remarks::waits).map(Experiment::id).forEach(this::look);
    rollouts.waiting().forEach(this::cleanUp);
  }
}
