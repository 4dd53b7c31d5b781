package dev.pryo.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Progress;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.llm.Content.ToolCall;
import dev.pryo.llm.Endpoint;
import dev.pryo.llm.Endpoint.Laid;
import dev.pryo.llm.Patient;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Reply.Stop;
import dev.pryo.llm.Speech;
import dev.pryo.llm.Speech.Call;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole runs through both vendors' libraries: what a vendor or a model does wrong, and what comes
/// of the run.
class AgentFaultsTest {
  /// @param told what the model is told because of it, empty where the run ends at once
  /// @param asked how many calls the endpoint saw
  record Row(String happens, Function<Speech, List<Laid>> laid, Why why, String told, int asked) {
    @Override
    public String toString() {
      return happens + " ends as " + why;
    }
  }

  static Stream<Arguments> rows() {
    var rows =
        List.of(
            row("nothing wrong", AgentFaultsTest::good, Why.WRITTEN, "", 4),
            row(
                "429, then all is well",
                speech ->
                    behind(
                        speech, speech.error(429, "rate_limit_error", Map.of("retry-after", "3"))),
                Why.WRITTEN,
                "",
                5),
            row(
                "529, then all is well",
                speech -> behind(speech, speech.error(529, "overloaded_error", Map.of())),
                Why.WRITTEN,
                "",
                5),
            row(
                "500 and hanging up, then all is well",
                speech -> behind(speech, speech.error(500, "api_error", Map.of()), Laid.HANGING_UP),
                Why.WRITTEN,
                "",
                6),
            row(
                "429 for good",
                speech -> List.of(speech.error(429, "rate_limit_error", Map.of())),
                Why.UNAVAILABLE,
                "",
                4),
            row(
                "429 for an hour",
                speech ->
                    List.of(speech.error(429, "rate_limit_error", Map.of("retry-after", "3600"))),
                Why.UNAVAILABLE,
                "",
                1),
            row(
                "529 for good",
                speech -> List.of(speech.error(529, "overloaded_error", Map.of())),
                Why.UNAVAILABLE,
                "",
                4),
            row(
                "503 for good",
                speech -> List.of(speech.error(503, "api_error", Map.of())),
                Why.UNAVAILABLE,
                "",
                4),
            row(
                "no answer that can be read",
                _ -> List.of(Laid.ok("<html></html>")),
                Why.UNAVAILABLE,
                "",
                4),
            row(
                "a wrong key",
                speech -> List.of(speech.error(401, "authentication_error", Map.of())),
                Why.UNUSABLE,
                "",
                1),
            row("an empty purse", speech -> List.of(speech.broke()), Why.UNUSABLE, "", 1),
            row(
                "a model that is not there",
                speech -> List.of(speech.error(404, "not_found_error", Map.of())),
                Why.UNUSABLE,
                "",
                1),
            row(
                "too long a conversation",
                speech -> List.of(speech.error(413, "request_too_large", Map.of())),
                Why.BUDGET,
                "",
                1),
            row(
                "cut off once",
                speech -> behind(speech, speech.says(Stop.CUT_OFF, "", LIST)),
                Why.WRITTEN,
                "was cut off at 8192 tokens",
                5),
            row(
                "cut off for good",
                speech -> List.of(speech.says(Stop.CUT_OFF, "", LIST)),
                Why.CUT_OFF,
                "was cut off",
                3),
            row(
                "one empty answer",
                speech -> behind(speech, speech.says(Stop.END, "")),
                Why.WRITTEN,
                "Your answer was empty.",
                5),
            row(
                "only empty answers",
                speech -> List.of(speech.says(Stop.END, "")),
                Why.IDLE,
                "Your answer was empty.",
                3),
            row(
                "words once",
                speech -> behind(speech, speech.says(Stop.END, "I would plan.")),
                Why.WRITTEN,
                "Words alone change nothing.",
                5),
            row(
                "only words",
                speech -> List.of(speech.says(Stop.END, "I would plan.")),
                Why.IDLE,
                "Words alone change nothing.",
                3),
            row(
                "an unknown tool",
                speech -> behind(speech, calls(speech, new Call("c", "run_shell", "{}"))),
                Why.WRITTEN,
                "There is no tool “run_shell”",
                5),
            row(
                "unknown tools for good",
                speech ->
                    Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
                        .map(at ->
                            calls(speech, new Call("c" + at, "run_shell", "{\"n\": " + at + "}")))
                        .toList(),
                Why.REFUSALS,
                "There is no tool",
                10),
            row(
                "arguments that are no object",
                speech ->
                    behind(
                        speech,
                        calls(
                            speech,
                            new Call(
                                "c", "list_files", speech == Speech.OPEN_AI ? "{\"und" : "[]"))),
                Why.WRITTEN,
                "are no JSON object",
                5),
            row(
                "arguments of another kind",
                speech ->
                    behind(speech, calls(speech, new Call("c", "write_file", "{\"path\": 7}"))),
                Why.WRITTEN,
                "write_file needs",
                5),
            row(
                "the same again and again",
                speech -> List.of(calls(speech, LIST)),
                Why.LOOP,
                "the answer stays the same",
                7),
            row(
                "declining",
                speech -> List.of(speech.says(Stop.DECLINED, "No.")),
                Why.DECLINED,
                "",
                1));
    return Stream.of(Speech.values())
        .flatMap(speech -> rows.stream().map(row -> Arguments.of(speech, row)));
  }

  private static final Call LIST = new Call("call_l", "list_files", "{\"under\": \"src\"}");

  private static Row row(
      String happens, Function<Speech, List<Laid>> laid, Why why, String told, int asked) {
    return new Row(happens, laid, why, told, asked);
  }

  private static Laid calls(Speech speech, Call... calls) {
    return speech.says(Stop.CALLS, "", calls);
  }

  private static Call of(ToolCall call) {
    return new Call(call.id(), call.name(), call.arguments());
  }

  private static List<Laid> good(Speech speech) {
    return List.of(
        calls(speech, of(Shop.plan(Shop.BUTTON))),
        calls(speech, of(Shop.read())),
        calls(speech, of(Shop.write())),
        calls(speech, of(Shop.flush())));
  }

  private static List<Laid> behind(Speech speech, Laid... first) {
    return Stream.concat(Stream.of(first), good(speech).stream()).toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void everyFaultHasAnEnd(Speech speech, Row row) {
    try (var endpoint = new Endpoint(row.laid().apply(speech).toArray(Laid[]::new))) {
      var model =
          new Patient(
              speech.model(endpoint, Duration.ofSeconds(60), InstantSource.system()), _ -> {});

      var ended =
          new Agent(model, Prices.builtIn(), InstantSource.system())
              .run(Shop.task(), Transcript.inMemory(), Progress.SILENT);

      assertThat(ended.why()).as(ended.outcome().toString()).isEqualTo(row.why());
      assertThat(endpoint.asked()).hasSize(row.asked());
      if (!row.told().isEmpty()) {
        assertThat(endpoint.asked())
            .anySatisfy(asked -> assertThat(asked.body().toString()).contains(row.told()));
      }
    }
  }
}
