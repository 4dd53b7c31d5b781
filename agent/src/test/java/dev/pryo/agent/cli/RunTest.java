package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  @TempDir Path folder;

  @BeforeEach
  void aRepositoryWithAnAppInAFolder() throws IOException, InterruptedException {
    write("web/package.json", "{ \"dependencies\": { \"react\": \"^19.0.0\" } }\n");
    write("web/src/main.jsx", "import Hero from './Hero'\n\nexport default Hero\n");
    write(
        "web/src/Hero.jsx",
        "export default function Hero() {\n  return (\n    <p>\n      Hello\n    </p>\n  )\n}\n");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "-m", "start");
  }

  @Test
  void aPassingRunShowsTheDiffAsSeenFromTheApp() throws IOException {
    var said = run(0, "Hello", "--mode", "edit");
    assertThat(said)
        .contains("diff --git a/src/Hero.jsx b/src/Hero.jsx", "+      {variant === 'test1'")
        .contains("pass  control_equals_base")
        .doesNotContain("web/src");
  }

  @Test
  void aNamedBranchHasTheChangesAndTheWorkingTreeHasNot() throws IOException, InterruptedException {
    run(0, "Hello", "--branch", "pryo/hello");
    assertThat(git("show", "pryo/hello:web/src/Hero.jsx")).contains("useVariant('hello')");
    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(run(2, "Hello", "--branch", "pryo/hello")).isEmpty();
  }

  @Test
  void asJsonTheChecksAreThoseOfTheApi() throws IOException {
    assertThat(run(0, "Hello", "--json"))
        .contains("\"outcome\" : \"done\"", "\"id\" : \"parses\"", "\"status\" : \"pass\"");
  }

  @Test
  void whatCannotBeDoneIsSaidAndExitsWithOne() throws IOException {
    assertThat(run(1, "Nobody said this", "--json"))
        .contains("\"outcome\" : \"unable\"", "Nothing in this repository matches");
  }

  @Test
  void anotherModeIsAWrongQuestion() throws IOException {
    assertThat(run(2, "Hello", "--mode", "agent")).isEmpty();
  }

  private String run(int code, String text, String... more) throws IOException {
    var file = folder.resolve("hello.json");
    Files.writeString(
        file,
        """
        {"name": "Hello", "segments": [{"name": "Control"},
          {"name": "Test", "instructions": "change '%s' to 'Hi'"}]}
        """
            .formatted(text));
    var words =
        new ArrayList<>(
            List.of("run", folder.resolve("web").toString(), "--experiment", file.toString()));
    words.addAll(List.of(more));
    var out = new ByteArrayOutputStream();
    try (var print = new PrintStream(out, false, StandardCharsets.UTF_8)) {
      assertThat(Main.run(words, Map.of(), print)).isEqualTo(code);
    }
    Files.delete(file);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String git(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }
}
