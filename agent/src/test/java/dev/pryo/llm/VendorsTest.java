package dev.pryo.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.llm.Endpoint.Laid;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Reply.Fault.Kind;
import dev.pryo.llm.Reply.Stop;
import dev.pryo.llm.Speech.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Both vendors' libraries against an endpoint on this machine.
class VendorsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-26T08:00:00Z"));
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Call LIST = new Call("call_1", "list_files", "{\"under\": \"src\"}");

  /// What the endpoint does and what the port makes of it.
  record Row(
      String happens,
      Function<Speech, Laid> laid,
      Kind kind,
      Optional<Duration> retryAfter,
      Duration timeout) {
    @Override
    public String toString() {
      return happens + " is " + kind;
    }
  }

  static Stream<Arguments> faults() {
    var rows =
        List.of(
            error("400", 400, "invalid_request_error", Kind.REJECTED),
            error("401", 401, "authentication_error", Kind.UNAUTHORIZED),
            error("402", 402, "billing_error", Kind.OUT_OF_MONEY),
            error("403", 403, "permission_error", Kind.UNAUTHORIZED),
            error("404", 404, "not_found_error", Kind.REJECTED),
            error("413", 413, "request_too_large", Kind.TOO_LONG),
            error("429", 429, "rate_limit_error", Kind.RATE_LIMITED),
            error("500", 500, "api_error", Kind.BROKEN),
            error("502", 502, "api_error", Kind.BROKEN),
            error("503", 503, "api_error", Kind.OVERLOADED),
            error("504", 504, "timeout_error", Kind.TIMED_OUT),
            error("529", 529, "overloaded_error", Kind.OVERLOADED),
            waiting("429 with seconds", "retry-after", "7", Duration.ofSeconds(7)),
            waiting("429 with a fraction", "retry-after", "0.5", Duration.ofMillis(500)),
            waiting("429 with milliseconds", "retry-after-ms", "250", Duration.ofMillis(250)),
            waiting(
                "429 with a date",
                "retry-after",
                "Thu, 26 Nov 2026 08:00:30 GMT",
                Duration.ofSeconds(30)),
            row(
                "429 with nonsense",
                speech -> speech.error(429, "rate_limit_error", Map.of("retry-after", "soon")),
                Kind.RATE_LIMITED),
            row("an empty purse", Speech::broke, Kind.OUT_OF_MONEY),
            row("an error without a body", _ -> new Laid(500, Map.of(), ""), Kind.BROKEN),
            row(
                "a gateway's page",
                _ -> new Laid(502, Map.of(), "<html>Bad gateway</html>"),
                Kind.BROKEN),
            row("an answer that is no JSON", _ -> Laid.ok("<html>Welcome</html>"), Kind.UNREADABLE),
            row("half an answer", _ -> Laid.ok("{\"id\": \"msg_1\", \"con"), Kind.UNREADABLE),
            row("another JSON", _ -> Laid.ok("{\"hello\": \"world\"}"), Kind.UNREADABLE),
            row("hanging up", _ -> Laid.HANGING_UP, Kind.UNREACHABLE),
            new Row("silence", _ -> Laid.SILENCE, Kind.TIMED_OUT, Optional.empty(), SHORT));
    return Stream.of(Speech.values())
        .flatMap(speech -> rows.stream().map(row -> Arguments.of(speech, row)));
  }

  private static Row row(String happens, Function<Speech, Laid> laid, Kind kind) {
    return new Row(happens, laid, kind, Optional.empty(), LONG);
  }

  private static Row error(String happens, int status, String type, Kind kind) {
    return row(happens, speech -> speech.error(status, type, Map.of()), kind);
  }

  private static Row waiting(String happens, String header, String value, Duration wait) {
    return new Row(
        happens,
        speech -> speech.error(429, "rate_limit_error", Map.of(header, value)),
        Kind.RATE_LIMITED,
        Optional.of(wait),
        LONG);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faults")
  void everyFaultHasAName(Speech speech, Row row) {
    try (var endpoint = new Endpoint(row.laid().apply(speech))) {
      var reply = speech.model(endpoint, row.timeout(), CLOCK).ask(request());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Fault.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(row.kind());
                assertThat(fault.retryAfter()).isEqualTo(row.retryAfter());
                assertThat(fault.detail()).isNotBlank().hasSizeLessThan(310);
              });
      assertThat(endpoint.asked()).as("the library itself does not ask again").hasSize(1);
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(Speech.values())
        .flatMap(speech ->
            Stream.of(
                Arguments.of(
                    speech,
                    speech.says(Stop.CALLS, "I look.", LIST),
                    Stop.CALLS,
                    List.of(
                        new Content.Text("I look."),
                        new Content.ToolCall("call_1", "list_files", "{\"under\":\"src\"}"))),
                Arguments.of(
                    speech,
                    speech.says(Stop.END, "Only words."),
                    Stop.END,
                    List.of(new Content.Text("Only words."))),
                Arguments.of(speech, speech.says(Stop.END, ""), Stop.END, List.of()),
                Arguments.of(
                    speech,
                    speech.says(Stop.CUT_OFF, "It was the", LIST),
                    Stop.CUT_OFF,
                    List.of(
                        new Content.Text("It was the"),
                        new Content.ToolCall("call_1", "list_files", "{\"under\":\"src\"}"))),
                Arguments.of(
                    speech,
                    speech.says(Stop.DECLINED, "No."),
                    Stop.DECLINED,
                    List.of(new Content.Text("No.")))));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("answers")
  void anAnswerIsReadWhole(Speech speech, Laid laid, Stop stop, List<Content> content) {
    try (var endpoint = new Endpoint(laid)) {
      var reply = speech.model(endpoint, LONG, CLOCK).ask(request());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Answer.class,
              answer -> {
                assertThat(answer.stop()).isEqualTo(stop);
                assertThat(answer.content().stream().map(VendorsTest::squeezed).toList())
                    .isEqualTo(content);
                assertThat(answer.usage().input()).isEqualTo(100);
                assertThat(answer.usage().cacheRead()).isEqualTo(70);
                assertThat(answer.usage().output()).isEqualTo(5);
              });
    }
  }

  private static Content squeezed(Content content) {
    return content instanceof Content.ToolCall(var id, var name, var arguments)
        ? new Content.ToolCall(id, name, arguments.replace(" ", ""))
        : content;
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void callsThatAreNoObjectsAreKeptAsTheyCame(Speech speech) {
    var broken = speech == Speech.OPEN_AI ? "{\"path\": \"a.js\", \"con" : "[1,2]";
    var laid = speech.says(Stop.CALLS, "", new Call("call_9", "write_file", broken));
    try (var endpoint = new Endpoint(laid, speech.says(Stop.END, "Well."))) {
      var model = speech.model(endpoint, LONG, CLOCK);
      var first = (Answer) model.ask(request());
      assertThat(first.calls())
          .singleElement()
          .satisfies(call -> {
            assertThat(call.arguments()).isEqualTo(broken);
            assertThat(call.input()).isEmpty();
          });

      var messages = new ArrayList<>(request().messages());
      messages.add(new Message.Assistant(first.content()));
      messages.add(new Message.User(List.of(new Content.ToolResult("call_9", "No JSON.", true))));
      var second = model.ask(new Request("Be brief.", request().tools(), messages, 100));

      assertThat(second).as("the vendor takes it back").isInstanceOf(Answer.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void aRequestSaysTheWholeConversation(Speech speech) {
    try (var endpoint = new Endpoint(speech.says(Stop.END, "Well."))) {
      speech.model(endpoint, LONG, CLOCK).ask(conversation());

      var asked = endpoint.asked().getFirst();
      assertThat(asked.path())
          .isEqualTo(speech == Speech.ANTHROPIC ? "/v1/messages" : "/v1/chat/completions");
      var body = asked.body();
      if (speech == Speech.ANTHROPIC) {
        assertThat(body.at("/max_tokens").asInt()).isEqualTo(8192);
        assertThat(body.at("/tools/0/input_schema/required/0").asString()).isEqualTo("under");
        assertThat(body.at("/messages/1/content/0/input/under").asString()).isEqualTo("src");
        assertThat(body.at("/messages/2/content/0/is_error").asBoolean()).isTrue();
      } else {
        assertThat(body.at("/max_completion_tokens").asInt()).isEqualTo(8192);
        assertThat(body.at("/tools/0/function/parameters/required/0").asString())
            .isEqualTo("under");
        assertThat(body.at("/messages/0/role").asString()).isEqualTo("system");
        assertThat(body.at("/messages/2/tool_calls/0/function/arguments").asString())
            .isEqualTo("{\"under\":\"src\"}");
        assertThat(body.at("/messages/3/role").asString()).isEqualTo("tool");
        assertThat(body.at("/messages/4/content").asString()).isEqualTo("Go on.");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Speech.class, names = "ANTHROPIC")
  void theEndsOfTheSystemTextAndOfTheLastTwoTurnsAreMarkedForTheCache(Speech speech) {
    try (var endpoint = new Endpoint(speech.says(Stop.END, "Well."))) {
      speech.model(endpoint, LONG, CLOCK).ask(conversation());

      var body = endpoint.asked().getFirst().body();
      assertThat(body.at("/system/0/cache_control/type").asString()).isEqualTo("ephemeral");
      assertThat(body.at("/messages/0/content/0/cache_control/type").asString())
          .isEqualTo("ephemeral");
      assertThat(body.at("/messages/2/content/0").has("cache_control")).isFalse();
      assertThat(body.at("/messages/2/content/1/cache_control/type").asString())
          .isEqualTo("ephemeral");
    }
  }

  private static Request request() {
    var tool =
        new Request.Tool(
            "list_files",
            "Lists files.",
            "{\"type\": \"object\", \"properties\": {\"under\": {\"type\": \"string\"}},"
                + " \"required\": [\"under\"]}");
    return new Request(
        "Be brief.",
        List.of(tool),
        List.of(new Message.User(List.of(new Content.Text("Begin.")))),
        Request.MAX_OUTPUT);
  }

  private static Request conversation() {
    var begun = request();
    return new Request(
        begun.system(),
        begun.tools(),
        List.of(
            begun.messages().getFirst(),
            new Message.Assistant(
                List.of(new Content.ToolCall("call_1", "list_files", "{\"under\":\"src\"}"))),
            new Message.User(
                List.of(
                    new Content.ToolResult("call_1", "There is no such folder.", true),
                    new Content.Text("Go on.")))),
        begun.maxOutput());
  }
}
