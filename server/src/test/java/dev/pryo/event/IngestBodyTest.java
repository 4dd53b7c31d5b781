package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// What a request may look like, and how much it may hold.
@PryoTest
class IngestBodyTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  private EventWorld world;

  @BeforeEach
  void fresh() {
    world = new EventWorld(server, port);
  }

  @Test
  void bodiesThatAreNoJsonAre400() {
    for (String body : List.of("", "nope", "{\"id\":", "[1,]", "[".repeat(1_000_000))) {
      JsonNode problem = world.send(body).expect(400);
      assertThat(problem.get("detail").asString()).contains("JSON");
    }
  }

  @Test
  void tooManyEventsAndTooManyBytesAre413() {
    world.send(list(1_001)).expect(413);
    world.send(list(1_000)).expect(200);
    world.send("[" + " ".repeat(5 << 20) + "]").expect(413);
    assertThat(world.stored()).isEqualTo(1_000);
  }

  @Test
  void aLongBodyInChunksIsStoppedAtItsLimit() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /api/events HTTP/1.1\r
          Host: localhost\r
          X-Pryo-Key: %s\r
          Content-Type: application/json\r
          Transfer-Encoding: chunked\r
          \r
          """
              .formatted(world.project.writeKey())
              .getBytes(UTF_8));
      byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
      int sent = 0;
      try {
        for (; sent < 800; sent++) {
          out.write(chunk);
        }
      } catch (IOException closed) { // the server has heard enough
        assertThat(sent).isPositive();
      }
      assertThat(sent).as("chunks of 64 KiB").isLessThan(800);
      assertThat(firstLine(socket.getInputStream())).contains(" 413 ");
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void compressedBodiesAreReadAndABombIsNot() throws Exception {
    assertThat(gzip(("[" + event("zipped") + "]").getBytes(UTF_8))).isEqualTo(200);
    assertThat(world.stored()).isEqualTo(1);
    assertThat(gzip(new byte[200 << 20])).isEqualTo(413);
    assertThat(raw("no gzip at all".getBytes(UTF_8), "Content-Encoding", "gzip")).isEqualTo(400);
    assertThat(raw("[]".getBytes(UTF_8), "Content-Encoding", "br")).isEqualTo(415);
  }

  @Test
  void compressedBodiesInChunksAreHeldToTheSameLimit() throws Exception {
    byte[] event = packed(("[" + event("both") + "]").getBytes(UTF_8));
    assertThat(raw(chunked(event), "Content-Encoding", "gzip")).isEqualTo(200);
    assertThat(world.stored()).isEqualTo(1);
    byte[] bomb = packed(new byte[200 << 20]);
    assertThat(raw(chunked(bomb), "Content-Encoding", "gzip")).isEqualTo(413);
    byte[] torn = Arrays.copyOf(event, event.length - 9);
    assertThat(raw(chunked(torn), "Content-Encoding", "gzip")).isEqualTo(400);
    assertThat(world.stored()).isEqualTo(1);
  }

  /// Of a length that nobody knows before.
  private static HttpRequest.BodyPublisher chunked(byte[] body) {
    return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
  }

  private int gzip(byte[] body) throws Exception {
    return raw(packed(body), "Content-Encoding", "gzip");
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(body);
    }
    return packed.toByteArray();
  }

  private int raw(byte[] body, String... headers) throws Exception {
    return raw(HttpRequest.BodyPublishers.ofByteArray(body), headers);
  }

  private int raw(HttpRequest.BodyPublisher body, String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
            .header("X-Pryo-Key", world.project.writeKey())
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(body)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aBeaconSendsPlainTextAndItsKeyInTheAddress() {
    Api anyone = Api.anonymous(port);
    String path = "/api/events?key=" + world.project.writeKey();
    anyone
        .send("POST", path, "[" + event("beacon") + "]", "Content-Type", "text/plain;charset=UTF-8")
        .expect(200);
    anyone
        .send("POST", path, "a=b", "Content-Type", "application/x-www-form-urlencoded")
        .expect(415);
    anyone.send("POST", path, "[]", "Content-Type", "application/json; charset=utf-16").expect(415);
    assertThat(world.stored()).isEqualTo(1);
  }

  private static String event(String id) {
    return "{\"id\": \"%s\", \"user_id\": \"u\", \"event\": \"purchase\"}".formatted(id);
  }

  private static String list(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> event("e" + i))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
