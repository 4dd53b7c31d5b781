package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process: how it starts, what it says when it cannot, how it ends.
class StartTest {
  private static final String STRONG = "b7c1f0e29d3a4856b7c1f0e29d3a4856";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void thePrintedLinkSignsInOnceAndSigtermStopsEverything() throws Exception {
    Path home = folder.resolve("home");
    try (ServerProcess server = ServerProcess.start(home)) {
      Matcher link =
          Pattern.compile("http://127\\.0\\.0\\.1:\\d+/link/\\S+").matcher(server.output());
      assertThat(link.find()).isTrue();
      HttpResponse<String> first = get(link.group());
      assertThat(first.statusCode()).isEqualTo(302);
      assertThat(first.headers().firstValue("Set-Cookie").orElse(""))
          .startsWith("pryo_session=")
          .contains("HttpOnly", "SameSite=Lax");
      assertThat(get(link.group()).headers().firstValue("Set-Cookie").orElse(""))
          .doesNotContain("pryo_session=");
      for (String secret : new String[] {"control", "secret-key", "postgres-passwords"}) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(secret))))
            .as(secret)
            .isEqualTo("rw-------");
      }
      assertThat(server.stop()).isEqualTo(143);
      assertThat(ServerProcess.database(home)).isEmpty();
      assertThat(home.resolve("control")).doesNotExist();
    }
  }

  @Test
  void anotherLinkIsPrintedForWhoMayReadTheHome() throws Exception {
    Path home = folder.resolve("home");
    try (ServerProcess server = ServerProcess.start(home)) {
      assertThat(server.api().send("POST", "/local/link", "", "X-Pryo-Control", "guess").status())
          .isEqualTo(404);
      String secret = Files.readAllLines(home.resolve("control")).get(1);
      String link =
          server
              .api()
              .send(
                  "POST", "/local/link", "", "X-Pryo-Control", secret, "Content-Type", "text/plain")
              .text();
      assertThat(get(link).headers().firstValue("Set-Cookie").orElse(""))
          .startsWith("pryo_session=");
      assertThat(
              server
                  .api()
                  .send(
                      "POST",
                      "/local/link",
                      "nobody@example.org",
                      "X-Pryo-Control",
                      secret,
                      "Content-Type",
                      "text/plain")
                  .status())
          .isEqualTo(422);
    }
  }

  @Test
  void sharedPagesAreSlowedDownForWhoeverTriesMany() {
    Path home = folder.resolve("home");
    try (ServerProcess server = ServerProcess.start(home, Map.of("PRYO_RATE_LIMITS", "on"))) {
      for (int i = 0; i < 300; i++) {
        assertThat(server.api().get("/share/guess-" + i).status()).isEqualTo(404);
      }
      Api.Answer refused = server.api().get("/share/one-more");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).matches("[1-9]\\d{0,2}");
    }
  }

  @Test
  void aHomeServesOneServer() {
    Path home = folder.resolve("home");
    try (ServerProcess server = ServerProcess.start(home)) {
      refuses(home, ServerProcess.freePort(), Map.of(), "is in use by another Pryo");
      assertThat(server.database()).isPresent();
    }
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path home = folder.resolve("home");
      refuses(
          home,
          taken.getLocalPort(),
          Map.of(),
          "Port %d is in use".formatted(taken.getLocalPort()));
      assertThat(home).as("nothing was made").doesNotExist();
    }
  }

  @Test
  void whoStartsTheSamePryoTwiceHearsOfItsHome() {
    Path home = folder.resolve("home");
    try (ServerProcess server = ServerProcess.start(home)) {
      refuses(home, server.port(), Map.of(), "is in use by another Pryo");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    Path home = folder.resolve("home");
    refuses(
        home,
        ServerProcess.freePort(),
        Map.of("PRYO_ADDRESS", "192.0.2.1"),
        "an address of this machine as PRYO_ADDRESS");
    assertThat(home).doesNotExist();
  }

  @Test
  void aHomeThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    refuses(file.resolve("home"), ServerProcess.freePort(), Map.of(), "cannot be written");
  }

  @Test
  void aDatabaseOfAnotherMajorVersionIsNamed() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("postgres/data"));
    Files.writeString(home.resolve("postgres/data/PG_VERSION"), "17\n");
    refuses(home, ServerProcess.freePort(), Map.of(), "was made by PostgreSQL 17");
  }

  @Test
  void aDatabaseOfOnesOwnNeedsAStrongKeyAndAModestRole() throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setDataDirectory(folder.resolve("own")).start()) {
      String at = "localhost:" + postgres.getPort();
      Map<String, String> environment = new HashMap<>();
      environment.put("DATABASE_URL", "postgresql://postgres:any@" + at + "/postgres");
      refuses(
          folder.resolve("none"), ServerProcess.freePort(), environment, "SECRET_KEY is missing");
      for (String weak :
          new String[] {"short", "a".repeat(64), "change-me-change-me-change-me-change-me"}) {
        environment.put("SECRET_KEY", weak);
        refuses(
            folder.resolve("none"),
            ServerProcess.freePort(),
            environment,
            "SECRET_KEY is too weak");
      }
      environment.put("SECRET_KEY", STRONG);
      refuses(folder.resolve("none"), ServerProcess.freePort(), environment, "is a superuser");
      environment.put("DATABASE_URL", "mysql://" + at + "/x");
      refuses(
          folder.resolve("none"),
          ServerProcess.freePort(),
          environment,
          "DATABASE_URL cannot be read");
      environment.put("DATABASE_URL", "postgresql://pryo:any@localhost:1/x");
      refuses(folder.resolve("none"), ServerProcess.freePort(), environment, "cannot be reached");

      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create role pryo login password 'p%ss'");
        statement.execute("create database pryo owner pryo");
      }
      environment.put(
          "DATABASE_URL", "postgresql+psycopg2://pryo:p%25ss@" + at + "/pryo?sslmode=disable");
      int port = ServerProcess.freePort();
      try (ServerProcess server = ServerProcess.launch(folder.resolve("none"), port, environment)) {
        server.awaitHealth(200);
        server.signedUp().get("/api/auth/me").expect(200);
        assertThat(folder.resolve("none")).doesNotExist();
      }
    }
  }

  private static void refuses(
      Path home, int port, Map<String, String> environment, String sentence) {
    try (ServerProcess server = ServerProcess.launch(home, port, environment)) {
      assertThat(server.awaitExit()).isNotZero();
      assertThat(server.output()).contains(sentence).doesNotContain("\tat ", "Exception");
      assertThat(server.output().lines().filter(line -> line.startsWith("pryo: "))).hasSize(1);
    }
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
