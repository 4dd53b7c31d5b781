package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.enums.Swc4jSourceMapOption;
import com.caoccao.javet.swc4j.exceptions.Swc4jCoreException;
import com.caoccao.javet.swc4j.options.Swc4jTranspileOptions;
import dev.pryo.agent.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSourceTest {
  private static final TeamStyle PRYOS = new TeamStyle('"', true, true, "  ", "  ", "\n", '"');
  private static final TeamStyle OTHER = new TeamStyle('\'', false, false, "\t", "\t", "\n", '"');

  private static String written(String binding, boolean typescript, TeamStyle style) {
    return ClientSource.write(
        Apps.react().brief("buy-now", "change 'a' to 'b'"), binding, typescript, false, "", style);
  }

  @ParameterizedTest
  @ValueSource(strings = {"react", "vue", "svelte", "angular", "astro"})
  void theFileHoldsTheClientAsItIs(String binding) {
    assertThat(written(binding, false, PRYOS)).contains(ClientSource.core());
  }

  @ParameterizedTest
  @ValueSource(strings = {"react", "vue", "svelte", "angular", "astro"})
  void anotherStyleChangesNothingButStyle(String binding) {
    var own = written(binding, false, PRYOS);
    var other = written(binding, false, OTHER);
    assertThat(bare(other)).isEqualTo(bare(own));
    assertThat(other).doesNotContain("\";\n").contains("\tconst ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"react", "vue", "svelte", "angular", "astro"})
  void everyFileParsesAndIsWrittenAsMeasured(String binding) {
    for (var typescript : List.of(true, false)) {
      for (var style : List.of(PRYOS, OTHER)) {
        var text = written(binding, typescript, style);
        var name = typescript ? "lib/pryo.ts" : "lib/pryo.js";
        var script = new SourceText(name, false, text);
        assertThat(Scripts.parse(script).error()).isEmpty();
        assertThat(style.departs(script)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"react", "vue", "svelte", "angular", "astro"})
  void inTypeScriptEveryTypeIsSaid(String binding) {
    for (var style : List.of(PRYOS, OTHER)) {
      var text = written(binding, true, style);
      assertThat(text)
          .doesNotContain("@ts-")
          .doesNotContain("@typedef")
          .doesNotContainPattern("\\bany\\b(?=[\\[\\])>;,=]| [=|])")
          .doesNotContainPattern("[‹›«»¦]")
          .contains("function variant(key: string, ");
    }
  }

  /// A type may say what a name is, never what happens: without its types it is the same script.
  @ParameterizedTest
  @ValueSource(strings = {"react", "vue", "svelte", "angular", "astro"})
  void withoutItsTypesItIsTheJavaScript(String binding) throws Swc4jCoreException {
    assertThat(untyped(written(binding, true, PRYOS), Swc4jMediaType.TypeScript))
        .contains("functionvariantkey,fallback")
        .isEqualTo(untyped(written(binding, false, PRYOS), Swc4jMediaType.JavaScript));
  }

  @Test
  void aLineThatTheClientNoLongerHasIsNamed() {
    assertThatThrownBy(() -> ClientTypes.in(ClientSource.core(), "----\nlet lost‹: string›;\n"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("let lost;");
  }

  @Test
  void itNamesItsVersionAndTheSettingsOfTheProject() {
    assertThat(written("react", false, PRYOS))
        .startsWith(
            "/* eslint-disable */\n// Pryo's browser client, version " + ClientSource.version())
        .contains("init({ key: \"wk_1\", host: \"http://127.0.0.1:8000\", consent: \"ask\" });");
    assertThat(ClientSource.version()).matches("\\d.*");
  }

  /// What runs of a script, without what is not told apart: the parentheses that a type needs, and
  /// whether the end of a function says that it gives nothing.
  private static String untyped(String text, Swc4jMediaType type) throws Swc4jCoreException {
    return new Swc4j()
        .transpile(
            text,
            new Swc4jTranspileOptions()
                .setParseMode(Swc4jParseMode.Module)
                .setMediaType(type)
                .setSourceMap(Swc4jSourceMapOption.None)
                .setKeepComments(false))
        .getCode()
        .replaceAll("[\\s();]+", "")
        .replace("returnundefined", "");
  }

  /// Without what styles differ in.
  private static String bare(String text) {
    return text.replaceAll("[\\s;\"'\\\\,]+", "");
  }
}
