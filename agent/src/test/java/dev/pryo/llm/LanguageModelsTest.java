package dev.pryo.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Stop;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelsTest {
  private static LanguageModels models(Map<String, String> environment) {
    return LanguageModels.of(environment, _ -> {}, InstantSource.system());
  }

  private static String name(Optional<LanguageModel> model) {
    return model.map(LanguageModel::name).orElse("none");
  }

  @Test
  void withBothKeysAnthropicImplementsAndAnalysesAndOpenAiExtracts() {
    var models = models(Map.of("ANTHROPIC_API_KEY", "a", "OPENAI_API_KEY", "b"));

    assertThat(name(models.implementing())).isEqualTo("claude-sonnet-4-6");
    assertThat(name(models.analysing())).isEqualTo("claude-sonnet-4-6");
    assertThat(name(models.extracting())).isEqualTo("gpt-5.4");
  }

  @Test
  void withOneKeyItDoesAll() {
    var anthropic = models(Map.of("ANTHROPIC_API_KEY", "a", "OPENAI_API_KEY", " "));
    assertThat(name(anthropic.extracting())).isEqualTo("claude-sonnet-4-6");

    var openAi = models(Map.of("OPENAI_API_KEY", "b", "OPENAI_MODEL", "gpt-5.4-mini"));
    assertThat(name(openAi.implementing())).isEqualTo("gpt-5.4-mini");
    assertThat(name(openAi.analysing())).isEqualTo("gpt-5.4-mini");
  }

  @Test
  void withNoKeyThereIsNoModelAndALocalOneNeedsNone() {
    assertThat(models(Map.of()).implementing()).isEmpty();

    var local = Map.of("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1", "OPENAI_MODEL", "qwen3");
    assertThat(name(models(local).implementing())).isEqualTo("qwen3");
  }

  @Test
  void whatARunCostsIsReadFromTheTable() {
    var usage = new Usage(10_000, 20_000, 100_000, 4_000);

    // 10,000 × 3 + 20,000 × 3.75 + 100,000 × 0.3 + 4,000 × 15 dollars for a million
    assertThat(Prices.builtIn().of("claude-sonnet-4-6", usage).usd())
        .isEqualByComparingTo(new BigDecimal("0.195"));
    assertThat(Prices.builtIn().of("claude-sonnet-4-6-20260217", usage))
        .isEqualTo(Prices.builtIn().of("claude-sonnet-4-6", usage));
  }

  @Test
  void aModelWithoutAPriceCostsAsMuchAsTheDearest() {
    var usage = new Usage(0, 0, 0, 1_000_000);

    assertThat(Prices.builtIn().knows("somebody-s-own")).isFalse();
    assertThat(Prices.builtIn().of("somebody-s-own", usage).usd()).isEqualByComparingTo("25");
  }

  @Test
  void aTableOfOnesOwnTakesItsPlaceAndSaysWhatIsWrongWithIt(@TempDir Path folder)
      throws IOException {
    var table = folder.resolve("prices.json");
    Files.writeString(
        table, "{\"qwen3\": {\"input\": 0, \"cache_write\": 0, \"cache_read\": 0, \"output\": 0}}");
    assertThat(Prices.file(table).of("qwen3", new Usage(9, 9, 9, 9)).usd())
        .isEqualByComparingTo("0");

    Files.writeString(table, "{\"qwen3\": {\"input\": 1}}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prices.file(table))
        .withMessageContaining("prices.json")
        .withMessageContaining("cache_write");
  }

  @Test
  void aRecordedRunFailsLoudlyWhereTheConversationIsAnother() {
    var answer = new Answer("m", List.of(new Content.Text("Well.")), Stop.END, Usage.NONE);
    var scripted =
        new Scripted(List.of(new Exchange(List.of(new Content.Text("Begin now.")), answer)));

    assertThatIllegalStateException()
        .isThrownBy(() -> scripted.ask(request("Begin then.")))
        .withMessageContaining("Call 1 is not the recorded one")
        .withMessageContaining("now.")
        .withMessageContaining("then.");
    assertThat(scripted.ask(request("Begin now."))).isEqualTo(answer);
    assertThat(scripted.isOver()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> scripted.ask(request("Begin now.")))
        .withMessageContaining("has 1 calls");
  }

  private static Request request(String text) {
    return new Request(
        "",
        List.of(),
        List.of(new Message.User(List.of(new Content.Text(text)))),
        Request.MAX_OUTPUT);
  }
}
