package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceTree;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PagesClientTest {
  private static ClientCode code(Sample sample) {
    return ClientCode.of(SourceTree.ofTexts(sample.files()), sample.brief("buy-now", "x"));
  }

  @Test
  void pagesGetTheClientAsAModuleBesideTheirScripts() {
    var code = code(Sample.shop());

    assertThat(code.binding()).isEqualTo("html");
    assertThat(code.path()).isEqualTo("js/pryo.js");
    assertThat(code.styleSheet()).isEqualTo("css/site.css");
    var texts = code.files().stream().collect(Collectors.toMap(FileChange::path, FileChange::text));
    assertThat(texts).containsOnlyKeys("js/pryo.js", "css/site.css");
    assertThat(texts.get("js/pryo.js"))
        .contains(ClientSource.HEADER)
        .contains("init({ key: \"wk_1\", host: \"http://127.0.0.1:8000\", consent: \"ask\" });")
        .contains("export function show(", "export function trackEvent(");
    assertThat(texts.get("css/site.css"))
        .startsWith(".buy {\n  color: red;\n}\n")
        .contains("html:not([data-pryo-ready]) [data-pryo] {");
  }

  @Test
  void theNextExperimentTakesWhatIsThere() {
    var first = code(Sample.shop());
    var later = Sample.shop();
    for (var file : first.files()) {
      later = later.with(file.path(), file.text());
    }

    assertThat(code(later).files()).isEmpty();
    assertThat(code(later).path()).isEqualTo("js/pryo.js");
  }

  @Test
  void pagesWithoutAStyleSheetGetOne() {
    var code = code(Sample.of("index.html", "<!doctype html><h1>Hello</h1>\n"));

    assertThat(code.files())
        .extracting(FileChange::path)
        .containsExactly("pryo/pryo.js", "pryo/pryo.css");
    assertThat(code.styleSheet()).isEqualTo("pryo/pryo.css");
  }
}
