package dev.pryo.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each check fails once what it guards against has been written.
class WrittenChecksTest {
  private static final String GOOD =
      Shop.SOURCE
          .replace(
              "from './cart';\n",
              "from './cart';\nimport { trackEvent, useVariant } from './lib/pryo';\n")
          .replace("useCart();\n\n", "useCart();\n  const words = useVariant('buy-words');\n\n")
          .replace("add(product);\n", "add(product);\n    trackEvent('add_to_cart');\n")
          .replace(
              "      Add to cart\n", "      {words === 'test1' ? 'Buy now' : 'Add to cart'}\n");
  private static final Plan PLAN =
      new Plan(
          List.of(new Plan.File(Shop.BUTTON, "Its words.")),
          List.of(),
          List.of(new Plan.Segment("test1", "It says Buy now.")),
          List.of(new Plan.Goal("add_to_cart", "in buy()")),
          "It waits.",
          List.of());

  private static FileChange change(String path, String base, String text) {
    return new FileChange(
        path,
        base.isEmpty() ? null : base.getBytes(StandardCharsets.UTF_8),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileChange button(String text) {
    return change(Shop.BUTTON, Shop.SOURCE, text);
  }

  private static List<Check> checks(Brief brief, Plan plan, FileChange... written) {
    var changes = new ChangeSet(List.of(written));
    return new WrittenChecks(
            brief,
            plan,
            Shop.RUNTIME,
            changes,
            changes,
            path -> changes.of(path).map(one -> new SourceText(path, false, one.text())))
        .run();
  }

  private static List<String> failing(FileChange... written) {
    return checks(Shop.BRIEF, PLAN, written).stream()
        .filter(check -> check.status() == Check.Status.FAIL)
        .map(Check::id)
        .toList();
  }

  private static List<String> failing(UnaryOperator<String> spoil) {
    var spoilt = spoil.apply(GOOD);
    assertThat(spoilt).isNotEqualTo(GOOD);
    return failing(button(spoilt));
  }

  @Test
  void whatIsRightPasses() {
    assertThat(checks(Shop.BRIEF, PLAN, button(GOOD)))
        .extracting(Check::status)
        .containsOnly(Check.Status.PASS);
  }

  @Test
  void aBrokenFileFails() {
    assertThat(failing(text -> text.replace("  );\n}", "  );"))).contains("parses");
  }

  @Test
  void aFileOutsideThePlanFails() {
    assertThat(failing(button(GOOD), change("src/more.js", "", "export const more = 1;\n")))
        .containsExactly("scope");
  }

  @Test
  void whatLooksOtherThanItsFileIsAWarning() {
    var base = "const a = 'b';\nconst c = 'd';\nconst e = 'f';\nconst g = 'h';\n";
    assertThat(checks(Shop.BRIEF, PLAN, change(Shop.BUTTON, base, base + "const i = \"j\";\n")))
        .filteredOn(check -> check.id().equals("style"))
        .singleElement()
        .satisfies(check -> {
          assertThat(check.status()).isEqualTo(Check.Status.WARN);
          assertThat(check.detail()).contains("its quotes");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trackEvent('add_to_cart')", "useVariant('buy-words')", "import { trackEvent"})
  void aGoalThatIsNotSentOrASegmentThatIsNotAskedForFails(String gone) {
    var broken =
        gone.startsWith("import")
            ? GOOD.replace("trackEvent('add_to_cart')", "send('$exposure')")
            : GOOD.replace(gone, "add(1)");
    assertThat(failing(button(broken))).contains("tracking");
  }

  @Test
  void anExposureThatIsSentByHandFails() {
    assertThat(
            failing(text ->
                text.replace(
                    "trackEvent('add_to_cart');",
                    "trackEvent('add_to_cart');\n    trackEvent('$exposure');")))
        .containsExactly("tracking");
  }

  @Test
  void aSegmentWithoutCodeOfItsOwnFails() {
    assertThat(failing(text -> text.replace("words === 'test1' ?", "words ?")))
        .containsExactly("segments_differ");
  }

  @Test
  void twoSegmentsThatAreToldAlikeFail() {
    var two = new ArrayList<>(Shop.BRIEF.segments());
    two.add(new Brief.Variant("test2", "Later", "", "The button says “Buy later”."));
    var brief =
        new Brief(
            "buy-words",
            "Words",
            "",
            two,
            Shop.BRIEF.goals(),
            Shop.BRIEF.client(),
            null,
            Shop.BRIEF.ended());
    var alike =
        new Plan(
            PLAN.change(),
            PLAN.add(),
            List.of(
                new Plan.Segment("test1", "It differs."), new Plan.Segment("test2", "It differs.")),
            PLAN.goals(),
            PLAN.steady(),
            PLAN.unclear());
    assertThat(checks(brief, alike, button(GOOD)))
        .filteredOn(check -> check.status() == Check.Status.FAIL)
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).contains("the same of test1 and test2"));
  }

  /// As an attribute of `Variant`, a key of an object, a class of a style sheet.
  @ParameterizedTest
  @ValueSource(strings = {"<Variant test1={<b />} />", "{ test1: 'Buy now' }", ".hero-test1 {"})
  void aSegmentHasCodeInEveryForm(String form) {
    var css = form.startsWith(".");
    var text =
        css
            ? GOOD.replace("words === 'test1' ?", "words ?")
            : GOOD.replace("words === 'test1' ? 'Buy now'", "words ? " + form);
    var written = new ArrayList<>(List.of(button(text)));
    if (css) {
      written.add(change("src/buy.css", "", form + "\n}\n"));
    }
    assertThat(failing(written.toArray(FileChange[]::new))).doesNotContain("segments_differ");
  }

  @Test
  void wordsOfTheControlThatAreGoneFail() {
    assertThat(failing(text -> text.replace("'Add to cart'", "'Buy'")))
        .containsExactly("control_equals_base");
  }

  @Test
  void anAddressFailsAndPryosOwnDoesNot() {
    assertThat(failing(text -> text.replace("add(product)", "add('https://evil.example/a')")))
        .contains("network");
    assertThat(
            failing(
                text -> text.replace("add(product)", "add('http://127.0.0.1:8000/a', product)")))
        .isEmpty();
  }

  @Test
  void aSecretFails() {
    assertThat(
            failing(
                text -> text.replace("add(product)", "add(product, 'AKIA" + "IOSFODNN7EXAMPLE')")))
        .containsExactly("secrets");
  }

  @Test
  void moreThanFortyFilesFail() {
    var many =
        IntStream.range(0, 41)
            .mapToObj(at -> change("src/part" + at + ".js", "", "export const a = 1;\n"))
            .toArray(FileChange[]::new);
    assertThat(failing(many)).contains("size");
  }
}
