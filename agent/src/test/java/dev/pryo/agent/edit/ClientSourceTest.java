package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void itNamesItsVersionAndTheSettingsOfTheProject() {
    assertThat(written("react", false, PRYOS))
        .startsWith(
            "/* eslint-disable */\n// Pryo's browser client, version " + ClientSource.version())
        .contains("init({ key: \"wk_1\", host: \"http://127.0.0.1:8000\", consent: \"ask\" });");
    assertThat(ClientSource.version()).matches("\\d.*");
  }

  /// Without what styles differ in.
  private static String bare(String text) {
    return text.replaceAll("[\\s;\"'\\\\,]+", "");
  }
}
