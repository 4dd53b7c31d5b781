package dev.pryo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a\n", "a\r\nb", "a\rb\n\r\n", "\uFEFFa\r\n", "😀\n", "  a \t\n\n\n"})
  void theBytesComeBackAsTheyWere(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var read = SourceText.decode("a.html", bytes).orElseThrow();
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.bom()).isEqualTo(text.startsWith("\uFEFF"));
  }

  @Test
  void whatIsNotUtf8IsNoText() {
    assertThat(SourceText.decode("a.html", new byte[] {(byte) 0xFF, 'a'})).isEmpty();
    assertThat(SourceText.decode("a.html", new byte[] {'a', 0})).isEmpty();
  }

  @Test
  void linesAreCountedFromOneAndShownTrimmed() {
    var text = new SourceText("a.js", false, "a\r\n   b c  \r\nd");
    assertThat(text.line(0)).isEqualTo(1);
    assertThat(text.line(6)).isEqualTo(2);
    assertThat(text.context(6)).isEqualTo("b c");
    assertThat(text.lineEnding()).isEqualTo("\r\n");
  }

  @Test
  void aFolderIsReadWithoutItsLinksAndItsGit(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("js"));
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve("js/a.js"), "1");
    Files.writeString(folder.resolve(".git/config"), "2");
    Files.createSymbolicLink(folder.resolve("link.js"), folder.resolve("js/a.js"));
    var tree = SourceTree.directory(folder);
    assertThat(new TreeSet<>(tree.paths())).containsExactly("js/a.js");
    assertThat(tree.read("js/a.js")).hasValue(new byte[] {'1'});
    assertThat(tree.read("link.js")).isEmpty();
    assertThat(tree.read("../" + folder.getFileName() + "/js/a.js")).isEmpty();
  }
}
