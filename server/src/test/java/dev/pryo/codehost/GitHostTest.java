package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The contract on real repositories of this machine, bare and checked out, and the word of the
/// machine's git that they are sound afterwards.
class GitHostTest {

  @Nested
  class Bare extends OnThisMachine {
    Bare() {
      super(true);
    }
  }

  @Nested
  class CheckedOut extends OnThisMachine {
    CheckedOut() {
      super(false);
    }
  }

  abstract static class OnThisMachine extends CodeHostContract {

    private final boolean bare;
    private final Map<String, TestRepository> made = new HashMap<>();
    @TempDir Path folder;

    OnThisMachine(boolean bare) {
      this.bare = bare;
    }

    @Override
    CodeHost host() {
      var time = InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));
      return new GitHost(new LocalRoots(List.of(folder)), time);
    }

    @Override
    RepositoryRef repository(String defaultBranch, Map<String, String> files) throws Exception {
      return keep(TestRepository.with(next(), bare, defaultBranch, files));
    }

    @Override
    RepositoryRef emptyRepository() throws Exception {
      return keep(TestRepository.empty(next(), bare, "main"));
    }

    private Path next() {
      return folder.resolve("shop-" + made.size());
    }

    private RepositoryRef keep(TestRepository repository) {
      made.put(repository.ref().label(), repository);
      return repository.ref();
    }

    private TestRepository of(RepositoryRef ref) {
      return Objects.requireNonNull(made.get(ref.label()));
    }

    @Override
    String push(RepositoryRef ref, String branch, Map<String, String> files) throws Exception {
      return of(ref).commit(branch, files);
    }

    @Override
    String pushLinkAndSubmodule(RepositoryRef ref, String branch, String target) throws Exception {
      of(ref).commitBytes(branch, "link", FileMode.SYMLINK, target.getBytes(UTF_8));
      return of(ref).commitSubmodule(branch, "module");
    }

    @Override
    String pushExecutable(RepositoryRef ref, String branch) throws Exception {
      return of(ref)
          .commitBytes(branch, "tool.sh", FileMode.EXECUTABLE_FILE, "echo\n".getBytes(UTF_8));
    }

    @Override
    void branch(RepositoryRef ref, String name, String commit) throws Exception {
      of(ref).branch(name, commit);
    }

    @Override
    void deleteBranch(RepositoryRef ref, String branch) throws Exception {
      of(ref).deleteBranch(branch);
    }

    @Override
    boolean isExecutable(RepositoryRef ref, String branch, String path) throws Exception {
      return of(ref).mode(branch, path).equals(FileMode.EXECUTABLE_FILE);
    }

    @Override
    List<String> parents(RepositoryRef ref, String commit) throws Exception {
      return of(ref).parents(commit);
    }

    @AfterEach
    void git_finds_every_repository_sound() throws Exception {
      for (TestRepository repository : made.values()) {
        if (!bare) {
          assertThat(repository.isClean()).isTrue();
        }
        if (TestRepository.gitIsInstalled()) {
          assertThat(repository.git("fsck", "--strict", "--no-dangling"))
              .doesNotContain("error")
              .doesNotContain("warning");
        }
        if (TestRepository.gitIsInstalled() && !bare) {
          assertThat(repository.git("status", "--porcelain=v1")).isEmpty();
        }
      }
    }
  }
}
