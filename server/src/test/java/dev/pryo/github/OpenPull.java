package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.TestHome;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import dev.pryo.codehost.FakeGitHub;
import dev.pryo.codehost.FakeRepository;
import dev.pryo.codehost.FakeReviews;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// An open pull request on GitHub with the variants of an experiment.
///
/// @param draft the experiment as it was described
record OpenPull(int port, Person ada, FakeRepository shop, KiteModel kites, JsonNode draft) {

  /// A shop of a new person, and a draft in it.
  static OpenPull drafted(int port) {
    FakeGitHub.require();
    Person ada = Person.connected(port);
    String name = ada.login() + "/kites";
    FakeRepository shop =
        Person.GITHUB.repository(name, "main", Map.of("index.html", KiteSite.INDEX), ada.login());
    KiteModel kites = new KiteModel(ada.api(), ada.project(name), TestModel.Shared.MODEL);
    return new OpenPull(port, ada, shop, kites, kites.draft());
  }

  /// One that a model wrote.
  static OpenPull written(int port) {
    OpenPull pull = drafted(port);
    pull.talk();
    pull.implement();
    return pull;
  }

  /// One that rules wrote.
  static OpenPull writtenByRules(int port) {
    OpenPull pull = drafted(port);
    JsonNode edits = pull.kites.draft("edit", "change 'Add to cart' to 'Buy now'", Map.of());
    OpenPull byRules = new OpenPull(port, pull.ada, pull.shop, pull.kites, edits);
    byRules.implement();
    return byRules;
  }

  private void implement() {
    ada.api().post(path() + "/implement", null).expect(202);
    JsonNode waiting = settled();
    assertThat(waiting.get("status").asString()).as(waiting.toString()).isEqualTo("awaiting_merge");
  }

  /// Lays out the good answers, and for each of these words two more that change the button to
  /// them.
  Talk talk(String... words) {
    String key = KiteModel.key(draft);
    return kites.talk(
        draft,
        Stream.concat(
                Stream.of(KiteModel.good(key)),
                Stream.of(words)
                    .flatMap(said ->
                        Stream.of(
                            TestModel.calls("write_file", KiteModel.script(key, said)),
                            KiteModel.flush())))
            .toArray(Laid[]::new));
  }

  /// Lays out the good answers and what comes behind them.
  Talk talkWith(Laid... more) {
    return kites.talk(
        draft,
        Stream.concat(Stream.of(KiteModel.good(KiteModel.key(draft))), Stream.of(more))
            .toArray(Laid[]::new));
  }

  FakeReviews said() {
    return shop.reviews();
  }

  String id() {
    return draft.get("id").asString();
  }

  String path() {
    return "/api/experiments/" + id();
  }

  String branch() {
    return "pryo/exp-" + id();
  }

  String head() throws Exception {
    return shop.head(branch());
  }

  JsonNode experiment() {
    return ada.api().get(path()).expect(200);
  }

  JsonNode status() {
    return ada.api().get(path() + "/status").expect(200);
  }

  /// The experiment once it is not being implemented any more.
  JsonNode settled() {
    ada.api().get(path() + "/progress").text();
    JsonNode experiment = experiment();
    assertThat(experiment.get("status").asString()).isNotEqualTo("implementing");
    return experiment;
  }

  /// What the pull request was told, once there is so much of it and nobody is at work.
  List<JsonNode> remarks(int count) {
    JsonNode status =
        eventually(
            this::status,
            now ->
                !now.get("status").asString().equals("implementing")
                    && now.get("remarks").size() >= count);
    assertThat(status.get("remarks").size()).as(status.toString()).isEqualTo(count);
    return status.get("remarks").valueStream().toList();
  }

  /// The description once it says this.
  String body(String words) {
    return eventually(() -> String.valueOf(shop.body(1)), text -> text.contains(words));
  }

  /// The answers to a comment once this is the last.
  List<String> reactions(long comment, String last) {
    return eventually(
        () -> said().reactions(comment), all -> !all.isEmpty() && all.getLast().equals(last));
  }

  /// What is so at last. A look that comes too early is followed by the next round's, within twenty
  /// seconds.
  private static <T> T eventually(Supplier<T> read, Predicate<T> wanted) {
    T now = read.get();
    for (int look = 0; look < 1_200 && !wanted.test(now); look++) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      now = read.get();
    }
    assertThat(wanted.test(now)).as("%s", now).isTrue();
    return now;
  }

  /// GitHub tells its webhook.
  void deliver(String event, String action) {
    deliver(event, action, 1);
  }

  /// @param number of the pull request that it is about
  void deliver(String event, String action, int number) {
    String body = Person.GITHUB.delivery(event, action, shop, number);
    Api.anonymous(port)
        .send(
            "POST",
            "/api/github/webhook",
            body,
            "X-GitHub-Event",
            event,
            "X-Hub-Signature-256",
            signature(body))
        .expect(204);
  }

  private static String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              TestHome.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
