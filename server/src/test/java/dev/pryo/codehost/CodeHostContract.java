package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pryo.codehost.Changes.ChangedFile;
import dev.pryo.codehost.Changes.Status;
import dev.pryo.codehost.CodeHostException.Code;
import dev.pryo.codehost.PullRequest.State;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every code host promises. A subclass gives the host, fresh repositories, and the hands of
/// somebody else who works in them.
abstract class CodeHostContract {

  static final Person ADA = new Person("Ada", "ada@example.com");
  static final String BRANCH = "pryo/exp-1";
  static final Map<String, String> SHOP =
      Map.of(
          "index.html", "<h1>Shop</h1>\n<button>Add to cart</button>\n",
          "js/cart.js", "export const total = 0;\n",
          "old.html", "<p>Old</p>\n");

  abstract CodeHost host();

  /// A repository whose default branch has these files in one commit.
  abstract RepositoryRef repository(String defaultBranch, Map<String, String> files)
      throws Exception;

  abstract RepositoryRef emptyRepository() throws Exception;

  /// Somebody commits whole files to a branch.
  abstract String push(RepositoryRef ref, String branch, Map<String, String> files)
      throws Exception;

  /// Somebody commits `link`, a symbolic link to `target`, and `module`, a submodule.
  abstract String pushLinkAndSubmodule(RepositoryRef ref, String branch, String target)
      throws Exception;

  /// Somebody commits `tool.sh`, an executable file.
  abstract String pushExecutable(RepositoryRef ref, String branch) throws Exception;

  abstract void branch(RepositoryRef ref, String name, String commit) throws Exception;

  abstract void deleteBranch(RepositoryRef ref, String branch) throws Exception;

  abstract boolean isExecutable(RepositoryRef ref, String branch, String path) throws Exception;

  abstract List<String> parents(RepositoryRef ref, String commit) throws Exception;

  /// A person merges. A host whose own page is the place for that answers by that page's way.
  PullRequest mergeByHand(RepositoryRef ref, int number) throws Exception {
    return host().merge(ref, number, "Merge it", ADA);
  }

  /// Somebody brings back the branch of a pull request that was closed by its deletion.
  void restore(RepositoryRef ref, PullRequest pull) throws Exception {
    branch(ref, BRANCH, pull.headCommit());
  }

  @Test
  void the_default_branch_is_found_whatever_its_name() throws Exception {
    for (String name : List.of("main", "trunk", "release/2026")) {
      RepositoryRef ref = repository(name, SHOP);
      Head head = host().inspect(ref);
      assertThat(head.branch()).isEqualTo(name);
      assertThat(head.commit()).matches("[0-9a-f]{40}");
    }
  }

