package dev.pryo.job;

/// Ends a run that nobody waits for any more: somebody cancelled the job, or another process has
/// taken it up.
final class JobCancelled extends RuntimeException {
  JobCancelled() {
    super("The job was cancelled or taken up elsewhere");
  }
}
