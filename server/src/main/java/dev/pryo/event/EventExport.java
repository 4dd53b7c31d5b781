package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The two forms that events are exported in, a line for each.
enum EventExport {
  NDJSON("application/x-ndjson") {
    @Override
    void begin(OutputStream out) {}

    @Override
    void write(RawEvent event, OutputStream out, JsonMapper json) throws IOException {
      out.write(json.writeValueAsBytes(event));
      out.write('\n');
    }
  },

  /// RFC 4180. A cell that a spreadsheet would run as a formula is made text by an apostrophe;
  /// numbers stay numbers.
  CSV("text/csv;charset=UTF-8;header=present") {
    @Override
    void begin(OutputStream out) throws IOException {
      out.write((String.join(",", COLUMNS) + "\r\n").getBytes(UTF_8));
    }

    @Override
    void write(RawEvent event, OutputStream out, JsonMapper json) throws IOException {
      String line =
          Stream.of(
                  text(event.id()),
                  text(event.userId()),
                  text(event.event()),
                  event.timestamp().toString(),
                  event.receivedAt().toString(),
                  Objects.toString(event.value(), ""),
                  text(event.properties()),
                  text(event.experiment()),
                  text(event.segment()),
                  String.valueOf(event.simulated()),
                  String.valueOf(event.preview()),
                  String.valueOf(event.bot()))
              .collect(Collectors.joining(",", "", "\r\n"));
      out.write(line.getBytes(UTF_8));
    }
  };

  private static final String[] COLUMNS = {
    "id",
    "user_id",
    "event",
    "timestamp",
    "received_at",
    "value",
    "properties",
    "experiment",
    "segment",
    "simulated",
    "preview",
    "bot"
  };

  private final String contentType;

  EventExport(String contentType) {
    this.contentType = contentType;
  }

  static @Nullable EventExport of(String format) {
    return Arrays.stream(values())
        .filter(known -> known.extension().equals(format))
        .findFirst()
        .orElse(null);
  }

  String contentType() {
    return contentType;
  }

  String extension() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  abstract void begin(OutputStream out) throws IOException;

  abstract void write(RawEvent event, OutputStream out, JsonMapper json) throws IOException;

  private static String text(@Nullable String cell) {
    if (cell == null || cell.isEmpty()) {
      return "";
    }
    String safe = "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
