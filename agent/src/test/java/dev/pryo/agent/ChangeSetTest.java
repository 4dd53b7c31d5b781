package dev.pryo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeSetTest {
  @Test
  void theDiffIsGitsOwnForm() {
    var changes =
        new ChangeSet(
            List.of(
                new FileChange("b.txt", bytes("1\n2\n3\n4\n5\n"), bytes("1\n2\nx\n4\n5")),
                FileChange.deleted("gone.txt", bytes("a\n")),
                FileChange.added("a.txt", bytes("new\n"))));
    assertThat(changes.diff())
        .isEqualTo(
            """
            diff --git a/a.txt b/a.txt
            new file mode 100644
            --- /dev/null
            +++ b/a.txt
            @@ -0,0 +1,1 @@
            +new
            diff --git a/b.txt b/b.txt
            --- a/b.txt
            +++ b/b.txt
            @@ -1,5 +1,5 @@
             1
             2
            -3
            +x
             4
            -5
            +5
            \\ No newline at end of file
            diff --git a/gone.txt b/gone.txt
            deleted file mode 100644
            --- a/gone.txt
            +++ /dev/null
            @@ -1,1 +0,0 @@
            -a
            """);
    assertThat(changes.additions()).isEqualTo(3);
    assertThat(changes.deletions()).isEqualTo(3);
    assertThat(changes.of("a.txt").orElseThrow().status()).isEqualTo(FileChange.Status.ADDED);
    assertThat(changes.of("gone.txt").orElseThrow().status()).isEqualTo(FileChange.Status.DELETED);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
