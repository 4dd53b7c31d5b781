package dev.pryo.event;

import dev.pryo.platform.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/// Serves the browser client to any site: `/pryo.js` is always the newest, `/pryo/<version>.js`
/// never changes. Sites that pin a version keep it when the server is updated: each version that
/// this installation has served is kept in its database.
@RestController
@Hidden
class ClientScript {
  private static final CacheControl FOR_A_WHILE =
      CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();
  private static final CacheControl FOR_EVER =
      CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  private final JdbcClient sql;
  private final Map<String, BrowserClient> known = new ConcurrentHashMap<>();

  ClientScript(JdbcClient sql) {
    this.sql = sql;
    BrowserClient current = BrowserClient.current();
    known.put(current.version(), current);
    sql.sql(
            """
            insert into browser_client (version, script) values (:version, :script)
            on conflict do nothing\
            """)
        .param("version", current.version())
        .param("script", current.script())
        .update();
  }

  @GetMapping("/pryo.js")
  ResponseEntity<byte[]> newest(WebRequest request) {
    return answer(request, BrowserClient.current(), FOR_A_WHILE);
  }

  @GetMapping("/pryo/{version:[\\w.-]+}.js")
  ResponseEntity<byte[]> pinned(WebRequest request, @PathVariable String version) {
    BrowserClient client =
        find(version).orElseThrow(() -> new NotFound("version of the browser client"));
    return answer(request, client, FOR_EVER);
  }

  private Optional<BrowserClient> find(String version) {
    return Optional.ofNullable(
        known.computeIfAbsent(
            version,
            name ->
                sql.sql("select version, script from browser_client where version = :version")
                    .param("version", name)
                    .query((rs, n) ->
                        BrowserClient.kept(rs.getString("version"), rs.getString("script")))
                    .optional()
                    .orElse(null)));
  }

  /// The tag is a weak one, since the server compresses no answer with a strong one.
  private static ResponseEntity<byte[]> answer(
      WebRequest request, BrowserClient client, CacheControl fresh) {
    String tag = "W/\"%s\"".formatted(HexFormat.of().formatHex(client.digest("SHA-256"), 0, 12));
    boolean known = request.checkNotModified(tag);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .eTag(tag)
            .cacheControl(fresh)
            .header("Access-Control-Allow-Origin", "*")
            .header("Cross-Origin-Resource-Policy", "cross-origin");
    return known
        ? answer.build()
        : answer
            .contentType(MediaType.parseMediaType("text/javascript;charset=UTF-8"))
            .body(client.bytes());
  }
}
