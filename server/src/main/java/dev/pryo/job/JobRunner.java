package dev.pryo.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.pryo.job.Job.State;
import dev.pryo.platform.Settings;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs the jobs: takes what is due, keeps a heartbeat while it runs, takes up what a dead process
/// left, and lets running jobs end before the database closes.
@Component
final class JobRunner implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration POLL = Duration.ofMillis(500);
  // a task whose process has died is taken up after four missed heartbeats
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED = 4;
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(20);
  // jobs that ask a model mostly wait, and the chores need a turn beside them
  private static final int THREADS = 8;

  private final JobRows rows;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final Settings settings;
  private final Map<String, JobHandler> handlers;
  private final Supplier<Scheduler> schedulers;
  private volatile @Nullable Scheduler scheduler;

  JobRunner(
      JobRows rows,
      TransactionTemplate transactions,
      InstantSource clock,
      Settings settings,
      List<JobHandler> handlers,
      List<Chore> chores,
      DataSource source) {
    this.rows = rows;
    this.transactions = transactions;
    this.clock = clock;
    this.settings = settings;
    this.handlers =
        handlers.stream().collect(Collectors.toMap(JobHandler::kind, Function.identity()));
    this.schedulers = () -> build(source, chores);
  }

  private Scheduler build(DataSource source, List<Chore> chores) {
    List<RecurringTask<Void>> rounds = chores.stream().map(JobRunner::round).toList();
    List<Task<?>> known = List.of(task());
    return Scheduler.create(source, known)
        .startTasks(rounds)
        .threads(THREADS)
        .pollingInterval(POLL)
        .pollUsingLockAndFetch(0.5, 1)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED)
        .shutdownMaxWait(PATIENCE_AT_STOP)
        .build();
  }

  private static RecurringTask<Void> round(Chore chore) {
    return Tasks.recurring(chore.name(), FixedDelay.of(chore.every()))
        .execute((task, context) ->
            Tenant.system(() -> {
              chore.run();
              return true;
            }));
  }

  /// What escapes `attempt` is no ordinary failure, such as a database that is gone; the attempts
  /// are bounded all the same, because each beginning counts.
  private Task<Void> task() {
    return Tasks.custom(Jobs.TASK, Void.class)
        .onFailure(
            (done, operations) -> operations.reschedule(done, done.getTimeDone().plus(HEARTBEAT)))
        .onDeadExecutionRevive()
        .execute((task, context) -> Tenant.system(() -> attempt(UUID.fromString(task.getId()))));
  }

  private CompletionHandler<Void> attempt(UUID id) {
    Job job = transactions.execute(status -> rows.begin(id)).orElse(null);
    if (job == null) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    JobHandler handler = handlers.get(job.kind());
    if (handler == null) {
      LOG.error("Nothing here does jobs of the kind {}; job {} has failed", job.kind(), job.id());
      transactions.execute(status -> rows.end(job, State.FAILED, "Nothing here does such jobs."));
      return new CompletionHandler.OnCompleteRemove<>();
    }
    if (job.attempts() > Jobs.MAX_ATTEMPTS) {
      return fail(job, handler, gaveUp());
    }
    try {
      return end(job, handler, handler.run(new JobRun(job, rows, transactions)));
    } catch (JobCancelled e) {
      LOG.info("Job {} ({}) was cancelled", job.id(), job.kind());
      return new CompletionHandler.OnCompleteRemove<>();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.warn("Attempt {} at job {} ({}) failed", job.attempts(), job.id(), job.kind(), e);
      return job.attempts() < Jobs.MAX_ATTEMPTS
          ? again(job, handler.explain(e))
          : fail(job, handler, handler.explain(e));
    }
  }

  private static JobFailure gaveUp() {
    return new JobFailure(
        "gave_up",
        "It was begun %d times, and each time the server ended before it was done: try again; the server's log says more."
            .formatted(Jobs.MAX_ATTEMPTS),
        true);
  }

  private CompletionHandler<Void> end(Job job, JobHandler handler, JobResult result) {
    return switch (result) {
      case JobResult.Failed failed -> fail(job, handler, failed.failure());
      case JobResult.Later later -> {
        transactions.executeWithoutResult(
            status -> requireWanted(rows.later(job, later.message())));
        yield (done, operations) -> operations.reschedule(done, later.at());
      }
      case JobResult.Done done -> {
        transactions.executeWithoutResult(status -> {
          requireWanted(rows.end(job, State.DONE, done.message()));
          done.alongside().run();
        });
        yield new CompletionHandler.OnCompleteRemove<>();
      }
    };
  }

  private CompletionHandler<Void> fail(Job job, JobHandler handler, JobFailure failure) {
    transactions.executeWithoutResult(status -> {
      if (rows.end(job, State.FAILED, failure.message())) {
        handler.failed(job, failure);
      }
    });
    return new CompletionHandler.OnCompleteRemove<>();
  }

  private CompletionHandler<Void> again(Job job, JobFailure failure) {
    String message =
        "Attempt %d of %d failed and is repeated: %s"
            .formatted(job.attempts(), Jobs.MAX_ATTEMPTS, failure.message());
    transactions.executeWithoutResult(status -> rows.again(job, message));
    return (done, operations) ->
        operations.reschedule(done, clock.instant().plusSeconds(job.attempts()));
  }

  private static void requireWanted(boolean wanted) {
    if (!wanted) {
      throw new JobCancelled();
    }
  }

  /// Where Pryo has its database for itself, no other process can still hold a task.
  @Override
  public void start() {
    if (settings.embedded()) {
      transactions.executeWithoutResult(status -> rows.releaseAll());
    }
    Scheduler fresh = schedulers.get();
    fresh.start();
    scheduler = fresh;
  }

  @Override
  public void stop() {
    Scheduler running = scheduler;
    if (running != null) {
      running.stop();
      scheduler = null;
    }
  }

  @Override
  public boolean isRunning() {
    return scheduler != null;
  }
}
