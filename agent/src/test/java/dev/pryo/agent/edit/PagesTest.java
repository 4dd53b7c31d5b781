package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void aTextChangeIsThisDiff() {
    assertThat(Sample.shop().done("change 'Add to cart' to 'Buy now'").changes().diff())
        .isEqualTo(
            """
            diff --git a/css/pryo-buy-now.css b/css/pryo-buy-now.css
            new file mode 100644
            --- /dev/null
            +++ b/css/pryo-buy-now.css
            @@ -0,0 +1,11 @@
            +/* Experiment buy-now by Pryo: Buy now */
            +/* The tested element waits for its segment, 300 ms at most. */
            +[data-pryo="buy-now"]:not([data-pryo-segment]) {
            +  animation: pryo-wait 300ms step-end;
            +}
            +
            +@keyframes pryo-wait {
            +  from {
            +    visibility: hidden;
            +  }
            +}
            diff --git a/js/pryo-buy-now.js b/js/pryo-buy-now.js
            new file mode 100644
            --- /dev/null
            +++ b/js/pryo-buy-now.js
            @@ -0,0 +1,38 @@
            +// Experiment buy-now by Pryo: Buy now
            +// The page as it is written is the control, and the other segments change it here.
            +const tested = document.querySelectorAll("[data-pryo='buy-now']");
            +
            +const changes = {
            +  test1: (element) => {
            +    element.textContent = "Buy now";
            +  },
            +};
            +
            +for (const element of tested) {
            +  element.addEventListener("click", () => {
            +    window.pryo?.trackEvent("purchase");
            +  });
            +}
            +
            +const arrival = async () => {
            +  const pryo =
            +    window.pryo ??
            +    (await new Promise((done) => {
            +      document.addEventListener("pryo", () => done(window.pryo), { once: true });
            +    }));
            +  await pryo.ready();
            +  return pryo;
            +};
            +
            +const timeout = new Promise((done) => {
            +  setTimeout(done, 300);
            +});
            +
            +if (tested.length > 0) {
            +  const pryo = await Promise.race([arrival(), timeout]);
            +  const segment = pryo?.variant("buy-now") ?? "control";
            +  for (const element of tested) {
            +    changes[segment]?.(element);
            +    element.dataset.pryoSegment = segment;
            +  }
            +}
            diff --git a/product.html b/product.html
            --- a/product.html
            +++ b/product.html
            @@ -4,10 +4,13 @@
                 <meta charset="utf-8">
                 <title>Blue mug</title>
                 <link rel="stylesheet" href="css/site.css">
            +    <link rel="stylesheet" href="css/pryo-buy-now.css">
            +    <script src="http://127.0.0.1:8000/pryo.js" data-key="wk_1" data-consent="ask" defer></script>
            +    <script type="module" src="js/pryo-buy-now.js"></script>
               </head>
               <body>
                 <h1>Blue mug</h1>
            -    <button class="buy" type="button">Add to cart</button>
            +    <button class="buy" type="button" data-pryo="buy-now">Add to cart</button>
                 <script type="module" src="js/cart.js"></script>
               </body>
             </html>
            """);
  }

  @Test
  void whatIsTrackedIsToldWithItsLine() {
    var done = Sample.shop().done("change 'Add to cart' to 'Buy now'");
    assertThat(done.tracked())
        .containsExactly(
            new Tracked(
                "purchase", "js/pryo-buy-now.js", 13, "sent when it is clicked (product.html:10)"));
    assertThat(done.summary())
        .contains("The control stays as it is.", "Test 1: change 'Add to cart' to 'Buy now'.");
  }

  @Test
  void aStyleLivesInTheStyleSheet() {
    var done = Sample.shop().done("make the buy button green");
    assertThat(text(done, "css/pryo-buy-now.css"))
        .endsWith(
            """
            }

            [data-pryo="buy-now"][data-pryo-segment="test1"]:not(#pryo) {
              background-color: #15803d;
              border-color: #15803d;
              color: #ffffff;
            }
            """);
    assertThat(text(done, "js/pryo-buy-now.js")).doesNotContain("changes");
  }

  @Test
  void aStrongDeclarationOfTheTeamIsMatched() {
    var done =
        Sample.shop()
            .with("css/site.css", ".buy { background: red !important }\n")
            .done("make the buy button green");
    assertThat(text(done, "css/pryo-buy-now.css"))
        .contains("background-color: #15803d !important;", "\n  color: #ffffff;");
  }

  @Test
  void carriageReturnsByteOrderMarkTabsAndAMissingLastNewlineStay() {
    var page =
        "\uFEFF"
            + """
            <!DOCTYPE html>
            <html>
            \t<head>
            \t\t<title>😀 Shop</title>
            \t\t<link href='/css/site.css' rel='stylesheet' />
            \t</head>
            \t<body>
            \t\t<a
            \t\t\thref='/buy'
            \t\t\tclass='btn'
            \t\t>Add to cart</a>  \s
            \t</body>
            </html>\
            """
                .replace("\n", "\r\n");
    var done =
        Sample.of(
                "css/site.css", "a {\r\n\tcolor: red;\r\n}\r\n",
                "js/a.js", "const a = 'x'\r\nif (a) {\r\n\tconsole.log('y')\r\n}\r\n",
                "index.html", page)
            .done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "index.html"))
        .isEqualTo(
            page.replace(
                    "rel='stylesheet' />",
                    "rel='stylesheet' />\r\n"
                        + "\t\t<link rel='stylesheet' href='/css/pryo-buy-now.css' />\r\n"
                        + "\t\t<script src='http://127.0.0.1:8000/pryo.js' data-key='wk_1'"
                        + " data-consent='ask' defer></script>\r\n"
                        + "\t\t<script type='module' src='/pryo/buy-now.js'></script>")
                .replace("class='btn'", "class='btn'\r\n\t\t\tdata-pryo='buy-now'"));
    var module = text(done, "pryo/buy-now.js");
    assertThat(module)
        .startsWith("// Experiment buy-now by Pryo: Buy now\r\n")
        .contains("const tested = document.querySelectorAll('[data-pryo=\"buy-now\"]')\r\n")
        .contains("\ttest1: (element) => {\r\n\t\telement.textContent = 'Buy now'\r\n")
        .endsWith("}\r\n");
    assertThat(module.replace("\r\n", "")).doesNotContain("\n", ";");
    assertThat(text(done, "css/pryo-buy-now.css")).contains("{\r\n\tanimation:");
  }

  @Test
  void severalElementsAreToldApartAndSeveralSegmentsToo() {
    var done =
        Sample.shop()
            .done(
                "change 'Add to cart' to 'Buy now'",
                "change 'Add to cart' to 'Get it'. make the headline bigger. Track purchase when .buy"
                    + " is clicked");
    assertThat(text(done, "product.html"))
        .contains("<h1 data-pryo=\"buy-now:1\">", "type=\"button\" data-pryo=\"buy-now:2\">");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains("document.querySelectorAll(\"[data-pryo='buy-now:1'], [data-pryo='buy-now:2']\")")
        .contains("    changes[segment]?.[element.dataset.pryo]?.(element);\n")
        .contains(
            """
            const changes = {
              test1: {
                "buy-now:2": (element) => {
                  element.textContent = "Buy now";
                },
              },
              test2: {
                "buy-now:2": (element) => {
                  element.textContent = "Get it";
                },
              },
            };
            """);
  }

  @Test
  void theRestOfAnElementStays() {
    var done =
        Sample.shop()
            .with(
                "product.html",
                Sample.PAGE.replace("Add to cart<", "<svg></svg>\n      Add to cart <b>2</b><"))
            .done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains(
            """
                for (const node of element.childNodes) {
                  if (node.nodeType === Node.TEXT_NODE) {
                    node.data = node.data.replace("Add to cart", () => "Buy now");
                  }
                }
            """);
  }

  @Test
  void classesAttributesAndInputs() {
    var done =
        Sample.shop()
            .with(
                "product.html",
                Sample.PAGE.replace(
                    "<h1>",
                    "<form id=\"signup\"><input id=\"email\" placeholder=\"E-mail\"><input type=submit"
                        + " value=Send></form>\n    <h1>"))
            .done(
                "set the placeholder of #email to 'Work e-mail'; change 'Send' to 'Go'; add class big to"
                    + " .buy and remove class buy from .buy. Track purchase when .buy is clicked");
    assertThat(text(done, "product.html"))
        .contains("placeholder=\"E-mail\" data-pryo=\"buy-now:1\">")
        .contains("<input type=submit value=Send data-pryo=\"buy-now:2\">");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains("element.setAttribute(\"placeholder\", \"Work e-mail\");")
        .contains("element.setAttribute(\"value\", \"Go\");")
        .contains("element.classList.add(\"big\");\n      element.classList.remove(\"buy\");");
  }

  @Test
  void allPlacesOfSeveralPagesAreOnePart() {
    var done =
        Sample.shop()
            .with(
                "a/other.html",
                Sample.PAGE.replace("\"css/", "\"../css/").replace("\"js/", "\"../js/"))
            .done("change 'Add to cart' to 'Buy now' in all places");
    assertThat(done.changes().changes())
        .extracting(FileChange::path)
        .containsExactly(
            "a/other.html", "css/pryo-buy-now.css", "js/pryo-buy-now.js", "product.html");
    assertThat(text(done, "a/other.html"))
        .contains("href=\"../css/pryo-buy-now.css\"", "src=\"../js/pryo-buy-now.js\"")
        .contains("data-pryo=\"buy-now\"");
  }

  @Test
  void aClientThatIsThereIsLeft() {
    var tag = "<script async src=\"https://ab.example/pryo.js\" data-key=\"wk_9\"></script>";
    var done =
        Sample.shop()
            .with("product.html", Sample.PAGE.replace("  </head>", "    " + tag + "\n  </head>"))
            .done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "product.html")).contains(tag).doesNotContain("127.0.0.1");
  }

  @Test
  void aPageOnOneLineStaysOnOneLine() {
    var page =
        "<html><head><title>x</title></head><body><button>Add to cart</button></body></html>";
    var done = Sample.of("index.html", page).done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "index.html"))
        .isEqualTo(
            "<html><head><title>x</title><link rel=\"stylesheet\" href=\"pryo/buy-now.css\"><script"
                + " src=\"http://127.0.0.1:8000/pryo.js\" data-key=\"wk_1\" data-consent=\"ask\""
                + " defer></script><script type=\"module\" src=\"pryo/buy-now.js\"></script></head>"
                + "<body><button data-pryo=\"buy-now\">Add to cart</button></body></html>");
  }

  @Test
  void anUnquotedValueThatEndsInASlashStays() {
    var done =
        Sample.of("index.html", "<title>x</title><p>Hi<a href=/buy/>Add to cart</a>")
            .done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "index.html")).contains("<a href=/buy/ data-pryo=\"buy-now\">Add");
  }

  @Test
  void hostileWordsStayWords() {
    var words = "</script><img src=x onerror=alert(1)> \\' ` ${a} 😀 עברית \u202E <!--";
    var done = Sample.shop().done("change 'Add to cart' to \"" + words + "\"");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains(
            "element.textContent = \"<\\/script><img src=x onerror=alert(1)> \\\\' ` ${a} 😀 עברית"
                + " \\u202e <\\x21--\";");
    assertThat(text(done, "product.html")).doesNotContain("onerror");
  }

  @Test
  void anElementChangesFromAnExperimentThatIsOver() {
    var page = Objects.requireNonNull(Sample.shop().files().get("product.html"));
    var marked = page.replace("type=\"button\">", "type=\"button\" data-pryo=\"gone\">");
    var old =
        "document.querySelector('a').onclick = () => window.pryo?.trackEvent(\"purchase\");\n";
    var done =
        Sample.shop()
            .with("product.html", marked)
            .with("js/pryo-gone.js", old)
            .done("change 'Add to cart' to 'Buy now'");
    assertThat(text(done, "product.html"))
        .contains(
            "<button class=\"buy\" type=\"button\" data-pryo=\"buy-now\">Add to cart</button>")
        .doesNotContain("gone");
    assertThat(text(done, "js/pryo-buy-now.js")).contains("trackEvent(\"purchase\")");
  }

  @Test
  void anElementOfARunningExperimentIsLeft() {
    var page = Objects.requireNonNull(Sample.shop().files().get("product.html"));
    var marked = page.replace("type=\"button\">", "type=\"button\" data-pryo=\"running\">");
    assertThat(Sample.shop().with("product.html", marked).run("change 'Add to cart' to 'Buy now'"))
        .isInstanceOfSatisfying(
            Outcome.Unable.class,
            unable -> assertThat(unable.reason()).contains("already part of experiment running"));
  }

  @Test
  void aHostileWriteKeyStaysAValue() {
    var sample = Sample.shop();
    var plain = sample.brief("buy-now", "change 'Add to cart' to 'Buy now'");
    var brief =
        new Brief(
            plain.key(),
            "*/ alert(1) /* \n </script>",
            "",
            plain.segments(),
            plain.goals(),
            new Brief.Client(
                "https://ab.example", "\"><script>alert(1)</script>", Brief.Consent.GRANTED),
            null,
            Set.of());
    var done =
        (Outcome.Done) EditMode.run(SourceTree.ofTexts(sample.files()), brief, Progress.SILENT);
    assertThat(done.passed()).isTrue();
    assertThat(text(done, "product.html"))
        .contains(
            "data-key=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\" data-consent=\"granted\"");
    assertThat(text(done, "css/pryo-buy-now.css"))
        .startsWith("/* Experiment buy-now by Pryo: * / alert(1) /*   < /script> */\n");
    assertThat(text(done, "js/pryo-buy-now.js"))
        .startsWith("// Experiment buy-now by Pryo: * / alert(1) /*   < /script>\n");
  }

  @Test
  void anElementMovesAboveAnother() {
    var page =
        Sample.PAGE.replace(
            "    <h1>Blue mug</h1>\n",
            "    <h1>Blue mug</h1>\n    <p id=\"price\">12</p>\n    <p class=\"reviews\">Good</p>\n");
    var done =
        Sample.shop().goals().with("product.html", page).done("put the reviews above the price");
    assertThat(text(done, "product.html"))
        .contains(
            """
                <p id="price" data-pryo="buy-now:place">12</p>
                <p class="reviews" data-pryo="buy-now">Good</p>
            """);
    assertThat(text(done, "js/pryo-buy-now.js"))
        .contains(
            """
              test1: {
                "buy-now": (element) => {
                  document.querySelector("[data-pryo='buy-now:place']")?.before(element);
                },
              },
            """,
            "changes[segment]?.[element.dataset.pryo]?.(element);");
    assertThat(text(done, "css/pryo-buy-now.css"))
        .contains(
            """
            [data-pryo="buy-now"]:not([data-pryo-segment]),
            [data-pryo="buy-now:place"]:not([data-pryo-segment]) {
            """);
  }

  @Test
  void anElementThatStandsThereAlreadyDoesNotMove() {
    var page =
        Sample.PAGE.replace(
            "    <h1>Blue mug</h1>\n",
            "    <p class=\"reviews\">Good</p>\n    <p id=\"price\">12</p>\n");
    assertThat(
            Sample.shop()
                .goals()
                .with("product.html", page)
                .unable("put the reviews above the price")
                .reason())
        .isEqualTo("“put the reviews above the price” is how it is already.");
  }
}
