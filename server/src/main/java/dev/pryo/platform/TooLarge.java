package dev.pryo.platform;

/// The request's body is over its limit (413).
public final class TooLarge extends RuntimeException {
  public TooLarge(String sentence) {
    super(sentence);
  }
}
