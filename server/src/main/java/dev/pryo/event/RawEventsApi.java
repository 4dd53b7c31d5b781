package dev.pryo.event;

import dev.pryo.account.Account;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Projects.Page;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An experiment's raw events: page by page, or all of them as a file.
@RestController
@Tag(name = "Events")
class RawEventsApi {
  /// A page of raw events, newest arrivals first.
  record RawEventList(List<RawEvent> items, @Nullable String nextCursor) {}

  private final RawEvents events;
  private final EventFiles files;

  RawEventsApi(RawEvents events, EventFiles files) {
    this.events = events;
    this.files = files;
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
      files.send(account, id, filter, format, response);
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
}
