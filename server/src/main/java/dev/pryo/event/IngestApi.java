package dev.pryo.event;

import dev.pryo.platform.Forbidden;
import dev.pryo.platform.Unauthorized;
import dev.pryo.project.KeyedProject;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Events in, from anyone who has the project's write key.
@RestController
@Tag(name = "Events")
class IngestApi {
  /// What the document of the API says about a body, which [EventReader] reads.
  record Events(List<Event> events) {}

  record Event(
      String id,
      String userId,
      String event,
      @Nullable Instant timestamp,
      @Nullable Double value,
      @Nullable Map<String, Object> properties,
      @Nullable String experiment,
      @Nullable String segment,
      @Nullable Boolean preview) {}

  private final Lookups lookups;
  private final Bodies bodies;
  private final Quota quota;
  private final Ingest ingest;

  IngestApi(Lookups lookups, Bodies bodies, Quota quota, Ingest ingest) {
    this.lookups = lookups;
    this.bodies = bodies;
    this.quota = quota;
    this.ingest = ingest;
  }

  @PostMapping("/api/events")
  @SecurityRequirements
  @RequestBody(
      description =
          "One event, an array of events, or an object with them; at most 1,000 and 5 MiB",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(oneOf = {Events.class, Event.class, Event[].class})))
  Receipt receive(
      HttpServletRequest request,
      @RequestHeader(name = "X-Pryo-Key", required = false) @Nullable String header,
      @RequestParam(name = "key", required = false) @Nullable String parameter,
      @Parameter(description = "Which pryo.js sends: the beginning of its fingerprint")
          @RequestParam(name = "v", required = false)
          @Nullable String client,
      @RequestHeader(name = "Origin", required = false) @Nullable String origin,
      @RequestHeader(name = "User-Agent", required = false) @Nullable String userAgent) {
    String key = header == null ? parameter : header;
    KeyedProject project =
        lookups
            .project(key == null ? "" : key)
            .orElseThrow(() ->
                new Unauthorized(
                    "The write key is missing or unknown: send the project's as X-Pryo-Key or"
                        + " ?key=."));
    requireOrigin(project, origin);
    // counted until the events are kept, so that what waits is bounded in bytes too
    try (Bodies.Body body = bodies.read(request)) {
      EventReader.Batch batch = EventReader.read(body.bytes(), body.length());
      quota.take(project.project().no(), batch.events().size());
      return ingest.accept(project, batch.events(), batch.rejected(), userAgent, client);
    }
  }

  /// Servers send no origin; a browser cannot leave it out.
  private static void requireOrigin(KeyedProject project, @Nullable String origin) {
    List<String> allowed = project.project().allowedOrigins();
    if (origin != null
        && !allowed.isEmpty()
        && allowed.stream().noneMatch(known -> known.equalsIgnoreCase(origin))) {
      throw new Forbidden(
          "The project takes no events from this origin: add it to allowed_origins.");
    }
  }
}
