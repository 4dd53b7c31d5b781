package dev.pryo.platform;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/// Says on the terminal, in one sentence instead of a stack trace, why the server did not start.
public final class StartReport implements SpringBootExceptionReporter {
  public StartReport(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case StartFailure known -> {
          return say(String.valueOf(known.getMessage()));
        }
        case PortInUseException port -> {
          return say(
              "Port %d is in use: stop what listens there, or start with --port."
                  .formatted(port.getPort()));
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean say(String sentence) {
    System.err.println("pryo: " + sentence);
    return true;
  }
}
