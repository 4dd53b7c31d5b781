package dev.pryo.codehost;

import static dev.pryo.codehost.GitHubWorld.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.CodeHostException.Code;
import dev.pryo.codehost.PullRequest.State;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What repositories on GitHub are like beside the usual; more of it is in the contract.
class GitHubEdgesTest {
  @TempDir Path folder;
  private GitHubWorld world;

  @BeforeEach
  void aShop() {
    world = new GitHubWorld(folder);
  }

  @AfterEach
  void nothing_was_unlike_github() {
    world.close();
  }

  @Test
  void a_pull_request_is_a_draft_on_githubs_own_page() {
    PullRequest pull = world.propose(world.fresh());
    assertThat(pull.state()).isEqualTo(State.DRAFT);
    assertThat(pull.url()).isEqualTo(world.github.web() + "/kites/shop/pull/1");
    assertThat(failure(() -> world.fresh().merge(world.ref, 1, "Merge", GitHubWorld.ADA)))
        .hasMessageContaining("/kites/shop/pull/1");
  }

  @Test
  void where_drafts_are_not_to_be_had_it_is_an_ordinary_one() throws Exception {
    world.shop.hasNoDrafts();
    assertThat(world.propose(world.fresh()).state()).isEqualTo(State.OPEN);
    world.assertOneOfEach();
  }

  @Test
  void a_default_branch_with_a_slash_is_the_base() {
    world.github.repository("kites/next", "release/2026", GitHubWorld.SHOP, "ada");
    var next = new RepositoryRef("github", "kites/next", null, null, null);
    CodeHost host = world.fresh();
    Head head = host.inspect(next);
    var edits = List.of(new FileEdit("index.html", "x\n".getBytes(UTF_8)));
    host.commit(next, new NewCommit("pryo/exp-1", head.commit(), "Try", GitHubWorld.ADA, edits));
    PullRequest pull =
        host.openPullRequest(next, new NewPullRequest("pryo/exp-1", head.branch(), "Try", ""));
    assertThat(pull.base()).isEqualTo("release/2026");
  }

  @Test
  void the_repositorys_own_default_branch_is_not_written_where_another_is_served() {
    CodeHost host = world.fresh();
    String base = host.inspect(world.ref).commit();
    var edits = List.of(new FileEdit("index.html", "x\n".getBytes(UTF_8)));
    var commit = new NewCommit("main", base, "No", GitHubWorld.ADA, edits);
    assertThat(failure(() -> host.commit(world.ref.withDefaultBranch("release"), commit)).code())
        .isEqualTo(Code.PATH_NOT_ALLOWED);
  }

  @Test
  void a_branch_that_somebody_else_made_is_left_as_it_is() throws Exception {
    world.shop.git.branch(GitHubWorld.BRANCH, world.shop.git.head("main"));
    String theirs = world.shop.push(GitHubWorld.BRANCH, Map.of("theirs.html", "theirs\n"));
    assertThat(failure(() -> world.propose(world.fresh())).code()).isEqualTo(Code.CONFLICT);
    assertThat(world.shop.git.head(GitHubWorld.BRANCH)).isEqualTo(theirs);
    assertThat(world.shop.titles()).isEmpty();
  }

  @Test
  void in_a_fork_it_stays_in_the_fork() {
    world.shop.fork();
    world.github.repository("elsewhere/shop", "main", GitHubWorld.SHOP, "somebody");
    world.propose(world.fresh());
    assertThat(world.shop.titles()).hasSize(1);
    assertThat(world.github.requests()).noneMatch(request -> request.contains("elsewhere"));
  }

