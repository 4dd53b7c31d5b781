package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.platform.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  /// Safe to open in a spreadsheet, see [Csv].
  CSV("text/csv;charset=UTF-8;header=present") {
    @Override
    void begin(OutputStream out) throws IOException {
      out.write(Csv.line(COLUMNS).getBytes(UTF_8));
    }

    @Override
    void write(RawEvent event, OutputStream out, JsonMapper json) throws IOException {
      String line =
          Csv.line(
              List.of(
                  Csv.text(event.id()),
                  Csv.text(event.userId()),
                  Csv.text(event.event()),
                  Csv.number(event.timestamp()),
                  Csv.number(event.receivedAt()),
                  Csv.number(event.value()),
                  Csv.text(event.properties()),
                  Csv.text(event.experiment()),
                  Csv.text(event.segment()),
                  Csv.number(event.simulated()),
                  Csv.number(event.preview()),
                  Csv.number(event.bot())));
      out.write(line.getBytes(UTF_8));
    }
  };

  private static final List<String> COLUMNS =
      List.of(
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
          "bot");

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
    return name().toLowerCase(Locale.ROOT);
  }

  abstract void begin(OutputStream out) throws IOException;

  abstract void write(RawEvent event, OutputStream out, JsonMapper json) throws IOException;
}
