package dev.pryo.event;

import dev.pryo.experiment.Split;
import dev.pryo.experiment.Splits;
import dev.pryo.platform.NotFound;
import dev.pryo.project.KeyedProject;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
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
  ResponseEntity<Rules> assignments(@PathVariable("write_key") String writeKey) {
    Rules rules = lookups.rules(writeKey, this::rules).orElseThrow(() -> new NotFound("write key"));
    return ResponseEntity.ok().cacheControl(HALF_A_MINUTE).eTag(rules.etag()).body(rules);
  }

  private Rules rules(KeyedProject project) {
    List<Split> active = splits.active(project.project().id());
    return new Rules(active, "\"" + digest(json.writeValueAsBytes(active)) + "\"");
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
