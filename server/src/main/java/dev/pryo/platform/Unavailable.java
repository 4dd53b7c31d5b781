package dev.pryo.platform;

/// The server cannot answer just now; the same request may be sent again (503).
public final class Unavailable extends RuntimeException {
  public Unavailable(String sentence) {
    super(sentence);
  }

  public Unavailable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
