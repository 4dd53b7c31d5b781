package dev.pryo.agent.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.words.Instruction.Action;
import dev.pryo.agent.words.Instruction.AddClass;
import dev.pryo.agent.words.Instruction.Declaration;
import dev.pryo.agent.words.Instruction.Move;
import dev.pryo.agent.words.Instruction.RemoveClass;
import dev.pryo.agent.words.Instruction.SetAttribute;
import dev.pryo.agent.words.Instruction.SetStyle;
import dev.pryo.agent.words.Instruction.SetText;
import dev.pryo.agent.words.Instruction.SwapClass;
import dev.pryo.agent.words.Instruction.Track;
import dev.pryo.agent.words.Target.Kind;
import dev.pryo.agent.words.Target.Quoted;
import dev.pryo.agent.words.Target.Selector;
import dev.pryo.agent.words.Target.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "change 'Add to cart' to 'Buy now'",
        "Change \"Add to cart\" to \"Buy now\".",
        "Please replace “Add to cart” with “Buy now”!",
        "rename „Add to cart“ as „Buy now“",
        "RENAME ‘Add to cart’ TO ’Buy now’",
        "say 'Buy now' instead of 'Add to cart'",
        "instead of 'Add to cart', say 'Buy now'",
        "change the text from 'Add to cart' to 'Buy now'",
        "- change `Add to cart` to `Buy now`",
        "1. We should change 'Add to cart' to 'Buy now', so that more people buy"
      })
  void aTextBecomesAnotherInManyWords(String words) {
    var read = Instructions.of(words);
    assertThat(read.unknown()).isEmpty();
    assertThat(read.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            SetText.class,
            set -> {
              assertThat(set.target()).isEqualTo(new Quoted("Add to cart", Kind.ANY));
              assertThat(set.text()).isEqualTo("Buy now");
            });
  }

  @Test
  void anApostropheEndsNoQuote() {
    assertThat(only("change 'Don't wait' to 'It's time'", SetText.class).text())
        .isEqualTo("It's time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "make the sign-up button say 'Go' | sign-up | BUTTON",
        "the buy button should say 'Go' | buy | BUTTON",
        "change the headline to 'Go' | ~~ | HEADLINE",
        "change the text of the news link to 'Go' | news | LINK"
      })
  void anElementIsNamedByWords(String words, String named, Kind kind) {
    var set = only(words, SetText.class);
    assertThat(set.target()).isEqualTo(new Words(named == null ? "" : named, kind));
    assertThat(set.text()).isEqualTo("Go");
  }

  @Test
  void severalThingsAreSaidInOneSentence() {
    var read =
        Instructions.of(
            "Make the sign-up button green, bold and larger and say 'Start'. Change 'A' to 'B' and"
                + " 'C' to 'D'\nhide the banner; add class x to .y");
    assertThat(read.unknown()).isEmpty();
    assertThat(read.changes())
        .extracting(change -> change.getClass().getSimpleName())
        .containsExactly("SetStyle", "SetText", "SetText", "SetText", "SetStyle", "AddClass");
    assertThat(read.changes().get(1).target()).isEqualTo(new Words("sign-up", Kind.BUTTON));
  }

  @Test
  void aColourFillsAButtonWithATextToReadOnIt() {
    var set = only("make the sign-up button green", SetStyle.class);
    assertThat(set.style())
        .containsExactly(
            new Declaration("background-color", "#15803d"),
            new Declaration("border-color", "#15803d"),
            new Declaration("color", "#ffffff"));
    assertThat(only("make the headline red", SetStyle.class).style())
        .containsExactly(new Declaration("color", "#b91c1c"));
    assertThat(only("make .buy dark blue", SetStyle.class).onButton())
        .contains(new Declaration("background-color", "#1e3a8a"));
  }

  @Test
  void everyToneIsReadable() {
    assertThat(Looks.TONES.values())
        .allSatisfy(tone ->
            assertThat(contrast(tone.background(), tone.text()))
                .as(tone.toString())
                .isGreaterThanOrEqualTo(4.5));
  }

  @Test
  void aPropertyIsSetAsItIsSaid() {
    var set = only("set the background of .hero h1 to #fff", SetStyle.class);
    assertThat(set.target()).isEqualTo(new Selector(".hero h1"));
    assertThat(set.style()).containsExactly(new Declaration("background", "#fff"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set the background of .hero to url(https://evil.example/x)",
        "set the background of .hero to 'red; } body { display: none'",
        "set the width of .hero to expression(alert(1))",
        "set the onclick of .buy to 'alert(1)'",
        "set the style of .buy to 'x'",
        "set the srcdoc of .buy to 'x'",
        "set the data-pryo of .buy to 'x'",
        "make the site better",
        "make it green",
        "change 'A' to",
        "rewrite the page in the style of a pirate"
      })
  void whatNoRuleKnowsIsKeptAsItWas(String words) {
    var read = Instructions.of(words);
    assertThat(read.read()).isEmpty();
    assertThat(read.unknown()).containsExactly(words);
  }

  @Test
  void classesAndAttributes() {
    assertThat(only("add class btn-large to .buy", AddClass.class).name()).isEqualTo("btn-large");
    assertThat(only("Remove the class 'big' from #top.", RemoveClass.class).target())
        .isEqualTo(new Selector("#top"));
    var set = only("set the placeholder of #email to 'Work e-mail'", SetAttribute.class);
    assertThat(set.name()).isEqualTo("placeholder");
    assertThat(set.value()).isEqualTo("Work e-mail");
    assertThat(only("change the href of a.buy to '/now'", SetAttribute.class).value())
        .isEqualTo("/now");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "change 'A' to 'B' in product.html | product.html | 0 | - | false",
        "in \"product.html\" change 'A' to 'B' | product.html | 0 | - | false",
        "change 'A' to 'B' in shop/a.html on line 7 | shop/a.html | 7 | - | false",
        "change 'A' to 'B' on line 42 of index.html | index.html | 42 | - | false",
        "change 'A' to 'B' in index.html:42 | index.html | 42 | - | false",
        "change 'A' to 'B' in all places | - | 0 | - | true",
        "change 'A' to 'B' everywhere | - | 0 | - | true",
        "change 'A' to 'B' on every page | - | 0 | - | true",
        "on the sign-up page, change 'A' to 'B' | - | 0 | sign-up | false"
      })
  void thePlaceIsSaid(String words, String file, int line, String page, boolean everywhere) {
    assertThat(only(words, SetText.class).where())
        .isEqualTo(new Where(file, line, page, everywhere));
  }

  @Test
  void trackingIsSaid() {
    var click = onlyTrack("track 'checkout_started' when 'Check out' is clicked");
    assertThat(click.event()).isEqualTo("checkout_started");
    assertThat(click.target()).isEqualTo(new Quoted("Check out", Kind.ANY));
    assertThat(click.action()).isEqualTo(Action.CLICK);
    assertThat(onlyTrack("Track signed_up when the form #signup is submitted").action())
        .isEqualTo(Action.SUBMIT);
    assertThat(onlyTrack("track `x` when people click on the buy button").target())
        .isEqualTo(new Words("buy", Kind.BUTTON));
    assertThat(onlyTrack("track clicks on .buy as buy_clicked").event()).isEqualTo("buy_clicked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no change", "Control.", "keep it as it is", "unchanged"})
  void nothingIsSaid(String words) {
    assertThat(Instructions.of(words).read()).isEmpty();
    assertThat(Instructions.of(words).unknown()).isEmpty();
  }

  private static <T> T only(String words, Class<T> type) {
    var read = Instructions.of(words);
    assertThat(read.unknown()).isEmpty();
    assertThat(read.changes()).hasSize(1);
    return type.cast(read.changes().getFirst());
  }

  private static Track onlyTrack(String words) {
    var read = Instructions.of(words);
    assertThat(read.unknown()).isEmpty();
    assertThat(read.tracks()).hasSize(1);
    return read.tracks().getFirst();
  }

  /// WCAG 2.2, contrast ratio.
  private static double contrast(String one, String other) {
    var a = luminance(one) + 0.05;
    var b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String hex) {
    var rgb = Integer.parseInt(hex.substring(1), 16);
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) + 0.0722 * channel(rgb);
  }

  private static double channel(int value) {
    var share = (value & 0xFF) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put the reviews above the price | false",
        "Move the reviews before the price. | false",
        "the reviews should come in front of the price | false",
        "show the reviews below the price | true",
        "place the reviews after the price | true"
      })
  void anElementStandsBeforeOrAfterAnotherOne(String words, boolean after) {
    assertThat(Instructions.of(words).read())
        .singleElement()
        .isInstanceOfSatisfying(
            Move.class,
            move -> {
              assertThat(move.target()).isEqualTo(new Words("reviews", Kind.ANY));
              assertThat(move.anchor()).isEqualTo(new Words("price", Kind.ANY));
              assertThat(move.after()).isEqualTo(after);
            });
  }

  @Test
  void oneClassComesInThePlaceOfAnother() {
    assertThat(Instructions.of("replace class bg-blue-600 with 'bg-green-600' on .buy").read())
        .singleElement()
        .isInstanceOfSatisfying(
            SwapClass.class,
            swap -> {
              assertThat(swap.from()).isEqualTo("bg-blue-600");
              assertThat(swap.to()).isEqualTo("bg-green-600");
              assertThat(swap.target()).isEqualTo(new Selector(".buy"));
            });
  }

  @Test
  void componentsAndRoutesAreFiles() {
    assertThat(Instructions.of("hide .buy in src/routes/+page.svelte").changes())
        .singleElement()
        .satisfies(
            change -> assertThat(change.where().file()).isEqualTo("src/routes/+page.svelte"));
    assertThat(Instructions.of("hide .buy in app/[slug]/page.tsx").changes())
        .singleElement()
        .satisfies(change -> assertThat(change.where().file()).isEqualTo("app/[slug]/page.tsx"));
  }
}
