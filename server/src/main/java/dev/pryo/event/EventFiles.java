package dev.pryo.event;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// All events of an experiment as a file that a browser saves.
@Component
public class EventFiles {
  private final RawEvents events;
  private final Experiments experiments;
  private final JsonMapper json;

  EventFiles(RawEvents events, Experiments experiments, JsonMapper json) {
    this.events = events;
    this.experiments = experiments;
    this.json = json;
  }

  /// Writes the file while it is read from the store, so that it needs as little memory for many
  /// events as for few.
  ///
  /// @param format `csv` or `ndjson`
  public void send(
      Account account,
      UUID id,
      RawEvents.Filter filter,
      String format,
      HttpServletResponse response)
      throws IOException {
    EventExport form = EventExport.of(format);
    if (form == null) {
      throw new Invalid("format", "must be csv or ndjson");
    }
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    response.setContentType(form.contentType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s-events.%s\"".formatted(experiment.key(), form.extension()));
    OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
    form.begin(out);
    events.export(experiment, filter, event -> form.write(event, out, json));
    out.flush();
  }
}