  @Test
  void a_named_branch_is_looked_at_instead() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    branch(ref, "next/design", host().inspect(ref).commit());
    String commit = push(ref, "next/design", Map.of("new.html", "New\n"));
    assertThat(host().inspect(ref.withDefaultBranch("next/design")))
        .isEqualTo(new Head("next/design", commit));
  }

  @Test
  void an_empty_repository_is_said_to_be_empty() throws Exception {
    RepositoryRef ref = emptyRepository();
    assertThat(failure(() -> host().inspect(ref)).code()).isEqualTo(Code.EMPTY_REPOSITORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "main~1", "main@{0}", "HEAD", "../main", "", "a b", ":/Work"})
  void a_branch_that_is_not_there_is_named(String branch) throws Exception {
    RepositoryRef ref = repository("main", SHOP).withDefaultBranch(branch);
    CodeHostException failure = failure(() -> host().inspect(ref));
    assertThat(failure.code()).isEqualTo(Code.BRANCH_NOT_FOUND);
    assertThat(failure).hasMessageContaining(branch).hasMessageContaining("main");
  }

  @Test
  void the_apps_folder_must_be_there() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    assertThat(host().inspect(ref.withAppRoot("js")).branch()).isEqualTo("main");
    for (String missing : List.of("apps/web", "index.html", "js/", "../js")) {
      CodeHostException failure = failure(() -> host().inspect(ref.withAppRoot(missing)));
      assertThat(failure.code()).isEqualTo(Code.APP_ROOT_NOT_FOUND);
      assertThat(failure).hasMessageContaining(missing);
    }
  }

  @Test
  void a_snapshot_holds_the_files_of_one_commit() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String commit = host().inspect(ref).commit();
    push(ref, "main", Map.of("index.html", "changed\n", "later.html", "later\n"));
    try (Snapshot snapshot = host().snapshot(ref, commit)) {
      assertThat(snapshot.commit()).isEqualTo(commit);
      assertThat(snapshot.paths()).containsExactly("index.html", "js/cart.js", "old.html");
      assertThat(text(snapshot, "index.html")).isEqualTo(SHOP.get("index.html"));
      assertThat(snapshot.read("later.html")).isEmpty();
      assertThat(snapshot.read("js")).isEmpty();
      assertThat(snapshot.read("../index.html")).isEmpty();
    }
  }

  @Test
  void symlinks_and_submodules_are_named_but_neither_listed_nor_followed() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String commit = pushLinkAndSubmodule(ref, "main", "js");
    try (Snapshot snapshot = host().snapshot(ref, commit)) {
      assertThat(snapshot.paths()).containsExactly("index.html", "js/cart.js", "old.html");
      assertThat(snapshot.others())
          .containsExactly(
              Map.entry("link", Snapshot.Other.SYMLINK),
              Map.entry("module", Snapshot.Other.SUBMODULE));
      assertThat(snapshot.read("link")).isEmpty();
      assertThat(snapshot.read("link/cart.js")).isEmpty();
    }
    for (String path : List.of("link", "link/cart.js", "module", "module/README.md")) {
      assertThat(host().file(ref, null, path)).as(path).isEmpty();
      assertThat(failure(() -> commit(ref, commit, path, "x")).code())
          .as(path)
          .isEqualTo(Code.PATH_NOT_ALLOWED);
    }
  }

  @Test
  void a_file_that_lies_in_git_lfs_is_neither_read_nor_written() throws Exception {
    String pointer =
        """
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345
        """;
    RepositoryRef ref = repository("main", Map.of("index.html", "Hi\n", "photo.svg", pointer));
    String commit = host().inspect(ref).commit();
    try (Snapshot snapshot = host().snapshot(ref, commit)) {
      assertThat(snapshot.paths()).contains("photo.svg");
      assertThat(snapshot.read("photo.svg")).isEmpty();
    }
    CodeHostException failure = failure(() -> commit(ref, commit, "photo.svg", "<svg/>"));
    assertThat(failure.code()).isEqualTo(Code.PATH_NOT_ALLOWED);
    assertThat(failure).hasMessageContaining("Git LFS");
  }

  @Test
  void two_files_whose_names_differ_in_case_alone_stay_two() throws Exception {
    RepositoryRef ref = repository("main", Map.of("Page.html", "Upper\n", "page.html", "Lower\n"));
    String commit = commit(ref, host().inspect(ref).commit(), "page.html", "Variant\n");
    try (Snapshot snapshot = host().snapshot(ref, commit)) {
      assertThat(text(snapshot, "Page.html")).isEqualTo("Upper\n");
      assertThat(text(snapshot, "page.html")).isEqualTo("Variant\n");
    }
  }

  @Test
  void a_file_of_more_than_a_megabyte_is_read_and_written_whole() throws Exception {
    String large = "line of a large file\n".repeat(80_000);
    RepositoryRef ref = repository("main", Map.of("large.txt", large));
    String base = host().inspect(ref).commit();
    try (Snapshot snapshot = host().snapshot(ref, base)) {
      assertThat(text(snapshot, "large.txt")).isEqualTo(large);
    }
    commit(ref, base, "large.txt", large + "more\n");
    assertThat(file(ref, BRANCH, "large.txt")).isEqualTo(large + "more\n");
  }

  @Test
  void a_snapshot_of_no_commit_is_refused() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    for (String id : List.of("0".repeat(39) + "1", "main", "abc", "HEAD")) {
      assertThat(failure(() -> host().snapshot(ref, id)).code()).isEqualTo(Code.COMMIT_NOT_FOUND);
    }
  }

  @Test
  void one_file_is_read_from_the_head_of_any_branch() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    commit(ref, host().inspect(ref).commit(), "index.html", "Variant\n");
    assertThat(file(ref, null, "index.html")).isEqualTo(SHOP.get("index.html"));
    assertThat(file(ref, BRANCH, "index.html")).isEqualTo("Variant\n");
    assertThat(host().file(ref, BRANCH, "nothing.html")).isEmpty();
    for (String path : List.of("", "/", "/index.html", "js", "js/", "js//cart.js", "../a")) {
      assertThat(host().file(ref, null, path)).as(path).isEmpty();
    }
    assertThat(failure(() -> host().file(ref, "gone", "index.html")).code())
        .isEqualTo(Code.BRANCH_NOT_FOUND);
  }

  @Test
  void a_commit_changes_what_it_says_on_its_own_branch() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    var edits =
        List.of(
            new FileEdit("index.html", "Variant\n".getBytes(UTF_8)),
            new FileEdit("js/new/variant.js", "export {};\n".getBytes(UTF_8)),
            new FileEdit("old.html", null));
    String commit = host().commit(ref, new NewCommit(BRANCH, base, "Try a variant", ADA, edits));

    assertThat(parents(ref, commit)).containsExactly(base);
    assertThat(host().inspect(ref)).isEqualTo(new Head("main", base));
    try (Snapshot snapshot = host().snapshot(ref, commit)) {
      assertThat(snapshot.paths()).containsExactly("index.html", "js/cart.js", "js/new/variant.js");
      assertThat(text(snapshot, "index.html")).isEqualTo("Variant\n");
      assertThat(text(snapshot, "js/cart.js")).isEqualTo(SHOP.get("js/cart.js"));
    }
  }

  @Test
  void a_commit_repeated_is_the_same_commit() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    String first = commit(ref, base, "index.html", "Variant\n");
    push(ref, "main", Map.of("other.html", "x\n"));
    assertThat(commit(ref, base, "index.html", "Variant\n")).isEqualTo(first);
    assertThat(host().inspect(ref.withDefaultBranch(BRANCH)).commit()).isEqualTo(first);
  }

  @Test
  void a_branch_with_other_content_is_a_conflict_and_stays() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    String first = commit(ref, base, "index.html", "Variant\n");
    CodeHostException failure = failure(() -> commit(ref, base, "index.html", "Another\n"));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(failure).hasMessageContaining(BRANCH);
    assertThat(host().inspect(ref.withDefaultBranch(BRANCH)).commit()).isEqualTo(first);
  }

  @Test
  void another_commit_follows_on_the_same_branch() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String first = commit(ref, host().inspect(ref).commit(), "index.html", "Variant\n");
    String second = commit(ref, first, "index.html", "Better variant\n");
    assertThat(parents(ref, second)).containsExactly(first);
    assertThat(commit(ref, first, "index.html", "Better variant\n")).isEqualTo(second);
    assertThat(file(ref, BRANCH, "index.html")).isEqualTo("Better variant\n");
  }

  @Test
  void the_default_branch_is_never_committed_to() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    var edits = List.of(new FileEdit("index.html", new byte[] {'x'}));
    CodeHostException failure =
        failure(() -> host().commit(ref, new NewCommit("main", base, "No", ADA, edits)));
    assertThat(failure.code()).isEqualTo(Code.PATH_NOT_ALLOWED);
    assertThat(host().inspect(ref).commit()).isEqualTo(base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/etc/passwd", "../up.html", "a/../b.html", "a//b.html", "a/", ".git/config",
        "a/.GIT/hooks/x", ".git./x", "a\\b.html", "js", "index.html/inside.html", "con", "a\0b"
      })
  void an_unsafe_path_is_not_written(String path) throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    CodeHostException failure = failure(() -> commit(ref, base, path, "x"));
    assertThat(failure.code()).isEqualTo(Code.PATH_NOT_ALLOWED);
    assertThat(failure.files()).containsExactly(path);
    assertThat(failure(() -> host().inspect(ref.withDefaultBranch(BRANCH))).code())
        .isEqualTo(Code.BRANCH_NOT_FOUND);
  }

  @Test
  void a_change_that_contradicts_itself_is_not_written() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    var x = new byte[] {'x'};
    for (var edits :
        List.of(
            List.of(new FileEdit("a.html", x), new FileEdit("a.html", x)),
            List.of(new FileEdit("a", x), new FileEdit("a/b.html", x)),
            List.of(new FileEdit("missing.html", null)))) {
      var commit = new NewCommit(BRANCH, base, "Try", ADA, edits);
      assertThat(failure(() -> host().commit(ref, commit)).code()).isEqualTo(Code.PATH_NOT_ALLOWED);
    }
  }

  @Test
  void a_change_of_nothing_is_said_to_be_none() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    assertThat(failure(() -> commit(ref, base, "old.html", "<p>Old</p>\n")).code())
        .isEqualTo(Code.NOTHING_CHANGED);
  }

  @Test
  void an_executable_file_stays_one_and_a_new_file_is_plain() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = pushExecutable(ref, "main");
    var x = "echo changed\n".getBytes(UTF_8);
    var edits = List.of(new FileEdit("tool.sh", x), new FileEdit("new.sh", x));
    host().commit(ref, new NewCommit(BRANCH, base, "Tools", ADA, edits));
    assertThat(isExecutable(ref, BRANCH, "tool.sh")).isTrue();
    assertThat(isExecutable(ref, BRANCH, "new.sh")).isFalse();
  }

  @Test
  void a_branch_has_one_pull_request_however_often_it_is_opened() throws Exception {
    RepositoryRef ref = repository("trunk", SHOP);
    PullRequest first = proposed(ref, "index.html", "Variant\n");
    PullRequest again =
        host().openPullRequest(ref, new NewPullRequest(BRANCH, "trunk", "Other words", "x"));
    // a host may find out only later whether it can be merged
    assertThat(List.of(again, host().pullRequest(ref, first.number())))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("conflicted")
        .containsExactly(first, first);
    assertThat(first.state()).isIn(State.OPEN, State.DRAFT);
    assertThat(first.head()).isEqualTo(BRANCH);
    assertThat(first.base()).isEqualTo("trunk");
    assertThat(first.title()).isEqualTo("Try \"Buy now\"");
    assertThat(first.body()).isEqualTo("What changes:\n\n- the button\n\nBase: nothing\n");
  }

  @Test
  void two_branches_have_two_numbers() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    PullRequest first = proposed(ref, "index.html", "Variant\n");
    var edits = List.of(new FileEdit("old.html", null));
    host().commit(ref, new NewCommit("pryo/exp-2", base, "Tidy", ADA, edits));
    PullRequest second =
        host().openPullRequest(ref, new NewPullRequest("pryo/exp-2", "main", "Tidy", ""));
    assertThat(second.number()).isNotEqualTo(first.number());
    assertThat(second.body()).isEmpty();
    assertThat(failure(() -> host().pullRequest(ref, 4711)).code())
        .isEqualTo(Code.PULL_REQUEST_NOT_FOUND);
  }

  @Test
  void a_pull_request_without_a_branch_or_a_change_is_not_opened() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    var absent = new NewPullRequest(BRANCH, "main", "Nothing", "");
    assertThat(failure(() -> host().openPullRequest(ref, absent)).code())
        .isEqualTo(Code.BRANCH_NOT_FOUND);
    branch(ref, BRANCH, host().inspect(ref).commit());
    assertThat(failure(() -> host().openPullRequest(ref, absent)).code())
        .isEqualTo(Code.NOTHING_CHANGED);
  }

  @Test
  void a_pull_request_is_closed_when_its_branch_is_gone_and_merged_when_it_was_merged()
      throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    deleteBranch(ref, BRANCH);
    assertThat(host().pullRequest(ref, open.number()).state()).isEqualTo(State.CLOSED);
    restore(ref, open);
    assertThat(host().pullRequest(ref, open.number()).state()).isIn(State.OPEN, State.DRAFT);
    mergeByHand(ref, open.number());
    deleteBranch(ref, BRANCH);
    assertThat(host().pullRequest(ref, open.number()).state()).isEqualTo(State.MERGED);
  }

  @Test
  void a_branch_put_back_to_where_it_began_is_not_taken_for_merged() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    deleteBranch(ref, BRANCH);
    branch(ref, BRANCH, open.baseCommit());
    assertThat(host().pullRequest(ref, open.number()).state()).isIn(State.OPEN, State.CLOSED);
  }

  @Test
  void changes_are_shown_from_where_the_branch_began() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    var edits =
        List.of(
            new FileEdit("index.html", "<h1>Shop</h1>\n<button>Buy now</button>\n".getBytes(UTF_8)),
            new FileEdit("js/variant.js", "export {};\n".getBytes(UTF_8)),
            new FileEdit("old.html", null));
    String head = host().commit(ref, new NewCommit(BRANCH, base, "Try", ADA, edits));
    push(ref, "main", Map.of("foreign.html", "not ours\n"));

    Changes changes = host().changes(ref, "main", BRANCH);
    assertThat(changes.base()).isEqualTo(base);
    assertThat(changes.head()).isEqualTo(head);
    assertThat(changes.files())
        .containsExactly(
            new ChangedFile("index.html", Status.MODIFIED, 1, 1),
            new ChangedFile("js/variant.js", Status.ADDED, 1, 0),
            new ChangedFile("old.html", Status.DELETED, 0, 1));
    assertThat(changes.diff())
        .startsWith("diff --git a/index.html b/index.html\n")
        .contains(
            """
            --- a/index.html
            +++ b/index.html
            @@ -1,2 +1,2 @@
             <h1>Shop</h1>
            -<button>Add to cart</button>
            +<button>Buy now</button>
            """)
        .contains("--- /dev/null\n+++ b/js/variant.js\n@@ -0,0 +1 @@\n+export {};\n")
        .contains("--- a/old.html\n+++ /dev/null\n@@ -1 +0,0 @@\n-<p>Old</p>\n")
        .doesNotContain("foreign");
  }

  @Test
  void the_changes_of_a_pull_request_stay_after_its_merge() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    push(ref, "main", Map.of("foreign.html", "not ours\n"));
    Changes before = host().changes(ref, open.baseCommit(), open.headCommit());
    PullRequest merged = mergeByHand(ref, open.number());
    deleteBranch(ref, BRANCH);
    Changes after = host().changes(ref, merged.baseCommit(), merged.headCommit());
    assertThat(after).isEqualTo(before);
    assertThat(after.files()).extracting(ChangedFile::path).containsExactly("index.html");
  }

  @Test
  void a_diff_that_grows_too_long_says_what_it_leaves_out() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    var edits =
        List.of(
            new FileEdit("a.txt", "line\n".repeat(300_000).getBytes(UTF_8)),
            new FileEdit("b.bin", new byte[] {0, 1, 2, 0}),
            new FileEdit("c.txt", "small\n".getBytes(UTF_8)));
    host().commit(ref, new NewCommit(BRANCH, base, "Much", ADA, edits));
    Changes changes = host().changes(ref, "main", BRANCH);
    assertThat(changes.files())
        .containsExactly(
            new ChangedFile("a.txt", Status.ADDED, 300_000, 0),
            new ChangedFile("b.bin", Status.ADDED, 0, 0),
            new ChangedFile("c.txt", Status.ADDED, 1, 0));
    assertThat(changes.diff())
        .contains("+small\n")
        .endsWith("# Left out because the diff would be too long: a.txt\n")
        .hasSizeLessThan(2_000);
  }

  @Test
  void a_merge_joins_both_sides_and_is_done_once() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    String foreign = push(ref, "main", Map.of("foreign.html", "not ours\n"));

    PullRequest merged = mergeByHand(ref, open.number());
    assertThat(merged.state()).isEqualTo(State.MERGED);
    String commit = host().inspect(ref).commit();
    assertThat(parents(ref, commit)).containsExactly(foreign, open.headCommit());
    assertThat(file(ref, null, "index.html")).isEqualTo("Variant\n");
    assertThat(file(ref, null, "foreign.html")).isEqualTo("not ours\n");

    assertThat(mergeByHand(ref, open.number())).isEqualTo(merged);
    assertThat(host().inspect(ref).commit()).isEqualTo(commit);
  }

  @Test
  void a_merge_is_a_merge_commit_even_where_the_branch_could_just_move() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    mergeByHand(ref, open.number());
    assertThat(parents(ref, host().inspect(ref).commit()))
        .containsExactly(open.baseCommit(), open.headCommit());
  }

  @Test
  void lines_changed_by_both_sides_are_a_conflict_and_nothing_moves() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    String foreign = push(ref, "main", Map.of("index.html", "Another\n", "js/cart.js", "ok\n"));
    CodeHostException failure = failure(() -> mergeByHand(ref, open.number()));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(failure.files()).containsExactly("index.html");
    assertThat(failure).hasMessageContaining("index.html");
    assertThat(host().inspect(ref).commit()).isEqualTo(foreign);
    assertThat(host().pullRequest(ref, open.number()).state()).isIn(State.OPEN, State.DRAFT);
  }

  @Test
  void a_base_branch_in_the_way_is_told_with_the_files() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "<h1>Shop</h1>\n<button>Buy now</button>\n");
    assertThat(open.conflicted()).isFalse();
    push(ref, "main", Map.of("js/cart.js", "export const total = 1;\n"));
    assertThat(host().pullRequest(ref, open.number()).conflicted()).isFalse();
    assertThat(host().conflicts(ref, open.number())).isEmpty();

    push(ref, "main", Map.of("index.html", "<h1>Shop</h1>\n<button>Order</button>\n"));
    PullRequest now = host().pullRequest(ref, open.number());
    assertThat(now.conflicted()).isTrue();
    assertThat(now.state()).isEqualTo(open.state());
    assertThat(host().conflicts(ref, open.number())).containsExactly("index.html");
  }

  @Test
  void one_file_changed_by_both_in_different_places_is_in_nobodys_way() throws Exception {
    String page = "<h1>Shop</h1>\n<p>One</p>\n<p>Two</p>\n<p>Three</p>\n<button>Add</button>\n";
    RepositoryRef ref = repository("main", Map.of("index.html", page));
    PullRequest open = proposed(ref, "index.html", page.replace("Add", "Buy"));
    push(ref, "main", Map.of("index.html", page.replace("<h1>Shop", "<h1>The shop")));
    assertThat(host().pullRequest(ref, open.number()).conflicted()).isFalse();
    assertThat(host().conflicts(ref, open.number())).isEmpty();
  }

  @Test
  void a_file_that_one_side_changed_and_the_other_deleted_is_in_the_way() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String base = host().inspect(ref).commit();
    var edits = List.of(new FileEdit("old.html", null));
    host().commit(ref, new NewCommit(BRANCH, base, "Tidy", ADA, edits));
    PullRequest open = host().openPullRequest(ref, new NewPullRequest(BRANCH, "main", "Tidy", ""));
    push(ref, "main", Map.of("old.html", "<p>Older</p>\n"));
    assertThat(host().pullRequest(ref, open.number()).conflicted()).isTrue();
    assertThat(host().conflicts(ref, open.number())).containsExactly("old.html");
  }

  @Test
  void a_commit_that_takes_the_base_branch_in_ends_the_conflict() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    String moved = push(ref, "main", Map.of("index.html", "Another\n", "new.html", "New\n"));
    NewCommit again = onto(open.headCommit(), moved, "Variant of another\n");
    String commit = host().commit(ref, again);

    assertThat(parents(ref, commit)).containsExactly(open.headCommit(), moved);
    assertThat(host().commit(ref, again)).as("written once").isEqualTo(commit);
    PullRequest now = host().pullRequest(ref, open.number());
    assertThat(now.headCommit()).isEqualTo(commit);
    assertThat(now.conflicted()).isFalse();
    assertThat(host().openPullRequest(ref, new NewPullRequest(BRANCH, "main", "x", "")).number())
        .as("on the same pull request")
        .isEqualTo(open.number());
    Changes changes = host().changes(ref, "main", BRANCH);
    assertThat(changes.base()).isEqualTo(moved);
    assertThat(changes.files())
        .containsExactly(new ChangedFile("index.html", Status.MODIFIED, 1, 1));

    mergeByHand(ref, open.number());
    assertThat(file(ref, null, "index.html")).isEqualTo("Variant of another\n");
    assertThat(file(ref, null, "new.html")).isEqualTo("New\n");
  }

  @Test
  void what_somebody_pushed_to_the_branch_is_not_lost_by_taking_the_base_in() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    String moved = push(ref, "main", Map.of("index.html", "Another\n"));
    String byHand = push(ref, BRANCH, Map.of("index.html", "By hand\n"));
    CodeHostException failure =
        failure(() -> host().commit(ref, onto(open.headCommit(), moved, "Variant of another\n")));
    assertThat(failure.code()).isEqualTo(Code.CONFLICT);
    assertThat(host().inspect(ref.withDefaultBranch(BRANCH)).commit()).isEqualTo(byHand);
  }

  private static NewCommit onto(String parent, String base, String content) {
    var edits = List.of(new FileEdit("index.html", content.getBytes(UTF_8)));
    return new NewCommit(BRANCH, parent, base, "Write it again", ADA, edits);
  }

  @Test
  void a_closed_pull_request_is_not_merged() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest open = proposed(ref, "index.html", "Variant\n");
    deleteBranch(ref, BRANCH);
    assertThat(failure(() -> mergeByHand(ref, open.number())).code()).isEqualTo(Code.CONFLICT);
    assertThat(host().inspect(ref).commit()).isEqualTo(open.baseCommit());
  }

  final String commit(RepositoryRef ref, String parent, String path, String content) {
    var edits = List.of(new FileEdit(path, content.getBytes(UTF_8)));
    return host().commit(ref, new NewCommit(BRANCH, parent, "Try a variant", ADA, edits));
  }

  final PullRequest proposed(RepositoryRef ref, String path, String content) {
    Head head = host().inspect(ref);
    commit(ref, head.commit(), path, content);
    return host()
        .openPullRequest(
            ref,
            new NewPullRequest(
                BRANCH,
                head.branch(),
                "Try \"Buy now\"",
                "What changes:\n\n- the button\n\nBase: nothing\n"));
  }

  final String file(RepositoryRef ref, @Nullable String branch, String path) {
    return new String(host().file(ref, branch, path).orElseThrow(), UTF_8);
  }

  static String text(Snapshot snapshot, String path) {
    return new String(snapshot.read(path).orElseThrow(), UTF_8);
  }

  static CodeHostException failure(ThrowingCallable call) {
    CodeHostException failure = catchThrowableOfType(CodeHostException.class, call);
    assertThat(failure).as("a refusal").isNotNull();
    assertThat(failure.getMessage()).endsWith(".");
    return failure;
  }
}
