package dev.pryo.platform;

/// Known to the caller, but not with their role (403).
public final class Forbidden extends RuntimeException {
  public Forbidden(String sentence) {
    super(sentence);
  }
}
