package dev.pryo.job;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The long tasks of all experiments. A job and its place in the queue are stored in the caller's
/// transaction, so that neither exists without what needs it.
@Component
public class Jobs {
  /// How often a job is begun before it ends as failed.
  public static final int MAX_ATTEMPTS = 3;

  static final String TASK = "job";

  private final JobRows rows;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final SchedulerClient queue;

  Jobs(JobRows rows, TransactionTemplate transactions, InstantSource clock, DataSource source) {
    this.rows = rows;
    this.transactions = transactions;
    this.clock = clock;
    this.queue =
        SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(source)).build();
  }

  /// Puts a job into the queue. An experiment has at most one open job of a kind.
  ///
  /// @param by who asks for it
  public UUID enqueue(String kind, UUID project, UUID experiment, UUID by) {
    return transactions.execute(status -> {
      UUID id = rows.insert(kind, project, experiment, by);
      schedule(id);
      return id;
    });
  }

  /// Puts a job into the queue on nobody's behalf, unless one of this kind is open for the
  /// experiment already. Callers keep others from doing the same meanwhile.
  public void enqueueOnce(String kind, UUID project, UUID experiment) {
    transactions.executeWithoutResult(status -> {
      if (!rows.isOpen(experiment, kind)) {
        schedule(rows.insert(kind, project, experiment, null));
      }
    });
  }

  void schedule(UUID id) {
    queue.scheduleIfNotExists(new TaskInstance<>(TASK, id.toString()), clock.instant());
  }

  /// Ends the open job of this kind, if there is one. A run of it stops at its next step.
  public boolean cancel(UUID experiment, String kind, String message) {
    return transactions.execute(status -> rows.cancel(experiment, kind, message).isPresent());
  }

  /// The newest job of this kind that is done, as far as the caller may see it.
  public Optional<Job> latestDone(UUID experiment, String kind) {
    return transactions.execute(status -> rows.latestDone(experiment, kind));
  }

  /// The newest job of this kind, as far as the caller may see it.
  public Optional<Job> latest(UUID experiment, String kind) {
    return rows.latest(experiment, kind);
  }
}
