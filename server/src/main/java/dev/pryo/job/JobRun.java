package dev.pryo.job;

import dev.pryo.job.Job.Check;
import dev.pryo.job.Job.Phase;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/// One attempt at a job, as its handler holds it. Each call also asks whether the job is still
/// wanted, and ends the run by an exception where it is not; handlers let that pass.
public final class JobRun {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final Job job;
  private final JobRows rows;
  private final TransactionTemplate transactions;

  JobRun(Job job, JobRows rows, TransactionTemplate transactions) {
    this.job = job;
    this.rows = rows;
    this.transactions = transactions;
  }

  public Job job() {
    return job;
  }

  /// Says how far the job is.
  public void report(Phase phase, double progress, String message) {
    stored(() -> rows.report(job, phase, progress, message));
  }

  /// Adds a line to the log that is no step of its own.
  ///
  /// @param kind `step`, `refusal` or `warning`
  public void note(Phase phase, String kind, String message) {
    stored(() -> rows.note(job, phase, kind, message));
  }

  /// Waits, and says for how long still. Ends early where the job is not wanted any more, or the
  /// server ends: then it goes on when the server is there again.
  ///
  /// @param sentence what is waited for, of the seconds that are left
  public void pause(Duration time, LongFunction<String> sentence) {
    Duration left = time;
    while (left.isPositive()) {
      String message = sentence.apply(Math.max(1, left.toSeconds()));
      stored(() -> rows.say(job, message));
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      try {
        Thread.sleep(step);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The server ends while a job waits", e);
      }
      left = left.minus(step);
    }
  }

  /// Keeps what was asked about the result.
  public void checks(List<Check> checks) {
    stored(() -> rows.checks(job, checks));
  }

  /// Stores something together with the question whether the job is still wanted.
  public void store(Runnable work) {
    stored(() -> {
      boolean wanted = rows.stillWanted(job);
      if (wanted) {
        work.run();
      }
      return wanted;
    });
  }

  private void stored(Supplier<Boolean> work) {
    if (!transactions.execute(status -> work.get())) {
      throw new JobCancelled();
    }
  }
}
