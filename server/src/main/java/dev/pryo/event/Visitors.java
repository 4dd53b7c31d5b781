package dev.pryo.event;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Split;
import dev.pryo.experiment.Splits;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Tenant;
import dev.pryo.project.KeyedProject;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Single visitors: why one counts or not, and how one is forgotten.
@Component
public class Visitors {
  private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
  private static final int BATCH = 5_000;

  /// How many of a visitor's events are judged. Who sends more is no person.
  static final int MOST = 10_000;

  private final Projects projects;
  private final Experiments experiments;
  private final Splits splits;
  private final ActiveTimes times;
  private final EventStore store;
  private final InstantSource clock;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  Visitors(
      Projects projects,
      Experiments experiments,
      Splits splits,
      ActiveTimes times,
      EventStore store,
      InstantSource clock,
      JdbcClient sql,
      TransactionTemplate transactions) {
    this.projects = projects;
    this.experiments = experiments;
    this.splits = splits;
    this.times = times;
    this.store = store;
    this.clock = clock;
    this.sql = sql;
    this.transactions = transactions;
  }

  /// What the experiment makes of the visitor, by the rules of [TotalsQuery].
  public VisitorView read(Account account, UUID experimentId, @Nullable String userId) {
    Experiment experiment = experiments.require(account, experimentId, Role.VIEWER);
    Project project = projects.require(account, experiment.projectId(), Role.VIEWER);
    String user = required(userId);
    Split split =
        splits.find(project.id(), experiment.key()).orElseThrow(() -> new NotFound("experiment"));
    List<StoredEvent> events =
        store.visitor(visitor(project, user, List.of(experiment.no())), MOST + 1);
    TotalsQuery rules =
        new TotalsQuery(
            project.no(),
            experiment.no(),
            experiment.segments().size(),
            experiment.goals(),
            times.of(experiment.id()),
            project.countBots(),
            Source.LIVE,
            clock.instant());
    List<StoredEvent> judged = events.subList(0, Math.min(MOST, events.size()));
    return VisitorView.of(
        user, experiment, split, Judgement.of(judged, rules), judged.size() == events.size());
  }

  /// Deletes all that is stored about the visitor in the project, in whatever stage its experiments
  /// are and of every source; doing it again does no harm. Analyses that were made before hold no
  /// visitor, only counts, and stay.
  ///
  /// @return how many events were deleted
  public long erase(Account account, UUID projectId, @Nullable String userId) {
    Project project = projects.require(account, projectId, Role.OWNER);
    VisitorQuery visitor = visitor(project, required(userId), experimentsOf(project));
    long deleted = 0;
    int batch;
    do {
      batch = Tenant.system(() -> store.erase(visitor, BATCH));
      deleted += batch;
    } while (batch > 0);
    LOG.info(
        "Account {} erased a visitor of project {}: {} events", account.id(), projectId, deleted);
    return deleted;
  }

  private static String required(@Nullable String userId) {
    if (userId == null || userId.isEmpty()) {
      throw new Invalid("user_id", "must be the visitor's id as the site sends it");
    }
    if (userId.indexOf('\0') >= 0) {
      throw new Invalid("user_id", "cannot hold a NUL: no event has such an id");
    }
    return userId;
  }

  private VisitorQuery visitor(Project project, String userId, List<Long> meant) {
    KeyedProject keyed = projects.keyed(project.id()).orElseThrow(() -> new NotFound("project"));
    return new VisitorQuery(
        project.no(), EventKeys.user(keyed.userKeySecret(), userId), userId, meant);
  }

  private List<Long> experimentsOf(Project project) {
    return transactions.execute(status ->
        sql.sql("select no from experiment where project_id = :project order by no")
            .param("project", project.id())
            .query(Long.class)
            .list());
  }
}
