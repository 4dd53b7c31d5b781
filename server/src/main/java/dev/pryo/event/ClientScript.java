package dev.pryo.event;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// Serves the browser client, minified in the build, to any site.
@RestController
@Hidden
class ClientScript {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final byte[] script;
  private final String tag;

  ClientScript() throws IOException, NoSuchAlgorithmException {
    try (InputStream file =
        Objects.requireNonNull(ClientScript.class.getResourceAsStream("/static-client/pryo.js"))) {
      this.script = file.readAllBytes();
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(script);
    this.tag = "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
  }

  @GetMapping("/pryo.js")
  ResponseEntity<byte[]> script(WebRequest request) {
    if (request.checkNotModified(tag)) {
      return common(ResponseEntity.status(HttpStatus.NOT_MODIFIED)).build();
    }
    return common(ResponseEntity.ok())
        .contentType(MediaType.parseMediaType("text/javascript;charset=UTF-8"))
        .body(script);
  }

  private ResponseEntity.BodyBuilder common(ResponseEntity.BodyBuilder answer) {
    return answer
        .eTag(tag)
        .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
        .header("Access-Control-Allow-Origin", "*")
        .header("Cross-Origin-Resource-Policy", "cross-origin");
  }
}
