package dev.pryo.event;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// An experiment's raw events: page by page, or all of them as a file.
@RestController
@Tag(name = "Events")
class RawEventsApi {
  /// A page of raw events, newest arrivals first.
  record RawEventList(List<RawEvent> items, @Nullable String nextCursor) {}

  private final RawEvents events;
  private final Experiments experiments;
  private final JsonMapper json;

  RawEventsApi(RawEvents events, Experiments experiments, JsonMapper json) {
    this.events = events;
    this.experiments = experiments;
    this.json = json;
  }

  @GetMapping("/api/experiments/{id}/events")
  @ApiResponse(
      responseCode = "200",
      description =
          "A page, which may be short while next_cursor says that more follows; with format=csv or"
              + " ndjson a file of all",
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = RawEventList.class)),
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(implementation = RawEvent.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @Nullable RawEventList list(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID id,
      @RequestParam(required = false) @Nullable Boolean simulated,
      @RequestParam(required = false) @Nullable Boolean preview,
      @Schema(allowableValues = {"csv", "ndjson"}) @RequestParam(required = false)
          @Nullable String format,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletResponse response)
      throws IOException {
    RawEvents.Filter filter = new RawEvents.Filter(simulated, preview);
    if (format != null) {
      export(account, id, filter, format, response);
      return null; // it has been written
    }
    if (limit < 1 || limit > 1000) {
      throw new Invalid("limit", "must be from 1 to 1000");
    }
    Page<RawEvent> page = events.page(account, id, filter, limit, before(cursor));
    return new RawEventList(page.items(), page.next());
  }

  private static @Nullable Long before(@Nullable String cursor) {
    try {
      return cursor == null ? null : Long.valueOf(cursor);
    } catch (NumberFormatException e) {
      throw new Invalid("cursor", "must be a next_cursor of this list");
    }
  }

  private void export(
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
