package dev.pryo.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.llm.Endpoint.Laid;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Reply.Fault.Kind;
import dev.pryo.llm.Reply.Stop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImpatientTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Request REQUEST =
      new Request(
          "Be brief.",
          List.of(),
          List.of(new Message.User(List.of(new Content.Text("Begin.")))),
          100);

  @ParameterizedTest
  @EnumSource(Speech.class)
  void silenceIsNotWaitedFor(Speech speech) {
    try (var endpoint = new Endpoint(Laid.SILENCE)) {
      var model = speech.model(endpoint, LONG, InstantSource.system());

      assertThat(new Impatient(model, Duration.ofMillis(100)).ask(REQUEST))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TIMED_OUT));
    }
  }

  @ParameterizedTest
  @EnumSource(Speech.class)
  void anAnswerInTimeIsTheAnswer(Speech speech) {
    try (var endpoint = new Endpoint(speech.says(Stop.END, "Here I am."))) {
      var model = new Impatient(speech.model(endpoint, LONG, InstantSource.system()), LONG);

      assertThat(model.ask(REQUEST)).isInstanceOf(Answer.class);
      assertThat(endpoint.asked()).hasSize(1);
    }
  }

  @Test
  void whatTheModelThrowsIsThrown() {
    var thrown = new IllegalStateException("No money.");
    var broke =
        new LanguageModel() {
          @Override
          public String name() {
            return "broke";
          }

          @Override
          public Reply ask(Request request) {
            throw thrown;
          }
        };

    assertThatThrownBy(() -> new Impatient(broke, LONG).ask(REQUEST)).isSameAs(thrown);
  }
}
