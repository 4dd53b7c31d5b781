package dev.pryo.platform;

/// What keeps Pryo from starting: one sentence that names the mend.
public final class StartFailure extends RuntimeException {
  public StartFailure(String sentence) {
    super(sentence);
  }

  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
