package dev.pryo.iteration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.words.Instructions;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdeaTest {

  @Test
  void bolderKeepsTheChangeAndMakesItMoreVisible() {
    assertThat(Idea.bolder("Change 'Add to cart' to 'Buy now'."))
        .extracting(Idea::instructions)
        .startsWith(
            "Change 'Add to cart' to 'Buy now' and make 'Add to cart' bigger",
            "Change 'Add to cart' to 'Buy now' and make 'Add to cart' bold");
  }

  @Test
  void aLookThatWasTriedIsNotProposedAgain() {
    assertThat(Idea.bolder("make the sign-up button green"))
        .extracting(Idea::changes)
        .contains("make the sign-up button bigger")
        .doesNotContain("make the sign-up button green");
  }

  @Test
  void narrowerIsOneClauseOfSeveral() {
    assertThat(Idea.narrower("change 'Add to cart' to 'Buy now' and make the price bold"))
        .extracting(Idea::instructions)
        .containsExactly("change 'Add to cart' to 'Buy now'", "make the price bold");
    assertThat(Idea.narrower("change 'Add to cart' to 'Buy now' and make it green"))
        .extracting(Idea::instructions)
        .containsExactly("change 'Add to cart' to 'Buy now'");
    assertThat(Idea.narrower("change 'Add to cart' to 'Buy now'")).isEmpty();
  }

  @Test
  void anotherChangeStaysInItsPlace() {
    assertThat(Idea.otherChange("change 'Add to cart' to 'Buy now'"))
        .extracting(Idea::instructions)
        .startsWith("make 'Add to cart' bigger");
    assertThat(Idea.otherChange("Lead with the trial")).isEmpty();
  }

  @Test
  void whatEditModeUnderstoodItUnderstandsAgain() {
    for (String instructions :
        List.of(
            "Change 'Add to cart' to 'Buy now'",
            "make the sign-up button green",
            "change \"Free trial\" to \"Start free\" and make the price bold.")) {
      for (Idea idea : Idea.bolder(instructions)) {
        assertThat(Instructions.of(idea.instructions()).unknown())
            .as(idea.instructions())
            .isEmpty();
        assertThat(Instructions.of(idea.instructions()).changes().size())
            .isEqualTo(Instructions.of(instructions).changes().size() + 1);
      }
      for (Idea idea : Idea.otherChange(instructions)) {
        assertThat(Instructions.of(idea.instructions()).unknown())
            .as(idea.instructions())
            .isEmpty();
        assertThat(Instructions.of(idea.instructions()).changes()).hasSize(1);
      }
    }
  }
}
