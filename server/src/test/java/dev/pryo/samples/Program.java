package dev.pryo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that runs in a folder, without telemetry, its output kept in a file beside that.
final class Program implements AutoCloseable {
  private static final Map<String, String> QUIET =
      Map.of(
          "ASTRO_TELEMETRY_DISABLED", "1",
          "NEXT_TELEMETRY_DISABLED", "1",
          "NG_CLI_ANALYTICS", "false",
          "NUXT_TELEMETRY_DISABLED", "1",
          "NO_COLOR", "1");

  private final String command;
  private final Process process;
  private final Path output;

  private Program(String command, Process process, Path output) {
    this.command = command;
    this.process = process;
    this.output = output;
  }

  static Program start(Path folder, List<String> command, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile(folder.getParent(), "output", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().putAll(QUIET);
      builder.environment().putAll(environment);
      return new Program(String.join(" ", command), builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(
          command.getFirst() + " cannot be started; the samples need Node 20 with npm", e);
    }
  }

  /// Runs it to its end, which has to be a good one.
  static void run(Path folder, Duration patience, String... command) {
    try (Program program = start(folder, List.of(command), Map.of())) {
      assertThat(program.process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
          .as(program + " in " + patience)
          .isTrue();
      assertThat(program.process.exitValue()).as(program.toString()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// The command and the end of what it printed.
  @Override
  public String toString() {
    try {
      String text = Files.readString(output);
      return command + "\n" + text.substring(Math.max(0, text.length() - 4000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
