package dev.pryo.codehost;

/// GitHub did not answer, or not as GitHub does: whether the request had its effect is not known.
final class GitHubSilence extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GitHubSilence(String message) {
    super(message);
  }

  GitHubSilence(String message, Throwable cause) {
    super(message, cause);
  }
}
