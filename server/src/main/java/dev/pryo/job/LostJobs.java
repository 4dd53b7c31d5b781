package dev.pryo.job;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts open jobs that the scheduler has lost back into its queue.
@Component
final class LostJobs implements Chore {
  private static final Logger LOG = LoggerFactory.getLogger(LostJobs.class);

  private final Jobs jobs;
  private final JobRows rows;
  private final TransactionTemplate transactions;

  LostJobs(Jobs jobs, JobRows rows, TransactionTemplate transactions) {
    this.jobs = jobs;
    this.rows = rows;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "lost-jobs";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public void run() {
    transactions.executeWithoutResult(status ->
        rows.lost(Jobs.TASK)
            .forEach(id -> {
              LOG.warn("Job {} had no place in the queue and gets one", id);
              jobs.schedule(id);
            }));
  }
}
