package dev.pryo.codehost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.CodeHostException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which repositories of this machine may be used, and that none leads out of the allowed folders.
class LocalRootsTest {

  private static final Person ADA = new Person("Ada", "ada@example.com");
  private static final Map<String, String> SHOP = Map.of("index.html", "Shop\n");

  @TempDir Path folder;
  private Path root;
  private Path outside;
  private GitHost host;

  @BeforeEach
  void twoFolders() throws IOException {
    root = Files.createDirectory(folder.resolve("allowed"));
    outside = Files.createDirectory(folder.resolve("allowed-not"));
    host = host(new LocalRoots(List.of(root)));
  }

  private static GitHost host(LocalRoots roots) {
    return new GitHost(roots, InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z")));
  }

  private TestRepository shop(Path path) throws Exception {
    return TestRepository.with(path, false, "main", SHOP);
  }

  private CodeHostException refused(String url, Code code) {
    return refused(host, url, code);
  }

  private static CodeHostException refused(GitHost host, String url, Code code) {
    CodeHostException failure =
        CodeHostContract.failure(() -> host.inspect(RepositoryRef.git(url)));
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"file://%s", "file:%s", "FILE://%s", "file://localhost%s", "file://%s/"})
  void a_file_address_may_be_written_in_several_ways(String form) throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    assertThat(host.inspect(RepositoryRef.git(form.formatted(shop.folder))).branch())
        .isEqualTo("main");
  }

  @Test
  void a_name_with_spaces_and_signs_is_decoded_once() throws Exception {
    shop(root.resolve("my shop #1 100%41 ü"));
    assertThat(host.inspect(RepositoryRef.git("file://" + root + "/my shop %231%20100%2541 ü")))
        .isNotNull();
    assertThat(
            host.inspect(
                RepositoryRef.git("file://" + root + "/my%20shop%20%231%20100%2541%20%C3%BC")))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "shop",
        "/tmp/shop",
        "-ufile:///tmp",
        "--upload-pack=x",
        "ssh://git@example.com/x",
        "git@example.com:owner/shop.git",
        "ext::sh -c touch% /tmp/x",
        "https://example.com/shop.git",
        "http://example.com/shop.git",
        "file://server/share/shop",
        "file:////server/share",
        "file:relative/shop",
        "file:",
        "file://",
        "file:///%2e%2e/etc",
        "file:///a/../b",
        "file:///a/./b",
        "file:///a%2f..%2fb",
        "file:///a%5cb",
        "file:///a\\b",
        "file:///a%00b",
        "file:///a%0ab",
        "file:///a%",
        "file:///a%4",
        "file:///a%zz",
        "file:///a%ff",
        "file:///a?b",
        "file:///a#b",
        "jar:file:///a!/b"
      })
  void other_addresses_are_refused_with_a_reason(String url) {
    refused(url, Code.UNSUPPORTED_URL);
  }

  @Test
  void an_address_by_https_says_what_to_do_instead() {
    assertThat(refused("https://example.com/shop.git", Code.UNSUPPORTED_URL))
        .hasMessageContaining("Clone it");
    var withoutUrl = new RepositoryRef("git", "owner/shop", null, null, null);
    assertThat(CodeHostContract.failure(() -> host.inspect(withoutUrl)).code())
        .isEqualTo(Code.UNSUPPORTED_URL);
  }

  @Test
  void a_repository_outside_of_the_roots_is_refused_whether_it_is_there_or_not() throws Exception {
    shop(outside.resolve("shop"));
    String there = refused("file://" + outside + "/shop", Code.PATH_NOT_ALLOWED).getMessage();
    String absent = refused("file://" + outside + "/none", Code.PATH_NOT_ALLOWED).getMessage();
    assertThat(there).isEqualTo(absent).contains("PRYO_LOCAL_ROOTS");
  }

  @Test
  void no_roots_allow_nothing() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    refused(host(LocalRoots.none()), shop.ref().label(), Code.PATH_NOT_ALLOWED);
    refused(
        host(new LocalRoots(List.of(folder.resolve("later")))),
        shop.ref().label(),
        Code.PATH_NOT_ALLOWED);
  }

  @Test
  void a_root_may_itself_be_a_link() throws Exception {
    shop(outside.resolve("shop"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
    GitHost linked = host(new LocalRoots(List.of(link)));
    assertThat(linked.inspect(RepositoryRef.git("file://" + link + "/shop"))).isNotNull();
    assertThat(linked.inspect(RepositoryRef.git("file://" + outside + "/shop"))).isNotNull();
  }

  @Test
  void a_link_that_leads_out_is_not_followed() throws Exception {
    TestRepository shop = shop(outside.resolve("shop"));
    Files.createSymbolicLink(root.resolve("link"), shop.folder);
    refused("file://" + root + "/link", Code.PATH_NOT_ALLOWED);
    Files.createSymbolicLink(
        Files.createDirectory(root.resolve("half")).resolve(".git"), shop.gitDir());
    refused("file://" + root + "/half", Code.PATH_NOT_ALLOWED);
  }

  @Test
  void a_git_file_that_leads_out_is_not_followed() throws Exception {
    TestRepository shop = shop(outside.resolve("shop"));
    Path half = Files.createDirectory(root.resolve("half"));
    for (String target : List.of(shop.gitDir().toString(), "../../allowed-not/shop/.git")) {
      Files.writeString(half.resolve(".git"), "gitdir: " + target + "\n");
      refused("file://" + half, Code.PATH_NOT_ALLOWED);
    }
  }

  @Test
  void a_common_folder_that_leads_out_is_not_followed() throws Exception {
    TestRepository shop = shop(outside.resolve("shop"));
    TestRepository half = shop(root.resolve("half"));
    Files.writeString(half.gitDir().resolve("commondir"), shop.gitDir() + "\n");
    refused(half.ref().label(), Code.PATH_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects", "refs", "config", "HEAD", "index", "info"})
  void a_part_of_a_repository_that_leads_out_is_not_followed(String part) throws Exception {
    TestRepository shop = shop(outside.resolve("shop"));
    Files.createDirectories(shop.gitDir().resolve("info"));
    TestRepository half = shop(root.resolve("half"));
    Path moved = half.gitDir().resolve(part);
    if (Files.exists(moved)) {
      Files.move(moved, half.gitDir().resolve("moved-" + part));
    }
    Files.createSymbolicLink(moved, shop.gitDir().resolve(part));
    refused(half.ref().label(), Code.PATH_NOT_ALLOWED);
  }

  @Test
  void a_history_file_that_leads_out_is_not_written() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    Path target = Files.createFile(outside.resolve("target"));
    Path logs = Files.createDirectories(shop.gitDir().resolve("logs/refs/heads/pryo"));
    Files.createSymbolicLink(logs.resolve("exp-1"), target);
    var edits = List.of(new FileEdit("index.html", new byte[] {'x'}));
    var commit = new NewCommit("pryo/exp-1", shop.head("main"), "Try", ADA, edits);
    assertThat(CodeHostContract.failure(() -> host.commit(shop.ref(), commit)).code())
        .isEqualTo(Code.PATH_NOT_ALLOWED);
    assertThat(target).isEmptyFile();
  }

  @Test
  void objects_are_not_borrowed_from_outside() throws Exception {
    TestRepository shop = shop(outside.resolve("shop"));
    TestRepository near = shop(root.resolve("near"));
    TestRepository borrower = shop(root.resolve("borrower"));
    Path alternates = borrower.gitDir().resolve("objects/info/alternates");
    Files.createDirectories(alternates.getParent());

    Files.writeString(alternates, "# a comment\n\n" + near.gitDir().resolve("objects") + "\n");
    assertThat(host.inspect(borrower.ref())).isNotNull();

    Files.writeString(alternates, "../../../../allowed-not/shop/.git/objects\n");
    refused(borrower.ref().label(), Code.PATH_NOT_ALLOWED);

    Files.writeString(alternates, near.gitDir().resolve("objects") + "\n");
    Path further = near.gitDir().resolve("objects/info/alternates");
    Files.createDirectories(further.getParent());
    Files.writeString(further, shop.gitDir().resolve("objects") + "\n");
    refused(borrower.ref().label(), Code.PATH_NOT_ALLOWED);

    Files.writeString(further, near.gitDir().resolve("objects") + "\n");
    refused(borrower.ref().label(), Code.PATH_NOT_ALLOWED); // borrows from itself without end
  }

  @Test
  void settings_that_include_other_files_are_refused() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    Path config = shop.gitDir().resolve("config");
    Files.writeString(config, "[include]\n  path = /etc/passwd\n", StandardOpenOption.APPEND);
    assertThat(refused(shop.ref().label(), Code.PATH_NOT_ALLOWED))
        .hasMessageContaining("include.path");
  }

  @Test
  void settings_that_make_no_sense_and_formats_from_the_future_are_refused() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    Path config = shop.gitDir().resolve("config");
    String good = Files.readString(config);
    Files.writeString(config, "[core\n nonsense");
    refused(shop.ref().label(), Code.NOT_A_REPOSITORY);
    Files.writeString(config, good + "[extensions]\n  objectFormat = sha256\n");
    assertThat(refused(shop.ref().label(), Code.UNSUPPORTED_REPOSITORY))
        .hasMessageContaining("sha256");
  }

  @Test
  void files_checked_out_elsewhere_are_not_touched() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    Path config = shop.gitDir().resolve("config");
    Files.writeString(config, "[core]\n  worktree = " + outside + "\n", StandardOpenOption.APPEND);
    refused(shop.ref().label(), Code.NOT_A_REPOSITORY);
  }

  @Test
  void what_is_no_repository_says_so_and_how_to_make_one() throws Exception {
    Path plain = Files.createDirectory(root.resolve("plain"));
    assertThat(refused("file://" + plain, Code.NOT_A_REPOSITORY)).hasMessageContaining("git init");
    refused("file://" + root.resolve("none"), Code.NOT_A_REPOSITORY);
    Files.writeString(plain.resolve("file"), "x");
    refused("file://" + plain.resolve("file"), Code.NOT_A_REPOSITORY);
    Files.writeString(plain.resolve(".git"), "nonsense\n");
    refused("file://" + plain, Code.NOT_A_REPOSITORY);
  }

  @Test
  void a_folder_inside_of_a_repository_is_pointed_to_its_top() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    shop.write("apps/web/index.html", "x");
    assertThat(refused(shop.ref().label() + "/apps/web", Code.NOT_A_REPOSITORY))
        .hasMessageContaining("app_root");
  }

  @Test
  void the_inner_git_folder_means_its_working_tree() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    var inner = RepositoryRef.git("file://" + shop.gitDir());
    String base = shop.head("main");
    var edits = List.of(new FileEdit("index.html", new byte[] {'x'}));
    host.commit(inner, new NewCommit("pryo/exp-1", base, "Try", ADA, edits));
    PullRequest pull =
        host.openPullRequest(inner, new NewPullRequest("pryo/exp-1", "main", "Try", ""));
    host.merge(inner, pull.number(), "Merge it", ADA);
    assertThat(shop.read("index.html")).isEqualTo("x");

    Path copied = root.resolve("copied");
    Files.move(shop.gitDir(), copied);
    refused("file://" + copied, Code.NOT_A_REPOSITORY); // not bare, yet without its files
  }

  @Test
  @EnabledIf("dev.pryo.codehost.TestRepository#gitIsInstalled")
  void a_linked_working_tree_is_merged_like_any_other() throws Exception {
    TestRepository shop = shop(root.resolve("shop"));
    shop.git("branch", "live");
    shop.git("worktree", "add", root.resolve("live").toString(), "live");
    RepositoryRef live = RepositoryRef.git("file://" + root.resolve("live"));
    Head head = host.inspect(live);
    assertThat(head.branch()).isEqualTo("live");
    var edits = List.of(new FileEdit("index.html", new byte[] {'x'}));
    host.commit(live, new NewCommit("pryo/exp-1", head.commit(), "Try", ADA, edits));
    PullRequest pull =
        host.openPullRequest(live, new NewPullRequest("pryo/exp-1", "live", "Try", ""));
    host.merge(live, pull.number(), "Merge it", ADA);
    assertThat(root.resolve("live/index.html")).hasContent("x");
    assertThat(shop.read("index.html")).isEqualTo("Shop\n");
    assertThat(shop.git("-C", root.resolve("live").toString(), "status", "--porcelain")).isEmpty();
    assertThat(shop.git("status", "--porcelain")).isEmpty();
    assertThat(shop.git("fsck", "--strict")).doesNotContain("error");
  }
}
