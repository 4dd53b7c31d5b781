package dev.pryo.job;

/// Why a job ended without its result.
///
/// @param code what happened, for programs
/// @param message the same in a sentence, with the mend
/// @param retryable whether trying again may help
public record JobFailure(String code, String message, boolean retryable) {}
