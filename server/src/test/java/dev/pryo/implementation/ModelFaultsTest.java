package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteModel;
import dev.pryo.KiteSite;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What a vendor and a model do wrong, as somebody who uses the server sees it.
@ModelTest
class ModelFaultsTest {
  @LocalServerPort int port;
  private final KiteSite site = KiteSite.made();
  private Api api;
  private KiteModel kites;

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    kites = new KiteModel(api, site.link(api), TestModel.Shared.MODEL);
  }

  @Test
  void aBusyVendorIsWaitedForAndPeopleAreTold() {
    JsonNode draft = kites.draft();
    Talk talk =
        kites
            .talk(draft, KiteModel.good(KiteModel.key(draft)))
            .after(
                busy(429, Map.of("retry-after", "1")), busy(529, Map.of("retry-after-ms", "40")));
    api.post(path(draft) + "/implement", null).expect(202);
    String told = api.get(path(draft) + "/progress").text();
    assertThat(told).contains("The model does not answer now; it is asked again in 1 s.");
    assertThat(told).contains("awaiting_merge");
    assertThat(talk.calls()).isEqualTo(6);
    assertThat(api.get(path(draft) + "/status").expect(200).at("/usage/calls").asInt())
        .as("what was turned down costs nothing")
        .isEqualTo(4);
  }

  static Stream<Arguments> ends() {
    Laid words = TestModel.words("I would change the button.");
    return Stream.of(
        Arguments.of(
            error(401, "authentication_error"), "model_unusable", true, "does not take the key", 1),
        Arguments.of(
            error(404, "not_found_error"), "model_unusable", true, "Check the model's name", 1),
        Arguments.of(
            busy(429, Map.of("retry-after", "3600")),
            "model_unavailable",
            true,
            "again in 60 minutes",
            1),
        Arguments.of(
            busy(529, Map.of("retry-after-ms", "5")),
            "model_unavailable",
            true,
            "does not answer now",
            4),
        Arguments.of(
            new Laid(200, Map.of("retry-after-ms", "5"), "<html>A proxy's page</html>"),
            "model_unavailable",
            true,
            "does not answer now",
            4),
        Arguments.of(error(402, "billing_error"), "model_unusable", true, "no money", 1),
        Arguments.of(error(413, "request_too_large"), "budget", true, "longer than", 1),
        Arguments.of(
            TestModel.words("x".repeat(4_000_001)), "too_long", true, "more than it was asked", 1),
        Arguments.of(words, "idle", true, "called nothing 3 times", 3),
        Arguments.of(TestModel.calls("list_files", Map.of()), "loop", true, "again and again", 7),
        Arguments.of(
            TestModel.calls("give_up", Map.of("reason", "There is no\u0000 button.\nSorry.")),
            "given_up",
            false,
            "There is no button. Sorry.",
            1));
  }

  @ParameterizedTest(name = "{1}: {3}")
  @MethodSource("ends")
  void aRunEndsWithASentence(Laid laid, String code, boolean retryable, String words, int asked) {
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, laid);
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode failed = Waiting.settled(api, id(draft));
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.at("/error/code").asString()).as(failed.toString()).isEqualTo(code);
    assertThat(failed.at("/error/message").asString())
        .contains(words)
        .doesNotContain("sk-ant-test-key");
    assertThat(failed.at("/error/retryable").asBoolean()).isEqualTo(retryable);
    assertThat(talk.calls()).isEqualTo(asked);
  }

  @Test
  void refusalsStandInTheTranscriptAndTenEndTheRun() {
    JsonNode draft = kites.draft();
    Laid[] tries =
        Stream.iterate(0, at -> at + 1)
            .limit(12)
            .map(at ->
                TestModel.calls(
                    "read_multiple_files", Map.of("files", java.util.List.of(".env" + at))))
            .toArray(Laid[]::new);
    kites.talk(draft, tries);
    api.post(path(draft) + "/implement", null).expect(202);
    JsonNode failed = Waiting.settled(api, id(draft));
    assertThat(failed.at("/error/code").asString()).isEqualTo("refusals");
    assertThat(
            api.get(path(draft) + "/transcript?limit=1000")
                .expect(200)
                .get("items")
                .valueStream()
                .filter(line -> line.get("kind").asString().equals("refusal")))
        .hasSize(10);
  }

  @Test
  void whoCancelsDoesNotWaitForTheVendor() {
    JsonNode draft = kites.draft();
    Talk talk = kites.talk(draft, TestModel.silence());
    api.post(path(draft) + "/implement", null).expect(202);
    talk.awaitSilence();
    JsonNode cancelled = api.post(path(draft) + "/cancel", null).expect(200);
    assertThat(cancelled.at("/error/code").asString()).isEqualTo("cancelled");
    talk.release();
    assertThat(Waiting.settled(api, id(draft)).at("/error/code").asString()).isEqualTo("cancelled");
  }

  private static Laid error(int status, String type) {
    return TestModel.error(status, type, "The vendor's words.", Map.of());
  }

  private static Laid busy(int status, Map<String, String> headers) {
    return TestModel.error(
        status, status == 429 ? "rate_limit_error" : "overloaded_error", "Busy.", headers);
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private static String path(JsonNode experiment) {
    return "/api/experiments/" + id(experiment);
  }
}
