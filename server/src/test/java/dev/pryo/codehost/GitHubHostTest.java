package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The contract on GitHub, through a fake whose every answer GitHub's own description allows.
class GitHubHostTest extends CodeHostContract {
  @TempDir Path folder;
  private FakeGitHub github;
  private GitHubHost host;
  private int made;

  @BeforeEach
  void connect() {
    FakeGitHub.require();
    github = FakeGitHub.start(folder);
    var access = new TestAccess(github.token("ada"));
    host =
        new GitHub(
                github.web(),
                github.api(),
                InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z")))
            .host(access, access);
  }

  @AfterEach
  void nothing_was_unlike_github() {
    github.close();
    assertThat(github.complaints()).isEmpty();
  }

  @Override
  CodeHost host() {
    return host;
  }

  @Override
  RepositoryRef repository(String defaultBranch, Map<String, String> files) {
    String name = "kites/shop-" + made++;
    github.repository(name, defaultBranch, files, "ada");
    return new RepositoryRef("github", name, null, null, null);
  }

  @Override
  RepositoryRef emptyRepository() {
    return repository("main", Map.of());
  }

  private FakeRepository of(RepositoryRef ref) {
    return Objects.requireNonNull(github.repository(Objects.requireNonNull(ref.fullName())));
  }

  @Override
  String push(RepositoryRef ref, String branch, Map<String, String> files) throws Exception {
    return of(ref).push(branch, files);
  }

  @Override
  String pushLinkAndSubmodule(RepositoryRef ref, String branch, String target) throws Exception {
    of(ref).git.commitBytes(branch, "link", FileMode.SYMLINK, target.getBytes(UTF_8));
    return of(ref).git.commitSubmodule(branch, "module");
  }

  @Override
  String pushExecutable(RepositoryRef ref, String branch) throws Exception {
    return of(ref)
        .git
        .commitBytes(branch, "tool.sh", FileMode.EXECUTABLE_FILE, "echo\n".getBytes(UTF_8));
  }

  @Override
  void branch(RepositoryRef ref, String name, String commit) throws Exception {
    of(ref).git.branch(name, commit);
  }

  @Override
  void deleteBranch(RepositoryRef ref, String branch) throws Exception {
    of(ref).deleteBranch(branch);
  }

  @Override
  void restore(RepositoryRef ref, PullRequest pull) throws Exception {
    super.restore(ref, pull);
    of(ref).reopen(pull.number());
  }

  @Override
  boolean isExecutable(RepositoryRef ref, String branch, String path) throws Exception {
    return of(ref).git.mode(branch, path).equals(FileMode.EXECUTABLE_FILE);
  }

  @Override
  List<String> parents(RepositoryRef ref, String commit) throws Exception {
    return of(ref).git.parents(commit);
  }

  @Override
  PullRequest mergeByHand(RepositoryRef ref, int number) throws Exception {
    of(ref).merge(number, FakeRepository.Way.MERGE);
    return host().merge(ref, number, "Merge it", ADA);
  }
}
