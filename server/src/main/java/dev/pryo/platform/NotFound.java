package dev.pryo.platform;

/// Absent, or not the caller's: both look the same from outside (404).
public final class NotFound extends RuntimeException {
  public NotFound(String what) {
    super("There is no such %s, or it is not yours.".formatted(what));
  }
}
