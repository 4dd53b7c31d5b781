package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.CodeHostException.Code;
import dev.pryo.codehost.PullRequest.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a merge does to files that a person has before them.
class WorkingTreeMergeTest {

  private static final Person ADA = new Person("Ada", "ada@example.com");
  private static final String BRANCH = "pryo/exp-1";

  @TempDir Path folder;
  private GitHost host;
  private TestRepository shop;

  @BeforeEach
  void aShop() throws Exception {
    host =
        new GitHost(
            new LocalRoots(List.of(folder)),
            InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z")));
    shop =
        TestRepository.with(
            folder.resolve("shop"),
            false,
            "main",
            Map.of(
                "index.html", "Shop\n",
                "js/cart.js", "cart\n",
                "gone/old.html", "Old\n",
                "kept.html", "Kept\n"));
  }

  private PullRequest proposed(FileEdit... edits) {
    String base = host.inspect(shop.ref()).commit();
    host.commit(shop.ref(), new NewCommit(BRANCH, base, "Try", ADA, List.of(edits)));
    return host.openPullRequest(shop.ref(), new NewPullRequest(BRANCH, "main", "Try", ""));
  }

  /// Changes a file, deletes the only file of a folder, adds one in a new folder.
  private PullRequest proposed() {
    return proposed(edit("index.html", "Variant\n"), edit("new/page.html", "New\n"), gone());
  }

  private static FileEdit edit(String path, String text) {
    return new FileEdit(path, text.getBytes(UTF_8));
  }

  private static FileEdit gone() {
    return new FileEdit("gone/old.html", null);
  }

  private PullRequest merge(PullRequest pull) {
    return host.merge(shop.ref(), pull.number(), "Merge it", ADA);
  }

  private void assertMerged(PullRequest pull) throws Exception {
    assertFilesMerged(pull);
    assertThat(shop.isClean()).isTrue();
    if (TestRepository.gitIsInstalled()) {
      assertThat(shop.git("status", "--porcelain=v1")).isEmpty();
      assertThat(shop.git("log", "-1", "--format=%an %s")).isEqualTo("Ada Merge it\n");
      assertThat(shop.git("reflog", "-1", "--format=%gs"))
          .isEqualTo("merge pryo/exp-1: Merge made by Pryo\n");
    }
  }

  private void assertFilesMerged(PullRequest pull) throws Exception {
    assertThat(host.pullRequest(shop.ref(), pull.number()).state()).isEqualTo(State.MERGED);
    assertThat(shop.read("index.html")).isEqualTo("Variant\n");
    assertThat(shop.read("new/page.html")).isEqualTo("New\n");
    assertThat(shop.folder.resolve("gone")).doesNotExist();
    assertThat(shop.read("kept.html")).isEqualTo("Kept\n");
  }

  private void assertRefusedAsDirty(PullRequest pull, String... files) throws Exception {
    String before = shop.head("main");
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.DIRTY_WORKING_TREE);
    assertThat(failure.files()).containsExactly(files);
    assertThat(failure).hasMessageContainingAll(files);
    assertThat(shop.head("main")).isEqualTo(before);
    assertThat(host.pullRequest(shop.ref(), pull.number()).state()).isEqualTo(State.OPEN);
  }

  @Test
  void a_clean_working_tree_follows_the_merge() throws Exception {
    PullRequest pull = proposed();
    merge(pull);
    assertMerged(pull);
  }

  @Test
  void a_changed_file_is_in_the_way_even_if_the_merge_does_not_touch_it() throws Exception {
    PullRequest pull = proposed();
    shop.write("kept.html", "Mine\n");
    assertRefusedAsDirty(pull, "kept.html");
    assertThat(shop.read("kept.html")).isEqualTo("Mine\n");
    assertThat(shop.read("index.html")).isEqualTo("Shop\n");
    assertThat(shop.folder.resolve("new")).doesNotExist();
    shop.write("kept.html", "Kept\n");
    merge(pull);
    assertMerged(pull);
  }

