package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceTree;
import dev.pryo.agent.reading.Detected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of each sample is what a good engineer says of it.
class SamplesReadTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "angular",
        "astro",
        "html",
        "next-app",
        "next-pages",
        "nuxt",
        "rails",
        "sveltekit",
        "vite-react",
        "vue"
      })
  void everyFieldIsWhatAGoodEngineerSays(String name) throws IOException {
    var said = Json.MAPPER.readTree(Files.readString(SAMPLES.resolve(name + ".detected.json")));
    var read =
        Json.MAPPER.readTree(
            Json.write(Detected.of(SourceTree.directory(SAMPLES.resolve(name)), "")));
    assertThat(said.size()).isGreaterThanOrEqualTo(19);
    var soft = new SoftAssertions();
    said.properties()
        .forEach(field ->
            soft.assertThat(read.path(field.getKey()))
                .as(field.getKey())
                .isEqualTo(field.getValue()));
    soft.assertAll();
  }
}
