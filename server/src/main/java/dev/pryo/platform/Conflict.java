package dev.pryo.platform;

/// The request is right but comes at the wrong time: wrong stage, taken, or a lost race (409).
public final class Conflict extends RuntimeException {
  public Conflict(String sentence) {
    super(sentence);
  }
}
