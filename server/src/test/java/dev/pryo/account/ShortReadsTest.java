package dev.pryo.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Reads with a right token pass the other filters by; nobody shall see it by the answer.
@PryoTest
class ShortReadsTest {
  @LocalServerPort int port;
  private Api owner;
  private String project;
  private String experiment;

  @BeforeEach
  void anExperiment() {
    owner = Api.signedUp(port);
    project =
        owner
            .post(
                "/api/projects",
                Map.of(
                    "name",
                    "p",
                    "repository",
                    Map.of("host", "github", "full_name", "example/shop")))
            .expect(201)
            .get("id")
            .asString();
    experiment =
        owner
            .post(
                "/api/experiments",
                Map.of("project_id", project, "name", "e", "description", "d", "start", false))
            .expect(201)
            .get("id")
            .asString();
  }

  private List<String> routes() {
    String one = "/api/experiments/" + experiment;
    return List.of(one, one + "/status", one + "/events?limit=50", "/api/experiments?limit=50");
  }

  @Test
  void theShortWayAnswersLikeTheLongOne() {
    for (String route : routes()) {
      Api.Answer near = owner.get(route);
      Api.Answer far = owner.get(route.replace("/api/experiments", "/api/%65xperiments"));
      assertThat(near.expect(200)).isEqualTo(far.expect(200));
      assertThat(headers(near)).isEqualTo(headers(far)).containsKey("x-frame-options");
    }
    Api.Answer near = owner.get("/api/experiments?limit=0");
    Api.Answer far = owner.get("/api/%65xperiments?limit=0");
    assertThat(near.expect(422).get("errors")).isEqualTo(far.expect(422).get("errors"));
    assertThat(headers(near).keySet()).isEqualTo(headers(far).keySet());
  }

  private static Map<String, List<String>> headers(Api.Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
    headers.remove("date");
    return headers;
  }

  @Test
  void itIsTakenByTheseReadsAlone() {
    double before = taken();
    routes().forEach(route -> owner.get(route).expect(200));
    assertThat(taken() - before).isEqualTo(4);
    owner.send("GET", routes().getFirst(), null, "Origin", "https://front.example").expect(200);
    owner.get("/api/projects/" + project).expect(200);
    owner.with("x" + owner.token()).get(routes().getFirst()).expect(401);
    Api.anonymous(port).get(routes().getFirst()).expect(401);
    assertThat(taken() - before).isEqualTo(4);
  }

  /// All calls that took it, of every route.
  private double taken() {
    return Api.anonymous(port)
        .get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("pryo_short_reads_seconds_count"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void anotherAccountSeesNothing() {
    Api stranger = Api.signedUp(port);
    for (String route : routes().subList(0, 3)) {
      stranger.get(route).expect(404);
      owner.get(route).expect(200);
      stranger.get(route).expect(404);
    }
    assertThat(stranger.get(routes().getLast()).expect(200).get("items").size()).isZero();
  }

  @Test
  void whoWasTakenOutOfTheProjectSeesNothingAtOnce() {
    Api other = Api.signedUp(port);
    String email = other.get("/api/auth/me").expect(200).get("email").asString();
    String id = other.get("/api/auth/me").expect(200).get("id").asString();
    owner
        .post("/api/projects/" + project + "/members", Map.of("email", email, "role", "viewer"))
        .expect(201);
    other.get(routes().getFirst()).expect(200);
    assertThat(other.get(routes().getLast()).expect(200).get("items").size()).isEqualTo(1);
    assertThat(owner.delete("/api/projects/" + project + "/members/" + id).status()).isEqualTo(204);
    other.get(routes().getFirst()).expect(404);
    assertThat(other.get(routes().getLast()).expect(200).get("items").size()).isZero();
  }

  @Test
  void aDeletedAccountAndAForgedTokenAreTold() {
    owner.get(routes().getFirst()).expect(200);
    for (String token : List.of("nonsense", owner.token() + "x", UUID.randomUUID().toString())) {
      Api.Answer answer = owner.with(token).get(routes().getFirst());
      answer.expect(401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }
    assertThat(owner.delete("/api/auth/me", Map.of("password", "correct horse battery")).status())
        .isEqualTo(204);
    owner.get(routes().getFirst()).expect(401);
  }

  @Test
  void anIdInCapitalsIsTheSameExperiment() {
    assertThat(
            owner
                .get("/api/experiments/" + experiment.toUpperCase(Locale.ROOT) + "/status")
                .expect(200))
        .isEqualTo(owner.get("/api/experiments/" + experiment + "/status").expect(200));
  }
}
