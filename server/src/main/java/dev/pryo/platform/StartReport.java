package dev.pryo.platform;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
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
        case BindException setting -> {
          return say(
              "The setting %s cannot be read: application.yml says what it may be."
                  .formatted(
                      setting.getProperty() == null
                          ? setting.getName()
                          : setting.getProperty().getName()));
        }
        case IllegalArgumentException e
            when String.valueOf(e.getMessage()).contains("port out of range") -> {
          return say("The port is out of range: choose one from 1 to 65535 with --port.");
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
