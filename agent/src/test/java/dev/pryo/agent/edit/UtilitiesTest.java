package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Looks in a team that writes them in classes of Tailwind.
class UtilitiesTest {
  private static Sample app(String button, String... more) {
    var files =
        new String[] {
          "package.json",
          "{ \"dependencies\": { \"react\": \"^19.0.0\", \"tailwindcss\": \"^4.0.0\" } }\n",
          "src/main.jsx",
          "import Hero from './Hero'\nimport './index.css'\n\nexport default Hero\n",
          "src/index.css",
          "@import 'tailwindcss';\n",
          "src/Hero.jsx",
          "export default function Hero() {\n  return " + button + "\n}\n"
        };
    var all = new String[files.length + more.length];
    System.arraycopy(files, 0, all, 0, files.length);
    System.arraycopy(more, 0, all, files.length, more.length);
    return Sample.of(all);
  }

  private static String written(Sample app, String words) {
    return app.goals().done(words).changes().of("src/Hero.jsx").orElseThrow().text();
  }

  @Test
  void aColourTakesThePlaceOfTheWrittenOneAlsoUnderThePointer() {
    var text =
        written(
            app(
                "<button className=\"rounded bg-blue-600 text-white hover:bg-blue-700\">Buy</button>"),
            "make the 'Buy' button green");
    assertThat(text)
        .contains("rounded text-white bg-green-700 hover:bg-green-800")
        .contains("rounded bg-blue-600 text-white hover:bg-blue-700")
        .doesNotContain("style=");
  }

  @Test
  void anElementWithoutClassesGetsThem() {
    assertThat(written(app("<h1>Hi</h1>"), "make the headline bold and red"))
        .contains("font-bold text-red-700")
        .doesNotContain("style=");
  }

  @Test
  void whatNoClassSaysOrIsNotCertainIsSaidInAStyle() {
    assertThat(
            written(app("<button className=\"px-4\">Buy</button>"), "make the 'Buy' button bigger"))
        .contains("zoom");
    assertThat(
            written(
                app("<button className=\"bg-primary px-4\">Buy</button>"),
                "make the 'Buy' button green"))
        .contains("#15803d");
    assertThat(
            written(
                app(
                    "<button className=\"px-4\">Buy</button>",
                    "tailwind.config.js",
                    "export default { theme: { colors: { brand: '#123456' } } }\n"),
                "make the 'Buy' button green"))
        .contains("#15803d");
  }
}
