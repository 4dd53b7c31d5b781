package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That neither the machine's user nor a repository changes how Pryo uses Git.
class SafeGitTest {

  @TempDir Path folder;
  private File home;

  @BeforeEach
  void aUserWithSettings() throws Exception {
    SafeGit.isolate();
    home = FS.DETECTED.userHome();
    Path other = Files.createDirectory(folder.resolve("home"));
    Files.writeString(
        other.resolve(".gitconfig"),
        "[core]\n  autocrlf = true\n[user]\n  name = Mallory\n[filter \"evil\"]\n  smudge = evil\n");
    FS.DETECTED.setUserHome(other.toFile());
  }

  @AfterEach
  void theRealUser() {
    FS.DETECTED.setUserHome(home);
  }

  @Test
  void the_settings_of_user_and_system_are_not_read() throws Exception {
    SystemReader reader = SystemReader.getInstance();
    assertThat(reader.getUserConfig().getNames("user")).isEmpty();
    assertThat(reader.getUserConfig().getSections()).isEmpty();
    assertThat(reader.getSystemConfig().getSections()).isEmpty();
    assertThat(reader.openUserConfig(null, FS.DETECTED).getFile()).isNull();
    assertThat(reader.openSystemConfig(null, FS.DETECTED).getFile()).isNull();
    assertThat(reader.openJGitConfig(null, FS.DETECTED).getFile()).isNull();
    assertThat(reader.getXdgConfigDirectory(FS.DETECTED)).isNull();
  }

  /// What tidies up behind a fetch writes into a folder that is being deleted.
  @Test
  void nothing_goes_on_in_a_repository_behind_a_fetch() throws Exception {
    Path made = Files.createDirectory(folder.resolve("made"));
    try (Repository repository = SafeGit.create(made)) {
      var kept = new FileBasedConfig(made.resolve("config").toFile(), FS.DETECTED);
      kept.load();
      assertThat(kept.getBoolean("gc", "autoDetach", true)).isFalse();
      assertThat(repository.getConfig().getBoolean("gc", "autoDetach", true)).isFalse();
    }
  }

  @Test
  void a_merge_writes_line_ends_as_the_repository_says_not_as_the_user_does() throws Exception {
    TestRepository shop =
        TestRepository.with(folder.resolve("shop"), false, "main", Map.of("a.html", "one\n"));
    var host =
        new GitHost(
            new LocalRoots(List.of(folder)),
            InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z")));
    var ada = new Person("Ada", "ada@example.com");
    var edits = List.of(new FileEdit("a.html", "two\n".getBytes(UTF_8)));
    host.commit(shop.ref(), new NewCommit("pryo/exp-1", shop.head("main"), "Try", ada, edits));
    PullRequest pull =
        host.openPullRequest(shop.ref(), new NewPullRequest("pryo/exp-1", "main", "Try", ""));
    host.merge(shop.ref(), pull.number(), "Merge it", ada);
    assertThat(shop.read("a.html")).isEqualTo("two\n");
    assertThat(shop.parsed(shop.head("main")).getCommitterIdent().getName()).isEqualTo("Ada");
  }

  @Test
  void only_harmless_settings_of_a_repository_are_kept() throws Exception {
    TestRepository shop =
        TestRepository.with(folder.resolve("shop"), false, "main", Map.of("a.html", "one\n"));
    Path config = shop.gitDir().resolve("config");
    Files.writeString(
        config,
        "[core]\n  repositoryformatversion = 0\n  autocrlf = input\n  hooksPath = /evil\n"
            + "[filter \"evil\"]\n  smudge = evil\n[url \"ext::sh\"]\n  insteadOf = x\n");
    try (Repository repository =
        SafeGit.open(LocalRepository.find(new LocalRoots(List.of(folder)), shop.ref().label()))) {
      assertThat(repository.getConfig().getSections()).containsExactlyInAnyOrder("core", "gc");
      assertThat(repository.getConfig().getNames("core"))
          .containsExactlyInAnyOrder(
              "repositoryformatversion", "autocrlf", "fsyncObjectFiles", "fsyncRefFiles");
      assertThatThrownBy(() -> repository.getFS().runInShell("touch x", new String[0]))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(
              () -> repository.getFS().newInstance().execute(new ProcessBuilder("true"), null))
          .isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(Files.readString(config)).contains("hooksPath"); // the file itself stays
  }
}