  @Test
  void an_archived_repository_is_said_to_be_so_before_anything_is_written() {
    world.shop.archive();
    CodeHostException asked = failure(() -> world.fresh().requirePush(world.ref));
    assertThat(asked.code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(asked).hasMessageContaining("archived");
    assertThat(failure(() -> world.propose(world.fresh()))).hasMessageContaining("archived");
  }

  @Test
  void who_may_not_push_is_told_so() {
    world.fresh().requirePush(world.ref);
    world.shop.mayNotPush("ada");
    CodeHostException failure = failure(() -> world.fresh().requirePush(world.ref));
    assertThat(failure.code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(failure).hasMessageContaining("may not push to kites/shop");
  }

  @Test
  void a_renamed_repository_is_followed_for_reading_and_writing() throws Exception {
    world.github.move(world.shop, "dragons/store");
    PullRequest pull = world.propose(world.fresh());
    assertThat(pull.url()).contains("/dragons/store/pull/1");
    assertThat(world.propose(world.fresh()).url()).isEqualTo(pull.url());
    assertThat(world.fresh().pullRequest(world.ref, 1)).isEqualTo(pull);
    world.assertOneOfEach();
  }

  @Test
  void a_redirect_to_another_server_is_not_followed() {
    world.github.plan(
        "GET",
        "/repos/kites/shop",
        new FakeFault(
            false,
            301,
            Map.of("Location", "http://localhost:1/repos/kites/shop"),
            "Moved",
            java.time.Duration.ZERO));
    assertThat(failure(() -> world.fresh().inspect(world.ref)).code()).isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void an_organisation_that_has_not_approved_pryo_is_named_as_the_reason() {
    world.github.plan(
        "POST",
        ".*/git/trees",
        FakeFault.answers(
            403,
            "Although you appear to have the correct authorization credentials, the `kites` organization"
                + " has enabled OAuth App access restrictions, meaning that data access to third-parties"
                + " is limited."));
    CodeHostException failure = failure(() -> world.propose(world.fresh()));
    assertThat(failure.code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(failure).hasMessageContaining("has not approved Pryo yet");
  }

  @Test
  void a_repository_that_is_not_shown_is_told_from_none_by_its_mend() {
    var hidden = new RepositoryRef("github", "kites/secret", null, null, null);
    CodeHostException failure = failure(() -> world.fresh().inspect(hidden));
    assertThat(failure.code()).isEqualTo(Code.NOT_A_REPOSITORY);
    assertThat(failure).hasMessageContaining("kites/secret").hasMessageContaining("installation");
  }

  @Test
  void a_pull_request_whose_text_was_taken_away_has_an_empty_one() {
    world.propose(world.fresh());
    world.shop.emptyBody(1);
    assertThat(world.fresh().pullRequest(world.ref, 1).body()).isEmpty();
  }

  @Test
  void a_conflict_with_the_base_branch_is_told() throws Exception {
    assertThat(world.propose(world.fresh()).conflicted()).isFalse();
    world.shop.push("main", Map.of("index.html", "<h1>Another</h1>\n"));
    assertThat(world.fresh().pullRequest(world.ref, 1).conflicted()).isTrue();
    world.shop.undecided(true);
    assertThat(world.fresh().pullRequest(world.ref, 1).conflicted())
        .as("while GitHub has not found out")
        .isNull();
    assertThat(world.fresh().conflicts(world.ref, 1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FakeRepository.Way.class)
  void each_way_of_merging_is_a_merge_also_after_the_branch_is_gone(FakeRepository.Way way)
      throws Exception {
    PullRequest open = world.propose(world.fresh());
    Changes before = world.fresh().changes(world.ref, open.baseCommit(), open.headCommit());
    world.shop.merge(1, way);
    world.shop.deleteBranch(GitHubWorld.BRANCH);
    PullRequest merged = world.fresh().pullRequest(world.ref, 1);
    assertThat(merged.state()).isEqualTo(State.MERGED);
    assertThat(world.fresh().changes(world.ref, merged.baseCommit(), merged.headCommit()))
        .isEqualTo(before);
  }

  @Test
  void binary_files_are_written_as_they_are() {
    byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
    CodeHost host = world.fresh();
    String base = host.inspect(world.ref).commit();
    var edits = List.of(new FileEdit("a.png", picture));
    host.commit(world.ref, new NewCommit("pryo/exp-1", base, "Try", GitHubWorld.ADA, edits));
    assertThat(host.file(world.ref, "pryo/exp-1", "a.png")).hasValue(picture);
  }

  @Test
  void a_list_of_files_that_github_cuts_off_is_fetched_whole() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.put("pages/%02d/page-%04d.html".formatted(i % 50, i), "<p>Page " + i + "</p>\n");
    }
    FakeRepository large = world.github.repository("kites/large", "main", many, "ada");
    large.listsAtMost(1000);
    var ref = new RepositoryRef("github", "kites/large", null, null, null);
    CodeHost host = world.fresh();
    Head head = host.inspect(ref.withAppRoot("pages/49"));
    try (Snapshot snapshot = host.snapshot(ref, head.commit())) {
      assertThat(snapshot.paths()).hasSize(10_000);
      assertThat(snapshot.read("pages/49/page-9999.html"))
          .hasValue("<p>Page 9999</p>\n".getBytes(UTF_8));
    }
    var edits = List.of(new FileEdit("pages/49/page-9999.html", "x\n".getBytes(UTF_8)));
    host.commit(ref, new NewCommit("pryo/exp-1", head.commit(), "Try", GitHubWorld.ADA, edits));
    assertThat(host.file(ref, "pryo/exp-1", "pages/49/page-9999.html"))
        .hasValue("x\n".getBytes(UTF_8));
  }
}
