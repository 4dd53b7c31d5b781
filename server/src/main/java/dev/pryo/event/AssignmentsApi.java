package dev.pryo.event;

import dev.pryo.experiment.Splits;
import dev.pryo.platform.NotFound;
import dev.pryo.project.KeyedProject;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/// What clients need to bucket by themselves.
@RestController
@Tag(name = "Events")
class AssignmentsApi {
  private static final CacheControl HALF_A_MINUTE =
      CacheControl.maxAge(Duration.ofSeconds(30)).cachePublic();

  private final Lookups lookups;
  private final Splits splits;
  private final JsonMapper json;

  AssignmentsApi(Lookups lookups, Splits splits, JsonMapper json) {
    this.lookups = lookups;
    this.splits = splits;
    this.json = json;
  }

  @GetMapping("/api/assignments/{write_key}")
  @SecurityRequirements
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Rules.class)))
  ResponseEntity<byte[]> assignments(
      @PathVariable("write_key") String writeKey, WebRequest request) {
    Rules.Written rules =
        lookups.rules(writeKey, this::rules).orElseThrow(() -> new NotFound("write key"));
    if (request.checkNotModified(rules.etag())) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED).cacheControl(HALF_A_MINUTE).build();
    }
    return ResponseEntity.ok()
        .cacheControl(HALF_A_MINUTE)
        .contentType(MediaType.APPLICATION_JSON)
        .body(rules.body());
  }

  Rules.Written rules(KeyedProject project) {
    byte[] body = json.writeValueAsBytes(new Rules(splits.active(project.project().id())));
    return new Rules.Written(body, "\"" + digest(body) + "\"");
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
