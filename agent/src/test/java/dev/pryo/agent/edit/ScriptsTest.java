package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {
  private static final String CART =
      """
      // 😀 the cart
      import { add } from './store.js';

      export function render(button) {
        const smile = '😀';
        button.textContent = 'Check out';
        button.addEventListener('click', () => pryo.trackEvent('purchase'));
        add(smile);
      }
      """;

  private static Sample shop(String cart) {
    return Sample.shop()
        .with("js/store.js", "export const add = (x) => x;\n")
        .with("js/cart.js", cart);
  }

  @ParameterizedTest
  @ValueSource(strings = {"js", "jsx", "ts", "tsx"})
  void whatTheParserGoesOnBehindIsAFaultAllTheSame(String extension) {
    var whole = new SourceText("a." + extension, false, "export function f() {\n  return 1;\n}\n");
    var open = whole.with("export function f() {\n  return 1;\n");
    assertThat(Scripts.fault(whole, whole.with(""))).isEmpty();
    assertThat(Scripts.fault(open, whole.with(""))).isPresent();
    assertThat(Scripts.fault(open, whole)).isPresent();
  }

  @Test
  void aStringInAModuleBecomesAConditionWhereItIsShown() {
    var done = shop(CART).done("change 'Check out' to \"It's time\"");
    assertThat(text(done, "js/cart.js"))
        .isEqualTo(
            """
            // 😀 the cart
            import { add } from './store.js';

            await Promise.race([
              (async () => {
                if (!window.pryo) {
                  await new Promise((done) => {
                    document.addEventListener('pryo', done, { once: true });
                  });
                }
                await window.pryo.ready();
              })(),
              new Promise((done) => {
                setTimeout(done, 300);
              }),
            ]);

            export function render(button) {
              const smile = '😀';
              button.textContent = (window.pryo?.variant('buy-now') === 'test1' ? 'It\\'s time' : 'Check out');
              button.addEventListener('click', () => pryo.trackEvent('purchase'));
              add(smile);
            }
            """);
    assertThat(done.changes().changes())
        .extracting(FileChange::path)
        .containsExactly("js/cart.js", "product.html");
    assertThat(text(done, "product.html"))
        .contains("/pryo.js\" data-key=\"wk_1\"")
        .doesNotContain("data-pryo");
    assertThat(done.tracked().getFirst().file()).isEqualTo("js/cart.js");
    assertThat(done.tracked().getFirst().line()).isEqualTo(7);
  }

  @Test
  void severalSegmentsBecomeAMap() {
    var done = shop(CART).done("change 'Check out' to 'Pay'", "change 'Check out' to 'Go'");
    assertThat(text(done, "js/cart.js"))
        .contains(
            "button.textContent = ({ test1: 'Pay', test2: 'Go' }[window.pryo?.variant('buy-now')] ??"
                + " 'Check out');");
  }

  @Test
  void aModuleThatAnotherModuleImportsIsLoadedByThePage() {
    var done =
        shop("import './deep/view.js'\n")
            .with(
                "js/deep/view.js",
                "document.body.append(`Check out`)\npryo.trackEvent('purchase')\n")
            .done("change 'Check out' to 'Pay'");
    assertThat(text(done, "js/deep/view.js"))
        .contains(
            "document.body.append((window.pryo?.variant('buy-now') === 'test1' ? 'Pay' : `Check out`))");
    assertThat(text(done, "product.html")).contains("/pryo.js");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export const f = (a) => a === 'Check out';",
        "export const f = (a) => { switch (a) { case 'Check out': return 1; } };",
        "export const f = () => console.log('Check out');",
        "export const f = (a) => a['Check out'];",
        "export const f = () => ({ 'Check out': 1 });",
        "// 'Check out'\nexport const f = 1;"
      })
  void aStringThatNobodySeesIsNoPlace(String cart) {
    assertThat(shop(cart).unable("change 'Check out' to 'Pay'").reason()).startsWith("Nothing in");
  }

  @Test
  void dataReadAtLoadIsNotShownThere() {
    assertThat(
            shop("export const labels = { pay: 'Check out' };")
                .unable("change 'Check out' to 'Pay'")
                .reason())
        .startsWith("The text at js/cart.js:1 is data");
  }

  @Test
  void aClassicScriptCannotWait() {
    var page = Sample.PAGE.replace(" type=\"module\"", "");
    assertThat(
            shop("function f(b) { b.textContent = 'Check out'; }")
                .with("product.html", page)
                .unable("change 'Check out' to 'Pay'")
                .reason())
        .isEqualTo("js/cart.js is a classic script, which cannot wait for the visitor's segment.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "!", "a=>", "`${", "a?b:", "if(a);else ", "a+"})
  void aFileNestedAsDeepAsItCanBeDoesNotEndTheProcess(String opening) {
    var deep = opening.repeat(250_000 / opening.length()) + "1";
    assertThat(Scripts.parse(new SourceText("a.js", false, deep)).path()).isEqualTo("a.js");
  }

  @Test
  void aBrokenScriptSaysWhy() {
    assertThat(Scripts.parse(new SourceText("a.js", false, "let a = ;")).error())
        .hasValueSatisfying(why -> assertThat(why).contains("Expression expected"));
  }
}
