package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.CodeHostException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only repositories of this machine have: a HEAD that may point anywhere, several processes
/// at once, damage, and a first commit by Pryo.
class GitHostDetailsTest {

  private static final Person ADA = new Person("Ada", "ada@example.com");
  private static final Map<String, String> SHOP = Map.of("index.html", "Shop\n");

  @TempDir Path folder;

  private GitHost host() {
    return new GitHost(
        new LocalRoots(List.of(folder)),
        InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z")));
  }

  private TestRepository shop() throws Exception {
    return TestRepository.with(folder.resolve("shop"), true, "trunk", SHOP);
  }

  @Test
  void the_branch_that_was_cloned_goes_before_the_one_that_is_checked_out() throws Exception {
    TestRepository shop = shop();
    shop.branch("design", shop.head("trunk"));
    Files.writeString(shop.gitDir().resolve("HEAD"), "ref: refs/heads/design\n");
    assertThat(host().inspect(shop.ref()).branch()).isEqualTo("design");
    Path origin = Files.createDirectories(shop.gitDir().resolve("refs/remotes/origin"));
    Files.writeString(origin.resolve("trunk"), shop.head("trunk") + "\n");
    Files.writeString(origin.resolve("HEAD"), "ref: refs/remotes/origin/trunk\n");
    assertThat(host().inspect(shop.ref()).branch()).isEqualTo("trunk");
  }

  @Test
  void a_head_that_points_nowhere_is_answered_by_the_only_branch_or_by_a_question()
      throws Exception {
    TestRepository shop = shop();
    Files.writeString(shop.gitDir().resolve("HEAD"), "ref: refs/heads/main\n");
    assertThat(host().inspect(shop.ref()).branch()).isEqualTo("trunk");
    shop.branch("release/2", shop.head("trunk"));
    for (String head : List.of("ref: refs/heads/main\n", shop.head("trunk") + "\n")) {
      Files.writeString(shop.gitDir().resolve("HEAD"), head);
      CodeHostException failure = CodeHostContract.failure(() -> host().inspect(shop.ref()));
      assertThat(failure.code()).isEqualTo(Code.BRANCH_NOT_FOUND);
      assertThat(failure).hasMessageContainingAll("default_branch", "trunk", "release/2");
    }
  }

  @Test
  void many_who_open_at_once_get_one_pull_request_for_each_branch() throws Exception {
    TestRepository shop = shop();
    String base = shop.head("trunk");
    List<Callable<PullRequest>> calls = new ArrayList<>();
    for (String branch : List.of("pryo/exp-a", "pryo/exp-b", "pryo/exp-c")) {
      var edits = List.of(new FileEdit("new.html", branch.getBytes(UTF_8)));
      host().commit(shop.ref(), new NewCommit(branch, base, "Try", ADA, edits));
      var request = new NewPullRequest(branch, "trunk", branch, "");
      for (int i = 0; i < 6; i++) {
        GitHost another = host(); // as another process would, it shares no lock
        calls.add(() -> another.openPullRequest(shop.ref(), request));
      }
    }
    Set<String> opened = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<PullRequest> call : threads.invokeAll(calls)) {
        opened.add(call.get().number() + " " + call.get().head());
      }
    }
    assertThat(opened).hasSize(3);
    assertThat(opened.stream().map(pull -> pull.substring(0, 1))).containsOnly("1", "2", "3");
  }

  @Test
  void a_missing_object_and_a_file_in_the_wrong_place_are_told_in_a_sentence() throws Exception {
    TestRepository shop = shop();
    String tree = shop.parsed(shop.head("trunk")).getTree().name();
    Files.delete(
        shop.gitDir().resolve("objects").resolve(tree.substring(0, 2)).resolve(tree.substring(2)));
    CodeHostException failure =
        CodeHostContract.failure(() -> host().file(shop.ref(), null, "index.html"));
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure).hasMessageContaining("git fsck");
  }

  @Test
  void a_file_too_large_to_read_is_named() throws Exception {
    TestRepository shop = shop();
    shop.commit("trunk", Map.of("big.txt", "x".repeat((16 << 20) + 1)));
    CodeHostException failure =
        CodeHostContract.failure(() -> host().file(shop.ref(), null, "big.txt"));
    assertThat(failure.code()).isEqualTo(Code.FILE_TOO_LARGE);
    assertThat(failure).hasMessageContaining("big.txt");
  }

  @Test
  void a_ref_that_pryo_did_not_write_is_no_pull_request() throws Exception {
    TestRepository shop = shop();
    Path pulls = Files.createDirectories(shop.gitDir().resolve("refs/pryo/pulls"));
    Files.writeString(pulls.resolve("1"), shop.head("trunk") + "\n");
    CodeHostException failure = CodeHostContract.failure(() -> host().pullRequest(shop.ref(), 1));
    assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
    assertThat(failure).hasMessageContaining("refs/pryo/pulls/1");
  }

  @Test
  void a_new_repository_is_made_once_and_whole() throws Exception {
    Path site = folder.resolve("new shop");
    Files.createDirectories(folder.resolve("new shop.new/half")); // what a crash left behind
    var files =
        List.of(
            new FileEdit("index.html", "Shop\n".getBytes(UTF_8)),
            new FileEdit("js/cart.js", "cart\n".getBytes(UTF_8)));
    RepositoryRef ref = host().create(site, "main", files, "The shop as it opened", ADA);
    Head head = host().inspect(ref);
    assertThat(head.branch()).isEqualTo("main");
    try (Snapshot snapshot = host().snapshot(ref, head.commit())) {
      assertThat(snapshot.paths()).containsExactly("index.html", "js/cart.js");
    }
    assertThat(host().create(site, "main", List.of(), "Another", ADA)).isEqualTo(ref);
    assertThat(host().inspect(ref)).isEqualTo(head);
    assertThat(folder.resolve("new shop.new")).doesNotExist();
  }
}
