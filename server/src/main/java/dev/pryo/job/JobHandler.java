package dev.pryo.job;

/// Does one kind of job. Spring finds the handlers.
///
/// A run may be repeated from its beginning, because its process may die at any moment: what it
/// does outside of the database has to find what an earlier run has done.
public interface JobHandler {
  /// The name by which jobs ask for this handler.
  String kind();

  /// Does the job, outside of any transaction and as Pryo itself. What it throws is tried again, up
  /// to three attempts in all.
  JobResult run(JobRun run);

  /// Stores that the job has failed, in the transaction that ends it.
  void failed(Job job, JobFailure failure);

  /// What people are told when the last attempt threw this.
  default JobFailure explain(Throwable thrown) {
    return new JobFailure(
        "internal",
        "It went wrong on our side %d times in a row: try again later; the server's log says more."
            .formatted(Jobs.MAX_ATTEMPTS),
        true);
  }
}
