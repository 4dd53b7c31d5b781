package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client file in TypeScript, for every framework and in several styles, before the compiler
/// with all that it can be strict about, and before ESLint without the file's word that it be left
/// alone. Both are installed from a lock file by npm.
@Tag("slow")
class ClientTypesTest {
  private static final Path HOME = Path.of("src/test/resources/client-types");
  private static final List<String> BINDINGS =
      List.of("react", "vue", "svelte", "angular", "astro");
  private static final List<TeamStyle> STYLES =
      List.of(
          new TeamStyle('"', true, true, "  ", "  ", "\n", '"'),
          new TeamStyle('\'', true, false, "    ", "  ", "\r\n", '"'),
          new TeamStyle('\'', false, true, "  ", "  ", "\n", '\''),
          new TeamStyle('"', false, false, "\t", "\t", "\n", '"'));

  @TempDir static Path folder;

  @BeforeAll
  static void install() throws Exception {
    for (var name :
        List.of("package.json", "package-lock.json", "tsconfig.json", "eslint.config.js")) {
      Files.copy(HOME.resolve(name), folder.resolve(name));
    }
    for (var style = 0; style < STYLES.size(); style++) {
      var files = Files.createDirectories(folder.resolve("src/style" + style));
      for (var binding : BINDINGS) {
        var text =
            ClientSource.write(
                Apps.react().brief("buy-now", "change 'a' to 'b'"),
                binding,
                true,
                false,
                "",
                STYLES.get(style));
        Files.writeString(files.resolve(binding + ".ts"), text);
      }
    }
    var installed =
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
    assertThat(installed.code()).as(installed.output()).isZero();
  }

  @Test
  void theStrictestCompilerHasNothingToSay() throws Exception {
    assertThat(run("node_modules/.bin/tsc", "-p", ".")).isEqualTo(Ran.WELL);
  }

  /// Where the types of Node are there, a timer is no number.
  @Test
  void norBesideTheTypesOfNode() throws Exception {
    assertThat(run("node_modules/.bin/tsc", "-p", ".", "--types", "node")).isEqualTo(Ran.WELL);
  }

  @Test
  void theLinterHasNothingToSayEither() throws Exception {
    assertThat(run("node_modules/.bin/eslint", "--no-inline-config", "src")).isEqualTo(Ran.WELL);
  }

  @Test
  void aWrongUseIsFound() throws Exception {
    Files.writeString(
        folder.resolve("wrong.ts"),
        """
        import { trackEvent, variant } from "./src/style0/react";
        export const segment: number = variant("buy-now");
        trackEvent(7);
        """);
    Files.writeString(
        folder.resolve("wrong.json"),
        """
        {"extends": "./tsconfig.json", "include": ["wrong.ts"]}
        """);
    assertThat(run("node_modules/.bin/tsc", "-p", "wrong.json").output())
        .contains("wrong.ts(2,14): error TS2322", "wrong.ts(3,12): error TS2345");
  }

  /// How a program ended, and what it printed.
  private record Ran(int code, String output) {
    static final Ran WELL = new Ran(0, "");
  }

  private static Ran run(String... command) throws IOException, InterruptedException {
    var output = folder.resolve("output.log");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
      return new Ran(process.exitValue(), Files.readString(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
