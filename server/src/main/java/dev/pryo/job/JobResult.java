package dev.pryo.job;

/// How a job ended; both are expected endings, and neither is tried again.
public sealed interface JobResult {
  /// It is done.
  ///
  /// @param message what people read from now on
  /// @param alongside what has to be stored with it, in the transaction that ends the job
  record Done(String message, Runnable alongside) implements JobResult {}

  /// It cannot be done, and another attempt would end the same way.
  record Failed(JobFailure failure) implements JobResult {}
}
