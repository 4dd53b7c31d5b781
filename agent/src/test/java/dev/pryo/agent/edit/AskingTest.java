package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Outcome.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskingTest {
  private static final Sample TWO =
      Sample.shop()
          .with("about.html", Sample.PAGE.replace("Blue mug", "About"))
          .with("js/cart.js", "export const f = (b) => {\n  b.textContent = 'Add to cart';\n};\n");

  @Test
  void everyPlaceIsListed() {
    var asked = TWO.ambiguous("change 'Add to cart' to 'Buy now'");
    assertThat(asked.places())
        .containsExactly(
            new Place(
                "about.html", 10, "<button class=\"buy\" type=\"button\">Add to cart</button>"),
            new Place(
                "product.html", 10, "<button class=\"buy\" type=\"button\">Add to cart</button>"),
            new Place("js/cart.js", 2, "b.textContent = 'Add to cart';"));
    assertThat(asked.question()).startsWith("“change 'Add to cart' to 'Buy now'” fits 3 places.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "change 'Add to cart' to 'Buy now' in product.html",
        "change 'Add to cart' to 'Buy now' on line 10 of product.html",
        "on the product page, change 'Add to cart' to 'Buy now'",
        "change 'Add to cart' to 'Buy now' on the blue mug page",
        "make the buy button in product.html green",
        "make .buy on the product page bigger"
      })
  void sayingWhereSettlesIt(String words) {
    var done = TWO.done(words);
    assertThat(done.changes().of("product.html")).isPresent();
    assertThat(done.changes().of("about.html")).isEmpty();
  }

  @Test
  void commentsTestsAndTitlesAreNoPlaces() {
    Sample.shop()
        .with("tests/cart.test.js", "render('Add to cart');")
        .with("stories/a.html", Sample.PAGE)
        .with(
            "product.html",
            Sample.PAGE.replace(
                "<h1>", "<!-- Add to cart -->\n<template>Add to cart</template><h1>"))
        .done("change 'Add to cart' to 'Buy now'");
  }

  @Test
  void aWholeTextGoesBeforeAPartOfOne() {
    Sample.shop()
        .with("product.html", Sample.PAGE.replace("</h1>", "</h1><p>Add to cart and relax</p>"))
        .done("change 'Add to cart' to 'Buy now'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "change 'Nowhere' to 'X' | Nothing in this repository matches “change 'Nowhere' to 'X'”.",
        "make the site better | Edit mode does not understand “make the site better” (segment “Test 1”).",
        "~~ | The segment “Test 1” has no instructions.",
        "set the href of .buy to 'javascript:alert(1)' | A link may not lead to “javascript:alert(1)”.",
        "set the src of .buy to 'https://evil.example/x.js' | “https://evil.example/x.js” would be loaded from another site.",
        "set the src of .buy to '//evil.example/x.js' | “//evil.example/x.js” would be loaded from another site."
      })
  void whatCannotBeDoneIsSaid(String words, String reason) {
    assertThat(Sample.shop().unable(words == null ? "" : words).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<h1> | <h1>{{ user.name }} | is a template",
        "class=\"buy\" | class=\"buy\" data-pryo=\"other:1\" | is already part of experiment other",
        "<meta charset=\"utf-8\"> | <base href=\"/x/\"> | has a <base>"
      })
  void aPageThatIsNotPlainIsLeft(String from, String to, String reason) {
    var page = Sample.PAGE.replace(from.strip(), to.strip());
    assertThat(
            Sample.shop()
                .with("product.html", page)
                .unable("change 'Add to cart' to 'Buy now'")
                .reason())
        .contains(reason);
  }

  @Test
  void aPieceOfAPageIsLeft() {
    assertThat(
            Sample.of("header.html", "<nav><button>Add to cart</button></nav>\n")
                .unable("change 'Add to cart' to 'Buy now'")
                .reason())
        .contains("it is a piece of a page");
  }

  @Test
  void aComponentFrameworkComesLater() {
    assertThat(
            Sample.of("src/App.tsx", "export default () => <b>Add to cart</b>;\n")
                .unable("change 'Add to cart' to 'Buy now'")
                .reason())
        .isEqualTo("The text stands in src/App.tsx:1, a tsx file.");
  }

  @Test
  void whatIsWrittenAlreadyIsNotOverwritten() {
    assertThat(
            Sample.shop()
                .with("js/pryo-buy-now.js", "1;\n")
                .unable("change 'Add to cart' to 'Buy now'")
                .reason())
        .startsWith("js/pryo-buy-now.js is there already");
  }

  @Test
  void aRepositoryTooBigToBeCertainIsLeft() {
    var sample = Sample.shop();
    for (var page = 0; page < 2000; page++) {
      sample.files().put("pages/" + page + ".html", "");
    }
    assertThat(sample.unable("change 'Add to cart' to 'Buy now'").reason())
        .startsWith("There are more than 2000 pages");
  }

  @Test
  void aSingleTestMayBeDescribedByTheExperiment() {
    Sample.shop()
        .described(
            "More people should buy. Change 'Add to cart' to 'Buy now', so that it is clear.")
        .done("");
    assertThat(
            Sample.shop()
                .described("Change 'Add to cart' to 'Buy now'")
                .unable("make .buy green", "")
                .reason())
        .isEqualTo("The segment “Test 2” has no instructions.");
  }
}
