package dev.pryo.codehost;

import static dev.pryo.codehost.GitHubWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.codehost.CodeHostException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a run when GitHub, or the line to it, fails at each step.
class GitHubFaultsTest {
  private static final List<String> WRITES =
      List.of("/git/trees", "/git/commits", "/git/refs", "/pulls");

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

  static Stream<Arguments> unclearAnswers() {
    return WRITES.stream()
        .flatMap(step ->
            Stream.of(
                    FakeFault.cut(),
                    FakeFault.answerLost(),
                    FakeFault.halfAnswer(),
                    FakeFault.doneBut(502),
                    FakeFault.doneBut(500),
                    FakeFault.answers(500, "Server Error"),
                    FakeFault.answers(502, "Bad Gateway"),
                    FakeFault.answers(503, "Service Unavailable"),
                    FakeFault.answers(504, "Gateway Timeout"))
                .map(fault -> Arguments.of(step, fault)));
  }

  @ParameterizedTest
  @MethodSource("unclearAnswers")
  void one_branch_and_one_pull_request_come_out_whatever_is_lost(String step, FakeFault fault)
      throws Exception {
    world.github.plan("POST", ".*" + step, fault);
    PullRequest pull = world.proposedAtLast();
    assertThat(pull.state()).isEqualTo(PullRequest.State.DRAFT);
    world.assertOneOfEach();
  }

  @ParameterizedTest
  @MethodSource("unclearAnswers")
  void nor_is_there_a_second_where_every_attempt_loses_something(String step, FakeFault fault)
      throws Exception {
    world.github.plan("POST", ".*" + step, fault, fault, fault, fault);
    world.github.plan("GET", ".*/pulls", FakeFault.cut(), FakeFault.answers(503, "Busy"));
    PullRequest pull = world.proposedAtLast();
    assertThat(world.propose(world.patient()))
        .usingRecursiveComparison()
        .ignoringFields("conflicted") // which a list does not say
        .isEqualTo(pull);
    world.assertOneOfEach();
  }

  @ParameterizedTest
  @MethodSource("unclearAnswers")
  void nor_where_the_run_is_killed_there_and_begun_anew(String step, FakeFault fault)
      throws Exception {
    world.github.plan("POST", ".*" + step, fault);
    assertThatThrownBy(() -> world.propose(world.dying())).isInstanceOf(RuntimeException.class);
    world.proposedAtLast();
    world.assertOneOfEach();
  }

  static Stream<Arguments> refusals() {
    return WRITES.stream()
        .flatMap(step ->
            Stream.of(400, 401, 403, 404, 409, 410, 422, 451)
                .map(status -> Arguments.of(step, status)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_refusal_is_a_sentence_and_the_next_run_ends_well(String step, int status)
      throws Exception {
    FakeFault refusal = FakeFault.answers(status, "Not this way");
    world.github.plan("POST", ".*" + step, refusal, refusal, refusal);
    assertThat(failure(() -> world.propose(world.patient())).code())
        .isIn(Code.NOT_ALLOWED, Code.RECONNECT, Code.NOT_A_REPOSITORY);
    for (int left = 0; left < 3; left++) {
      try {
        world.proposedAtLast();
        break;
      } catch (CodeHostException e) {
        assertThat(e.code()).isNotEqualTo(Code.UNREACHABLE);
      }
    }
    world.assertOneOfEach();
  }

  @Test
  void reading_is_tried_again_after_a_moment_and_given_up_with_a_sentence() {
    FakeFault bad = FakeFault.answers(502, "Bad Gateway");
    world.github.plan("GET", "/repos/kites/shop", bad, bad, bad);
    assertThat(world.patient().inspect(world.ref).branch()).isEqualTo("main");
    assertThat(world.waits)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    world.github.plan("GET", "/repos/kites/shop", bad, bad, bad, bad);
    assertThat(failure(() -> world.patient().inspect(world.ref)).code())
        .isEqualTo(Code.UNREACHABLE);
  }

  @Test
  void an_answer_that_takes_too_long_is_none() throws Exception {
    world.answersWithin(Duration.ofMillis(700));
    world.github.plan("POST", ".*/pulls", FakeFault.slow(Duration.ofSeconds(2)));
    world.proposedAtLast();
    world.assertOneOfEach();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void a_used_up_limit_is_waited_out_until_it_begins_anew(int status) {
    world.github.plan("POST", ".*/git/trees", FakeFault.primaryLimit(status, world.now() + 90));
    world.propose(world.patient());
    assertThat(world.waits).containsExactly(Duration.ofSeconds(91));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void the_secondary_limit_is_waited_out_as_long_as_it_says(int status) {
    world.github.plan("POST", ".*/pulls", FakeFault.secondaryLimit(status, "37"));
    world.propose(world.patient());
    assertThat(world.waits).containsExactly(Duration.ofSeconds(37));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void a_limit_that_says_nothing_is_waited_out_for_a_minute_and_then_for_longer(int status) {
    FakeFault limit = FakeFault.secondaryLimit(status, null);
    world.github.plan("GET", "/repos/kites/shop", limit, limit);
    world.propose(world.patient());
    assertThat(world.waits).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
  }

  @Test
  void a_wait_that_is_too_long_says_until_when() {
    long reset = world.now() + 3000;
    world.github.plan("POST", ".*/git/refs", FakeFault.primaryLimit(403, reset));
    CodeHostException failure = failure(() -> world.propose(world.patient()));
    assertThat(failure.code()).isEqualTo(Code.RATE_LIMITED);
    assertThat(failure.retryAt()).isEqualTo(Instant.ofEpochSecond(reset + 1));
    assertThat(failure).hasMessageContaining("10:50");
    assertThat(world.waits).isEmpty();
  }

  @Test
  void who_waits_for_a_page_is_not_kept_waiting() {
    world.github.plan("GET", "/repos/kites/shop", FakeFault.secondaryLimit(429, "5"));
    CodeHostException failure = failure(() -> world.fresh().inspect(world.ref));
    assertThat(failure.code()).isEqualTo(Code.RATE_LIMITED);
    assertThat(world.github.requests()).hasSize(1);
  }

  @Test
  void a_refusal_without_a_limit_is_no_limit() {
    world.github.plan("POST", ".*/git/trees", FakeFault.answers(403, "Resource not accessible"));
    assertThat(failure(() -> world.propose(world.patient())).code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(world.waits).isEmpty();
  }

  @Test
  void a_revoked_token_ends_in_the_word_reconnect() {
    world.github.revoke(world.access.token());
    CodeHostException failure = failure(() -> world.propose(world.patient()));
    assertThat(failure.code()).isEqualTo(Code.RECONNECT);
    assertThat(failure).hasMessageContaining("Reconnect GitHub");
    assertThat(world.github.requests()).hasSize(1);
  }

  @Test
  void what_has_not_changed_is_asked_for_only_with_that_question() {
    CodeHost host = world.patient();
    PullRequest pull = world.propose(host);
    world.github.requests();
    assertThat(host.pullRequest(world.ref, pull.number()).state()).isEqualTo(pull.state());
    assertThat(host.pullRequest(world.ref, pull.number()).state()).isEqualTo(pull.state());
    assertThat(world.github.requests())
        .containsExactly("GET /repos/kites/shop/pulls/1", "304 /repos/kites/shop/pulls/1");
  }
}
