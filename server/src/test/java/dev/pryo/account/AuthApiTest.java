package dev.pryo.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@PryoTest
class AuthApiTest {
  private static final String PASSWORD = "correct horse battery";

  @LocalServerPort int port;

  @Test
  void someoneSignsUpAndIsWhoTheySay() {
    String email = email();
    JsonNode tokens = signUp(email).expect(201);
    assertThat(tokens.get("token_type").asString()).isEqualTo("bearer");
    assertThat(tokens.get("expires_in").asLong()).isEqualTo(900);
    JsonNode me = api().with(tokens.get("access_token").asString()).get("/api/auth/me").expect(200);
    assertThat(me.get("email").asString()).isEqualTo(email);
    assertThat(me.propertyNames()).containsExactlyInAnyOrder("id", "email", "name", "created_at");
  }

  @Test
  void anAddressIsTheSameInAnyCase() {
    String email = email();
    signUp(email.toUpperCase(java.util.Locale.ROOT)).expect(201);
    signUp(email).expect(409);
    login(" " + email, PASSWORD).expect(200);
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
    String email = email();
    signUp(email).expect(201);
    Api.Answer wrong = login(email, PASSWORD + "x");
    Api.Answer unknown = login(email(), PASSWORD);
    assertThat(wrong.status()).isEqualTo(401).isEqualTo(unknown.status());
    assertThat(wrong.text()).isEqualTo(unknown.text());
    assertThat(wrong.response().headers().map().keySet())
        .isEqualTo(unknown.response().headers().map().keySet());
  }

  @Test
  void weakPasswordsNameTheFieldAndTheMend() {
    for (String weak : List.of("short", "password123", "x".repeat(1001))) {
      JsonNode problem =
          api().post("/api/auth/signup", Map.of("email", email(), "password", weak)).expect(422);
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo("password");
    }
    JsonNode problem = api().post("/api/auth/signup", Map.of("email", "nobody")).expect(422);
    assertThat(problem.get("errors").size()).isEqualTo(2);
  }

  @Test
  void everyCharacterOfALongPasswordCounts() {
    String email = email();
    String longPassword = "ä".repeat(80) + "z";
    api().post("/api/auth/signup", Map.of("email", email, "password", longPassword)).expect(201);
    login(email, "ä".repeat(80) + "y").expect(401);
    login(email, longPassword).expect(200);
  }

  @Test
  void aRefreshTokenWorksOnceAndItsReuseEndsTheSignIn() {
    JsonNode first = signUp(email()).expect(201);
    JsonNode second = refresh(first.get("refresh_token").asString()).expect(200);
    refresh(first.get("refresh_token").asString()).expect(401);
    refresh(second.get("refresh_token").asString()).expect(401);
  }

  @Test
  void ofTwelveRefreshesAtOnceOneSucceeds() throws Exception {
    String token = signUp(email()).expect(201).get("refresh_token").asString();
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Future<Integer>> answers =
          threads.invokeAll(
              java.util.Collections.nCopies(12, (Callable<Integer>) () -> refresh(token).status()));
      int succeeded = 0;
      for (Future<Integer> answer : answers) {
        succeeded += answer.get() == 200 ? 1 : 0;
      }
      assertThat(succeeded).isEqualTo(1);
    }
  }

  @Test
  void logoutEndsTheRefreshTokenToo() {
    String token = signUp(email()).expect(201).get("refresh_token").asString();
    api().post("/api/auth/logout", Map.of("refresh_token", token)).expect(204);
    refresh(token).expect(401);
  }

  @Test
  void aDeletedAccountIsGoneAndItsTokensWithIt() {
    String email = email();
    JsonNode tokens = signUp(email).expect(201);
    Api me = api().with(tokens.get("access_token").asString());
    me.delete("/api/auth/me", Map.of("password", "not this one")).expect(422);
    me.delete("/api/auth/me", Map.of("password", PASSWORD)).expect(204);
    login(email, PASSWORD).expect(401);
    me.get("/api/auth/me").expect(401);
    refresh(tokens.get("refresh_token").asString()).expect(401);
  }

  @Test
  void bodiesThatCannotBeReadAreNotAcceptedInPart() {
    Api api = api();
    assertThat(api.post("/api/auth/login", "{\"email\":").status()).isEqualTo(400);
    assertThat(api.post("/api/auth/login", "{\"email\":\"a\",\"email\":\"b\"}").status())
        .isEqualTo(400);
    assertThat(api.post("/api/auth/login", "[".repeat(100_000)).status()).isEqualTo(400);
    assertThat(api.post("/api/auth/login", "{\"email\":\"" + "x".repeat(1 << 20) + "\"}").status())
        .isEqualTo(413);
    assertThat(
            api.send("POST", "/api/auth/login", "email=a", "Content-Type", "application/xml")
                .status())
        .isEqualTo(415);
    assertThat(
            api.post("/api/auth/login", Map.of("email", List.of("a")))
                .expect(422)
                .at("/errors/0/field")
                .asString())
        .isEqualTo("email");
  }

  private Api api() {
    return Api.anonymous(port);
  }

  private Api.Answer signUp(String email) {
    return api().post("/api/auth/signup", Map.of("email", email, "password", PASSWORD));
  }

  private Api.Answer login(String email, String password) {
    return api().post("/api/auth/login", Map.of("email", email, "password", password));
  }

  private Api.Answer refresh(String token) {
    return api().post("/api/auth/refresh", Map.of("refresh_token", token));
  }

  private static String email() {
    return UUID.randomUUID() + "@example.org";
  }
}