  @Test
  void a_staged_a_deleted_and_an_executable_file_are_in_the_way() throws Exception {
    PullRequest pull = proposed();
    Files.delete(shop.folder.resolve("js/cart.js"));
    Files.setPosixFilePermissions(
        shop.folder.resolve("kept.html"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertRefusedAsDirty(pull, "js/cart.js", "kept.html");
  }

  @Test
  void an_untracked_file_stays_unless_the_merge_needs_its_place() throws Exception {
    PullRequest pull = proposed();
    shop.write("notes.txt", "Mine\n");
    shop.write("gone/mine.txt", "Mine\n");
    shop.write("new/page.html", "Mine\n");
    assertRefusedAsDirty(pull, "new/page.html");
    assertThat(shop.read("new/page.html")).isEqualTo("Mine\n");
    Files.delete(shop.folder.resolve("new/page.html"));
    merge(pull);
    assertThat(shop.read("new/page.html")).isEqualTo("New\n");
    assertThat(shop.read("notes.txt")).isEqualTo("Mine\n");
    assertThat(shop.read("gone/mine.txt")).isEqualTo("Mine\n");
  }

  @Test
  void an_ignored_file_in_the_way_is_not_overwritten_either() throws Exception {
    shop.commit("main", Map.of(".gitignore", "new/\n"));
    PullRequest pull = proposed();
    shop.write("new/page.html", "Mine\n");
    assertRefusedAsDirty(pull, "new/page.html");
  }

  @Test
  void a_file_where_a_folder_is_needed_and_a_folder_where_a_file_is_needed_are_in_the_way()
      throws Exception {
    PullRequest pull = proposed(edit("new/page.html", "New\n"), edit("page.html", "New\n"));
    shop.write("new", "Mine\n");
    shop.write("page.html/mine.txt", "Mine\n");
    assertRefusedAsDirty(pull, "new", "page.html");
  }

  @Test
  void a_link_put_in_place_of_a_folder_leads_no_write_and_no_deletion_out() throws Exception {
    PullRequest pull = proposed(gone(), edit("new/page.html", "New\n"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("old.html"), "Old\n");
    Files.delete(shop.folder.resolve("gone/old.html"));
    Files.delete(shop.folder.resolve("gone"));
    Files.createSymbolicLink(shop.folder.resolve("gone"), outside);
    Files.createSymbolicLink(shop.folder.resolve("new"), outside);
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.DIRTY_WORKING_TREE);
    assertThat(failure.files()).contains("new");
    assertThat(outside.resolve("old.html")).hasContent("Old\n");
    assertThat(outside.resolve("page.html")).doesNotExist();
  }

  @Test
  void a_working_tree_on_another_branch_is_left_alone() throws Exception {
    PullRequest pull = proposed();
    shop.branch("design", shop.head("main"));
    shop.checkOut("design");
    shop.write("kept.html", "Mine\n");
    host.merge(shop.ref().withDefaultBranch("main"), pull.number(), "Merge it", ADA);
    assertThat(host.pullRequest(shop.ref(), pull.number()).state()).isEqualTo(State.MERGED);
    assertThat(shop.read("index.html")).isEqualTo("Shop\n");
    assertThat(shop.read("kept.html")).isEqualTo("Mine\n");
  }

  @Test
  void a_branch_checked_out_in_another_working_tree_is_not_moved_under_it() throws Exception {
    PullRequest pull = proposed();
    shop.branch("design", shop.head("main"));
    Path linked = shop.gitDir().resolve("worktrees/other");
    Files.createDirectories(linked);
    Files.writeString(linked.resolve("HEAD"), "ref: refs/heads/main\n");
    shop.checkOut("design");
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(failure).hasMessageContainingAll("main", "other");
    assertThat(shop.head("main")).isEqualTo(pull.baseCommit());
  }

  @Test
  void a_commit_never_moves_a_checked_out_branch() throws Exception {
    String base = shop.head("main");
    shop.branch(BRANCH, base);
    shop.checkOut(BRANCH);
    var commit = new NewCommit(BRANCH, base, "Try", ADA, List.of(edit("index.html", "Variant\n")));
    CodeHostException failure =
        CodeHostContract.failure(() -> host.commit(shop.ref().withDefaultBranch("main"), commit));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(shop.head(BRANCH)).isEqualTo(base);
  }

  @Test
  void an_unfinished_merge_of_the_persons_own_is_left_alone() throws Exception {
    PullRequest pull = proposed();
    Files.writeString(shop.gitDir().resolve("MERGE_HEAD"), pull.headCommit() + "\n");
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.DIRTY_WORKING_TREE);
    assertThat(shop.head("main")).isEqualTo(pull.baseCommit());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_merge_that_died_among_the_files_is_finished_by_the_next_try(int written) throws Exception {
    PullRequest pull = proposed();
    List<Step> steps =
        List.of(
            () -> Files.delete(shop.folder.resolve("gone/old.html")),
            () -> shop.write("index.html", "Variant\n"),
            () -> shop.write("new/page.html", "New\n"));
    for (Step step : steps.subList(0, written)) {
      step.run();
    }
    merge(pull);
    assertMerged(pull);
  }

  private interface Step {
    void run() throws IOException;
  }

  @Test
  void a_merge_that_died_before_its_branch_moved_is_finished_by_the_next_try() throws Exception {
    PullRequest pull = proposed();
    String before = shop.head("main");
    merge(pull);
    Path main = shop.gitDir().resolve("refs/heads/main");
    Files.writeString(main, before + "\n"); // files and index are new, the branch is not
    assertThat(host.pullRequest(shop.ref(), pull.number()).state()).isEqualTo(State.OPEN);
    assertThat(shop.isClean()).isFalse();
    merge(pull);
    assertMerged(pull);
  }

  @Test
  void a_lock_left_behind_is_named() throws Exception {
    PullRequest pull = proposed();
    Path lock = Files.createFile(shop.gitDir().resolve("index.lock"));
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(failure).hasMessageContaining("index.lock");
    assertThat(shop.read("index.html")).isEqualTo("Shop\n");
    Files.delete(lock);
    merge(pull);
    assertMerged(pull);
  }

  @Test
  void a_branch_held_by_another_command_puts_the_files_back() throws Exception {
    PullRequest pull = proposed();
    Path lock = Files.createFile(shop.gitDir().resolve("refs/heads/main.lock"));
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(shop.read("index.html")).isEqualTo("Shop\n");
    assertThat(shop.read("gone/old.html")).isEqualTo("Old\n");
    assertThat(shop.folder.resolve("new")).doesNotExist();
    assertThat(shop.isClean()).isTrue();
    Files.delete(lock);
    merge(pull);
    assertMerged(pull);
  }

  @Test
  void submodules_and_links_stay_as_they_are() throws Exception {
    shop.commitBytes("main", "link", FileMode.SYMLINK, "kept.html".getBytes(UTF_8));
    shop.commitSubmodule("main", "module");
    shop.write("module/work.txt", "Mine\n");
    PullRequest pull = proposed();
    merge(pull);
    assertThat(host.pullRequest(shop.ref(), pull.number()).state()).isEqualTo(State.MERGED);
    assertThat(shop.read("index.html")).isEqualTo("Variant\n");
    assertThat(shop.read("module/work.txt")).isEqualTo("Mine\n");
    assertThat(Files.isSymbolicLink(shop.folder.resolve("link"))).isTrue();
    assertThat(Files.exists(shop.folder.resolve("kept.html"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void no_hook_runs() throws Exception {
    Path proof = folder.resolve("ran");
    for (String hook :
        List.of(
            "pre-commit",
            "commit-msg",
            "post-commit",
            "pre-merge-commit",
            "post-merge",
            "post-checkout",
            "post-index-change",
            "reference-transaction",
            "update")) {
      script(shop.gitDir().resolve("hooks").resolve(hook), proof);
    }
    PullRequest pull = proposed();
    merge(pull);
    assertFilesMerged(pull); // git itself would run them now
    assertThat(proof).doesNotExist();
  }

  @Test
  void no_program_that_the_settings_name_runs() throws Exception {
    Path proof = folder.resolve("ran");
    Path script = script(folder.resolve("evil.sh"), proof);
    Files.writeString(
        shop.gitDir().resolve("config"),
        """
        [core]
          fsmonitor = %1$s
          sshCommand = %1$s
          hooksPath = %2$s
          attributesFile = %2$s/attributes
          pager = %1$s
          editor = %1$s
        [diff]
          external = %1$s
        [diff "evil"]
          textconv = %1$s
        [merge "evil"]
          driver = %1$s
        [filter "evil"]
          clean = %1$s
          smudge = %1$s
          required = true
        """
            .formatted(script, folder),
        UTF_8,
        StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("attributes"), "* filter=evil diff=evil merge=evil\n");
    Files.createDirectories(shop.gitDir().resolve("info"));
    PullRequest pull = proposed();
    Files.setLastModifiedTime( // so that contents, not times, must be compared
        shop.folder.resolve("kept.html"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    merge(pull);
    assertFilesMerged(pull); // git itself would run them now
    assertThat(host.changes(shop.ref(), pull.baseCommit(), pull.headCommit()).diff())
        .contains("+Variant");
    assertThat(proof).doesNotExist();
  }

  @Test
  void a_file_that_needs_a_filter_is_left_to_git() throws Exception {
    Path proof = folder.resolve("ran");
    Path script = script(folder.resolve("evil.sh"), proof);
    shop.commit("main", Map.of(".gitattributes", "index.html filter=lfs\n"));
    Files.writeString(
        shop.gitDir().resolve("config"),
        "[filter \"lfs\"]\n  clean = %1$s\n  smudge = %1$s\n".formatted(script),
        StandardOpenOption.APPEND);
    PullRequest pull = proposed();
    Files.setLastModifiedTime(
        shop.folder.resolve("index.html"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    CodeHostException failure = CodeHostContract.failure(() -> merge(pull));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(failure.files()).containsExactly("index.html");
    assertThat(shop.read("index.html")).isEqualTo("Shop\n");
    assertThat(proof).doesNotExist();
  }

  @Test
  void line_ends_follow_the_repositorys_own_attributes() throws Exception {
    shop.commit("main", Map.of(".gitattributes", "index.html text eol=crlf\n"));
    shop.write("index.html", "Shop\r\n");
    PullRequest pull = proposed();
    merge(pull);
    assertThat(shop.read("index.html")).isEqualTo("Variant\r\n");
    assertThat(shop.read("new/page.html")).isEqualTo("New\n");
    assertThat(shop.isClean()).isTrue();
    if (TestRepository.gitIsInstalled()) {
      assertThat(shop.git("status", "--porcelain=v1")).isEmpty();
    }
  }

  @Test
  void two_merges_at_once_both_arrive() throws Exception {
    String base = shop.head("main");
    List<PullRequest> pulls = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      var edits = List.of(edit(name + ".html", name + "\n"));
      host.commit(shop.ref(), new NewCommit("pryo/exp-" + name, base, name, ADA, edits));
      pulls.add(
          host.openPullRequest(
              shop.ref(), new NewPullRequest("pryo/exp-" + name, "main", name, "")));
    }
    List<Thread> threads =
        pulls.stream().map(pull -> Thread.ofVirtual().start(() -> merge(pull))).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    for (PullRequest pull : pulls) {
      assertThat(host.pullRequest(shop.ref(), pull.number()).state()).isEqualTo(State.MERGED);
      assertThat(shop.read(pull.title() + ".html")).isEqualTo(pull.title() + "\n");
    }
    assertThat(shop.isClean()).isTrue();
  }

  private static Path script(Path file, Path proof) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\ntouch " + proof + "\ncat\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
