package dev.pryo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Usage;
import dev.pryo.model.ModelSettings.Vendor;
import dev.pryo.platform.StartFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final Vendor NONE = new Vendor("", "", "");
  private static final Vendor ANTHROPIC = new Vendor("sk-ant-1", "", "");
  private static final Vendor OPENAI = new Vendor("sk-1", "", "");

  private static ModelSettings settings(Vendor anthropic, Vendor openai, String prices) {
    return new ModelSettings(anthropic, openai, prices, BigDecimal.TWO, BigDecimal.TEN);
  }

  private static Optional<String> implementing(Vendor anthropic, Vendor openai) {
    return new Models(settings(anthropic, openai, ""), InstantSource.system()).implementing();
  }

  @Test
  void withBothKeysAnthropicImplementsAndWithOneThatOneDoes() {
    assertThat(implementing(ANTHROPIC, OPENAI)).contains("claude-sonnet-4-6");
    assertThat(implementing(NONE, OPENAI)).contains("gpt-5.4");
    assertThat(implementing(ANTHROPIC, NONE)).contains("claude-sonnet-4-6");
    assertThat(implementing(NONE, NONE)).isEmpty();
  }

  @Test
  void descriptionsAreReadByOpenAiWhereThereIsItsKeyElseByTheOtherElseByNone() {
    assertThat(extracting(ANTHROPIC, OPENAI)).contains("gpt-5.4");
    assertThat(extracting(NONE, OPENAI)).contains("gpt-5.4");
    assertThat(extracting(ANTHROPIC, NONE)).contains("claude-sonnet-4-6");
    assertThat(extracting(NONE, NONE)).isEmpty();
  }

  private static Optional<String> extracting(Vendor anthropic, Vendor openai) {
    return new Models(settings(anthropic, openai, ""), InstantSource.system())
        .extracting()
        .map(LanguageModel::name);
  }

  @Test
  void aLocalModelNeedsAnAddressAndNoKey() {
    assertThat(implementing(NONE, new Vendor("", "http://127.0.0.1:11434/v1", "qwen3-coder")))
        .contains("qwen3-coder");
  }

  @Test
  void keysStayOutOfWhatIsLogged() {
    assertThat(settings(ANTHROPIC, OPENAI, "").toString()).doesNotContain("sk-");
  }

  @Test
  void pricesMayComeFromAFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("prices.json"),
            "{\"mine\": {\"input\": 1, \"cache_write\": 1, \"cache_read\": 1, \"output\": 4}}");
    Models models = new Models(settings(NONE, NONE, file.toString()), InstantSource.system());
    assertThat(models.prices().of("mine", new Usage(1_000_000, 0, 0, 0)).usd())
        .isEqualByComparingTo("1");
    assertThatThrownBy(
            () -> new Models(settings(NONE, NONE, folder + "/none.json"), InstantSource.system()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("PRYO_PRICES")
        .hasMessageContaining("none.json");
  }

  @Test
  void aBudgetIsNeverNegative() {
    assertThatThrownBy(
            () -> new ModelSettings(NONE, NONE, "", BigDecimal.ONE.negate(), BigDecimal.TEN))
        .hasMessageContaining("PRYO_RUN_BUDGET_USD");
    assertThatThrownBy(
            () -> new ModelSettings(NONE, NONE, "", BigDecimal.ONE, BigDecimal.TEN.negate()))
        .hasMessageContaining("PRYO_MONTHLY_BUDGET_USD");
  }
}
