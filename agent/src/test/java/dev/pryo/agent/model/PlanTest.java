package dev.pryo.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceTree;
import dev.pryo.llm.Content;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  private static final String WHOLE = Shop.plan(Shop.BUTTON).arguments();

  private static List<String> problems(String arguments) {
    return Plan.read(Content.JSON.readTree(arguments))
        .problems(
            Shop.BRIEF, new Fence(SourceTree.ofTexts(Shop.files()), Set.of("src/lib/pryo.js")));
  }

  @Test
  void aPlanIsAValue() {
    assertThat(problems(WHOLE)).isEmpty();
    assertThat(Plan.read(Content.JSON.readTree(WHOLE)))
        .isEqualTo(
            new Plan(
                List.of(new Plan.File(Shop.BUTTON, "It changes.")),
                List.of(),
                List.of(new Plan.Segment("test1", "The button says Buy now.")),
                List.of(new Plan.Goal("add_to_cart", "in buy()")),
                "The button is drawn on the client.",
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "test1|test7|how the segment test1 differs",
        "The button says Buy now.||how the segment test1 differs",
        "add_to_cart|added|where the event add_to_cart is sent",
        "in buy()||where the event add_to_cart is sent",
        "The button is drawn on the client.||how flicker and hydration are taken care of",
        "src/BuyButton.jsx|src/None.jsx|There is no file src/None.jsx",
        "src/BuyButton.jsx|package.json|package.json may not be written",
        "src/BuyButton.jsx|src/lib/pryo.js|is changed by Pryo itself"
      })
  void whatIsMissingOrNotAllowedIsSaid(String part, String instead, String problem) {
    var spoilt = WHOLE.replace(part, instead == null ? "" : instead);
    assertThat(spoilt).isNotEqualTo(WHOLE);
    assertThat(problems(spoilt)).anySatisfy(one -> assertThat(one).contains(problem));
  }

  @Test
  void somethingElseThanAPlanIsNone() {
    assertThat(problems("{\"change\": \"all\", \"goals\": 7}")).contains("No file is named.");
  }

  @Test
  void anAmendedPlanKeepsWhatIsWritten() {
    var workspace = new Workspace(SourceTree.ofTexts(Shop.files()), Shop.RUNTIME);
    var tools = new Tools(SourceTree.ofTexts(Shop.files()), Shop.BRIEF, workspace);
    tools.run(Shop.plan(Shop.BUTTON));
    tools.run(Shop.write());

    assertThat(tools.run(Shop.plan("src/cart.js")).toString())
        .contains("src/BuyButton.jsx is written already and missing in the new plan.");
    assertThat(tools.run(Shop.plan(Shop.BUTTON, "src/cart.js")).toString())
        .contains("The plan is amended.");
  }
}
