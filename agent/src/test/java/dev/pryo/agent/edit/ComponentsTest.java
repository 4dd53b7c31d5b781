package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static dev.pryo.agent.edit.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComponentsTest {
  private static final String BUY = "change 'Add to cart' to 'Buy now'";

  private static Sample hero(String code) {
    return Apps.react().goals().with("src/Hero.jsx", code);
  }

  @Test
  void lineEndingsTheByteOrderMarkAndAMissingLastNewlineStay() {
    var done =
        hero("\uFEFFexport default function Hero() {\r\n  return (\r\n    <p className=\"a\">   \r\n"
                + "      Add to cart\r\n    </p>\r\n  )\r\n}")
            .done(BUY);
    assertThat(text(done, "src/Hero.jsx"))
        .isEqualTo(
            "\uFEFFimport { useVariant } from './lib/pryo'\r\n\r\n"
                + "export default function Hero() {\r\n  const variant = useVariant('buy-now')\r\n\r\n"
                + "  return (\r\n    <p className=\"a\" data-pryo=\"buy-now\">   \r\n"
                + "      {variant === 'test1' ? 'Buy now' : 'Add to cart'}\r\n    </p>\r\n  )\r\n}");
  }

  @Test
  void severalSegmentsAreAskedForInTurn() {
    assertThat(own(Apps.react().goals().done(BUY, "change 'Add to cart' to 'Order'")))
        .contains(
            """
            +        {variant === 'test1'
            +          ? 'Buy now'
            +          : variant === 'test2'
            +            ? 'Order'
            +            : 'Add to cart'}
            """);
  }

  @Test
  void twoComponentsThatFitAreListed() {
    var two = "export default function Two() {\n  return <b>Add to cart</b>\n}\n";
    var main = "import Hero from './Hero'\nimport Two from './Two'\n\nexport default [Hero, Two]\n";
    var asked =
        Apps.react().goals().with("src/Two.jsx", two).with("src/main.jsx", main).ambiguous(BUY);
    assertThat(asked.places())
        .containsExactly(
            new Place("src/Hero.jsx", 9, "<Button className={'buy'}>Add to cart</Button>"),
            new Place("src/Two.jsx", 2, "return <b>Add to cart</b>"));
  }

  @Test
  void codeThatNothingImportsIsNoPlace() {
    var dead = "export default function Two() {\n  return <b>Add to cart</b>\n}\n";
    var done = Apps.react().goals().with("src/Two.jsx", dead).done(BUY);
    assertThat(done.changes().of("src/Two.jsx")).isEmpty();
  }

  @Test
  void aTextThatStandsOnlyWhereNothingLeadsIsNotGuessedAt() {
    var dead = "export default function Two() {\n  return <b>Last winter</b>\n}\n";
    var app = Apps.react().goals().with("src/Two.jsx", dead);
    assertThat(app.unable("change 'Last winter' to 'Now'").reason())
        .contains("src/Two.jsx alone, and nothing of the app leads there");
    assertThat(app.done("change 'Last winter' to 'Now' in Two.jsx").changes().of("src/Two.jsx"))
        .isPresent();
  }

  @Test
  void aTextThatIsAConstantOfTheFileChangesWhereItIsShown() {
    var code =
        "const label = 'Add to cart'\n\nexport default function Hero() {\n  return <p>{label}</p>\n}\n";
    assertThat(hero(code).goals().done(BUY).changes().of("src/Hero.jsx").orElseThrow().text())
        .contains("const label = 'Add to cart'\n")
        .contains("{variant === 'test1' ? 'Buy now' : label}");
  }

  @Test
  void aConstantOfAScriptChangesWhereTheTemplateShowsIt() {
    var code =
        "<script setup lang=\"ts\">\nconst label = 'Add to bag';\n</script>\n\n<template>\n  <p>{{ label }}</p>\n</template>\n";
    var main =
        "import { createApp } from 'vue';\n\nimport Bag from './Bag.vue';\n\ncreateApp(Bag).mount('#app');\n";
    var done =
        Apps.vue()
            .with("src/Bag.vue", code)
            .with("src/main.ts", main)
            .goals()
            .done("change 'Add to bag' to 'Buy now'");
    assertThat(done.changes().of("src/Bag.vue").orElseThrow().text())
        .contains("const label = 'Add to bag';\n")
        .contains("variant === 'test1' ? 'Buy now' : label");
  }

  @Test
  void aConstantThatIsUsedOtherwiseTooIsRefused() {
    for (var code :
        List.of(
            "const label = 'Add to cart'\n\nexport default function Hero() {\n  return <p title={label.trim()}>{label}</p>\n}\n",
            "export const label = 'Add to cart'\n\nexport default function Hero() {\n  return <p>{label}</p>\n}\n",
            "const label = 'Add to cart'.trim()\n\nexport default function Hero() {\n  return <p>{label}</p>\n}\n")) {
      assertThat(hero(code).unable(BUY).reason())
          .isEqualTo(
              "The text at src/Hero.jsx:1 is read when the file loads, so that everybody would count"
                  + " as having seen it.");
    }
  }

  @Test
  void elementsOfDifferentParentsDoNotChangePlaces() {
    var code =
        """
        export default function Hero() {
          return (
            <main>
              <div>
                <p id="price">12</p>
              </div>
              <p id="reviews">Good</p>
            </main>
          )
        }
        """;
    assertThat(hero(code).unable("put the reviews above the price").reason())
        .isEqualTo("src/Hero.jsx:7 and src/Hero.jsx:5 do not stand in the same element.");
  }

  @Test
  void aClassThatIsNotWrittenThereIsNotTakenAway() {
    assertThat(Apps.react().goals().unable("remove class wide from .hero").reason())
        .isEqualTo("The element at src/Hero.jsx:6 has no class “wide” that is written there.");
  }

  @Test
  void whereNoHookCanBeCalledVariantStands() {
    var code =
        """
        import { Component } from 'react'

        export default class Hero extends Component {
          render() {
            return (
              <main>
                <p className="lead">Add to cart</p>
              </main>
            )
          }
        }
        """;
    assertThat(own(hero(code).done(BUY)))
        .contains(
            """
            +import { Variant } from './lib/pryo'
            """,
            """
            +        <p className="lead" data-pryo="buy-now">
            +          <Variant experiment="buy-now" control="Add to cart" test1="Buy now" />
            +        </p>
            """);
  }

  @Test
  void classesInsideACallChangeInTheirString() {
    var code =
        """
        import clsx from 'clsx'

        export default function Hero({ className }) {
          return (
            <p id="lead" className={clsx('px-4 big', className)}>
              Hi
            </p>
          )
        }
        """;
    assertThat(own(hero(code).done("replace class big with small on #lead")))
        .contains(
            """
            +      className={clsx(variant === 'test1' ? 'px-4 small' : 'px-4 big', className)}
            """);
  }

  @Test
  void theRuleForWaitingElementsIsAddedOnceToTheStyleSheetOfTheApp() {
    var done = Apps.react().goals().done(BUY);
    assertThat(text(done, "src/index.css"))
        .isEqualTo(
            """
            body {
              margin: 0;
            }

            /* Pryo: a tested element waits unseen for its segment, 300 ms at most. */
            html:not([data-pryo-ready]) [data-pryo] {
              animation: pryo-wait 300ms step-end;
            }

            @keyframes pryo-wait {
              from {
                visibility: hidden;
              }
            }
            """);
  }

  @Test
  void aSecondExperimentTakesTheClientFileThatIsThere() {
    var first = Apps.react().goals().done(BUY);
    var files = new TreeMap<>(Apps.react().files());
    for (FileChange change : first.changes().changes()) {
      files.put(change.path(), change.text());
    }
    var sample = new Sample(Map.copyOf(files), List.of(), "");
    var second = sample.doneAs("second", "set the placeholder of #email to 'Work e-mail'");
    assertThat(second.changes().changes())
        .extracting(FileChange::path)
        .containsExactly("src/Hero.jsx");
    assertThat(own(second))
        .contains("+  const variantSecond = useVariant('second')\n")
        .doesNotContain("+import");
  }

  @Test
  void untranslatedPhrasesAreNamed() {
    var done = Apps.i18n().goals("bought").done(BUY);
    assertThat(done.summary())
        .contains(
            "Needs a translation: `hero.buyTest1` in src/locales/de.json still has the words of"
                + " another language.");
  }
}
