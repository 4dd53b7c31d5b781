package dev.pryo.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Reply.Fault.Kind;
import dev.pryo.llm.Reply.Stop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatientTest {
  private static final Request REQUEST =
      new Request(
          "Be brief.",
          List.of(),
          List.of(new Message.User(List.of(new Content.Text("Begin.")))),
          100);

  private final List<Duration> waits = new ArrayList<>();

  private Reply ask(Speech speech, Endpoint endpoint) {
    var model = speech.model(endpoint, Duration.ofSeconds(60), InstantSource.system());
    return new Patient(model, waits::add).ask(REQUEST);
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void whatPassesIsAskedAgainAfterTheTimeThatTheVendorNames(Speech speech) {
    var busy = speech.error(429, "rate_limit_error", Map.of("retry-after", "7"));
    var overloaded = speech.error(529, "overloaded_error", Map.of());
    try (var endpoint = new Endpoint(busy, overloaded, speech.says(Stop.END, "Here I am."))) {
      assertThat(ask(speech, endpoint)).isInstanceOf(Answer.class);
      assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(4));
      assertThat(endpoint.asked()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void patienceEnds(Speech speech) {
    try (var endpoint = new Endpoint(speech.error(500, "api_error", Map.of()))) {
      assertThat(ask(speech, endpoint))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.BROKEN));
      assertThat(waits)
          .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(16));
      assertThat(endpoint.asked()).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void anHourIsNotWaitedForAndTheCallerIsTold(Speech speech) {
    var busy = speech.error(429, "rate_limit_error", Map.of("retry-after", "3600"));
    try (var endpoint = new Endpoint(busy)) {
      assertThat(ask(speech, endpoint))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.retryAfter()).hasValue(Duration.ofHours(1)));
      assertThat(waits).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void whatWillNotPassIsNotAskedAgain(Speech speech) {
    for (var laid : List.of(speech.broke(), speech.error(401, "authentication_error", Map.of()))) {
      try (var endpoint = new Endpoint(laid)) {
        assertThat(ask(speech, endpoint)).isInstanceOf(Fault.class);
        assertThat(endpoint.asked()).hasSize(1);
      }
    }
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void cancellingEndsTheWait(Speech speech) {
    try (var endpoint = new Endpoint(speech.error(529, "overloaded_error", Map.of()))) {
      var model = speech.model(endpoint, Duration.ofSeconds(60), InstantSource.system());
      var cancelled =
          new Patient(
              model,
              _ -> {
                throw new InterruptedException();
              });

      assertThat(cancelled.ask(REQUEST))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.CANCELLED));
      assertThat(Thread.interrupted()).as("the thread still knows").isTrue();
    }
  }
}
