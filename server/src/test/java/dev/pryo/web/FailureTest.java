package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.experiment.Stage;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void theFirstSentenceLeadsAndTheAdviceFollows() {
    Failure failure = of("Edit mode does not understand “Make it premium”. Say it as: change 'a'.");
    assertThat(failure.lead()).isEqualTo("Edit mode does not understand “Make it premium”.");
    assertThat(failure.rest()).isEqualTo("Say it as: change 'a'.");
  }

  @Test
  void oneSentenceIsWhole() {
    Failure failure = of("The run may cost $2.00 a time, and index.html:3 is none of it");
    assertThat(failure.lead()).isEqualTo(failure.sentence());
    assertThat(failure.rest()).isEmpty();
  }

  private static Failure of(String message) {
    return Failure.of(new Stage.Problem("cannot_edit", message, false));
  }
}
