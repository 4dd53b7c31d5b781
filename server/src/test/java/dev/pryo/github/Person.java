package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.codehost.FakeGitHub;
import java.util.Map;
import java.util.UUID;

/// Somebody with an account here and one on GitHub.
///
/// @param login their name on GitHub
record Person(Api api, String login) {
  static final FakeGitHub GITHUB = FakeGitHub.shared();

  static Person signedUp(int port) {
    return new Person(Api.signedUp(port), "ada-" + UUID.randomUUID().toString().substring(0, 8));
  }

  static Person connected(int port) {
    Person person = signedUp(port);
    person.connect();
    return person;
  }

  /// Goes to GitHub, agrees, and comes back.
  void connect() {
    Api.Answer begun = begin();
    Api.Answer back =
        comeBack(GITHUB.agree(begun.json().get("authorize_url").asString(), login), cookie(begun));
    assertThat(back.status()).isEqualTo(302);
    assertThat(back.header("Location")).endsWith("?github=connected");
  }

  Api.Answer begin() {
    Api.Answer begun = api.get("/api/github/authorize");
    begun.expect(200);
    return begun;
  }

  static String cookie(Api.Answer begun) {
    return String.valueOf(begun.header("Set-Cookie")).replaceFirst(";.*", "");
  }

  /// As a browser does it, without any token.
  Api.Answer comeBack(String address, String cookie) {
    return Api.anonymousLike(api)
        .send("GET", address.substring(address.indexOf("/api/")), null, "Cookie", cookie);
  }

  boolean isConnected() {
    return api.get("/api/github/status").expect(200).get("connected").asBoolean();
  }

  /// A project of theirs on a repository of GitHub.
  String project(String fullName) {
    return api.post(
            "/api/projects",
            Map.of(
                "name", "Kites",
                "site_url", "https://kites.example/",
                "consent", "granted",
                "repository", Map.of("host", "github", "full_name", fullName)))
        .expect(201)
        .get("id")
        .asString();
  }
}
