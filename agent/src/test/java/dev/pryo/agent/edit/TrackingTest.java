package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingTest {
  private static final String FORM =
      Sample.PAGE.replace(
          "<button class=\"buy\" type=\"button\">Add to cart</button>",
          """
          <form id="signup">
                <input name="email">
                <button>Sign up</button>
              </form>
              <a class="more" href="more.html">More</a>\
          """);

  private static final Sample SIGNUP = Sample.shop().with("product.html", FORM).goals("signed_up");

  @Test
  void aSubmitButtonMeansItsForm() {
    var done = SIGNUP.done("make the sign-up button green");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains(
            "  element.form?.addEventListener(\"submit\", () => {\n    window.pryo?.trackEvent(\"signed_up\");");
  }

  @Test
  void aButtonWhoseClickIsPreventedSendsNoForm() {
    var done =
        SIGNUP
            .with(
                "product.html",
                FORM.replace("<button>", "<button onclick=\"event.preventDefault(); join()\">"))
            .done("make the sign-up button green");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains("element.addEventListener(\"click\", () => {")
        .doesNotContain("\"submit\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<el-button class=\"buy\" @click=\"buy\">|<el-button",
        "<el-button type=\"primary\" @click.native.prevent=\"buy\">|<el-button",
        "<button class=\"buy\" @click.prevent=\"buy\">|<button",
        "<button class=\"buy\" @click=\"$event.preventDefault(), buy()\">|<button"
      })
  void aButtonOfAComponentOrOneThatIsPreventedIsClicked(String button, String tag) {
    assertThat(vue(button)).containsPattern(tag + "[^<]*@click[^<]*trackEvent\\('bought'\\)");
    assertThat(vue(button)).doesNotContain("@submit");
  }

  @Test
  void aButtonOfHtmlInAComponentMeansItsForm() {
    assertThat(vue("<button class=\"buy\">"))
        .containsPattern("<form[^<]*@submit=\"trackEvent\\('bought'\\)");
  }

  private static String vue(String button) {
    var name = button.substring(1, button.indexOf(' '));
    var form = name.equals("button") ? "form" : "el-form";
    var app =
        Objects.requireNonNull(Apps.vue().files().get("src/App.vue"))
            .replace(
                "<button class=\"buy\" @click=\"buy\">Add to cart</button>",
                "<%s>%sAdd to cart</%s></%s>".formatted(form, button, name, form));
    return text(
        Apps.vue()
            .with("src/App.vue", app)
            .goals("bought")
            .done("change 'Add to cart' to 'Buy now'"),
        "src/App.vue");
  }

  @Test
  void theWordsSayWhen() {
    var done =
        SIGNUP
            .described("Track 'signed_up' when the form #signup is submitted.")
            .done("make the headline bigger");
    assertThat(text(done, "product.html"))
        .contains("<form id=\"signup\" data-pryo=\"buy-now:goal\">", "<h1 data-pryo=\"buy-now\">");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains("document.querySelectorAll(\"[data-pryo='buy-now:goal']\")")
        .contains("addEventListener(\"submit\"");
    assertThat(text(done, "css/pryo-buy-now.css")).doesNotContain("goal");
  }

  @Test
  void anEventThatIsSentAlreadyNeedsNothing() {
    var inline = "<script>\n  pryo.trackEvent('signed_up');\n</script></body>";
    var done =
        SIGNUP
            .with("product.html", FORM.replace("</body>", inline))
            .done("make the headline bigger");
    assertThat(text(done, "js/pryo-buy-now.js")).doesNotContain("trackEvent");
    assertThat(done.tracked().getFirst().file()).isEqualTo("product.html");
    assertThat(done.tracked().getFirst().line()).isEqualTo(17);
  }

  @Test
  void aGoalThatIsNotClearIsAskedFor() {
    var unable = SIGNUP.unable("make the headline bigger");
    assertThat(unable.reason())
        .isEqualTo("It is not clear when the event “signed_up” should be sent.");
    assertThat(unable.instead()).contains("track 'signed_up' when");
    assertThat(SIGNUP.goals("a", "b").unable("make the sign-up button green").reason())
        .contains("“a”");
  }

  @Test
  void severalEventsAndPlaces() {
    var done =
        SIGNUP
            .goals("signed_up", "more_read")
            .done(
                "make the sign-up button green. Track more_read when 'More' is clicked",
                "make the sign-up button red. Track more_read when 'More' is clicked");
    var module = text(done, "js/pryo-buy-now.js");
    assertThat(module).containsOnlyOnce("trackEvent(\"signed_up\")");
    assertThat(module).containsOnlyOnce("trackEvent(\"more_read\")");
  }

  @Test
  void onlyAFormIsSubmitted() {
    assertThat(
            SIGNUP
                .unable("make the headline bigger. Track signed_up when .more is submitted")
                .reason())
        .startsWith("Only a form is submitted");
  }

  @Test
  void anEventNameStaysAName() {
    var done = Sample.shop().goals("a\"); alert(1); (\"").done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains("window.pryo?.trackEvent(\"a\\\"); alert(1); (\\\"\");");
  }
}
