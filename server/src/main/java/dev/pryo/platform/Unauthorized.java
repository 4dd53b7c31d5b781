package dev.pryo.platform;

/// Not signed in, or not with these credentials (401).
public final class Unauthorized extends RuntimeException {
  public Unauthorized(String sentence) {
    super(sentence);
  }
}
