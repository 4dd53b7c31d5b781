package dev.pryo.job;

import java.time.Instant;

/// How a run of a job ended; all are expected endings.
public sealed interface JobResult {
  /// It is done.
  ///
  /// @param message what people read from now on
  /// @param alongside what has to be stored with it, in the transaction that ends the job
  record Done(String message, Runnable alongside) implements JobResult {}

  /// It cannot go on before that time, because a service asked to wait. It is begun anew then,
  /// which costs none of its attempts.
  ///
  /// @param message what people read meanwhile
  record Later(Instant at, String message) implements JobResult {}

  /// It cannot be done, and another attempt would end the same way.
  record Failed(JobFailure failure) implements JobResult {}
}
