package dev.pryo.agent.cli;

/// What was asked on the command line cannot be done; the message says how to ask.
final class BadArguments extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadArguments(String message) {
    super(message);
  }
}
