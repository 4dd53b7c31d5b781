package dev.pryo.codehost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.pryo.codehost.CheckRun.State;
import dev.pryo.codehost.Comment.Place;
import dev.pryo.codehost.Reviews.Sign;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What GitHub says of a commit's checks, and what people say of a pull request.
class GitHubReviewsTest {
  @TempDir Path folder;
  private GitHubWorld world;
  private Reviews reviews;
  private PullRequest pull;

  @BeforeEach
  void anOpenPullRequest() {
    world = new GitHubWorld(folder);
    CodeHost host = world.fresh();
    pull = world.propose(host);
    reviews = host.reviews().orElseThrow();
  }

  @AfterEach
  void nothing_was_unlike_github() {
    world.close();
  }

  private FakeReviews said() {
    return world.shop.reviews();
  }

  private List<CheckRun> checks() {
    return reviews.checks(world.ref, pull.headCommit());
  }

  @ParameterizedTest
  @CsvSource({
    "success, PASSED",
    "neutral, PASSED",
    "skipped, PASSED",
    "failure, FAILED",
    "timed_out, FAILED",
    "cancelled, PENDING",
    "action_required, PENDING",
    ", PENDING"
  })
  void howACheckEndedIsOneOfThree(String conclusion, State state) {
    said().ran(pull.headCommit(), "build", conclusion);
    said().ran(pull.baseCommit(), "other", "failure");
    assertThat(checks())
        .singleElement()
        .satisfies(run -> assertThat(run.name()).isEqualTo("build"))
        .satisfies(run -> assertThat(run.state()).isEqualTo(state));
  }

  @Test
  void statusesCountAsChecksToo() {
    said().status(pull.headCommit(), "ci/old", "error", "It broke");
    said().status(pull.headCommit(), "ci/slow", "pending", "");
    assertThat(checks()).extracting(CheckRun::state).containsExactly(State.FAILED, State.PENDING);
    assertThat(reviews.said(world.ref, checks().getFirst())).isEqualTo("It broke");
  }

  @Test
  void moreThanAPageIsReadToItsEnd() {
    IntStream.range(0, 130).forEach(i -> said().ran(pull.headCommit(), "job " + i, "success"));
    IntStream.range(0, 130).forEach(i -> said().comment(1, "ada", "Comment " + i));
    assertThat(checks()).hasSize(130);
    assertThat(reviews.comments(world.ref, 1)).hasSize(130);
  }

  @Test
  void aFailureIsItsMarksAndTheEndOfItsLogUpToTheError() {
    long run = said().ran(pull.headCommit(), "lint", "failure");
    said().mark(run, "js/cart.js", 1, "Missing semicolon");
    said()
        .log(
            run,
            "2026-03-02T11:00:00.1234567Z "
                + "x".repeat(100_000)
                + "\n2026-03-02T11:00:01.1234567Z js/cart.js 1:24 error\n"
                + "2026-03-02T11:00:02.1234567Z ##[error]Process completed with exit code 1.\n"
                + "2026-03-02T11:00:03.1234567Z Post job cleanup.\n");
    String read = reviews.said(world.ref, checks().getFirst());
    assertThat(read)
        .startsWith("js/cart.js:1: Missing semicolon\nThe end of its log:\n…")
        .endsWith("js/cart.js 1:24 error\n##[error]Process completed with exit code 1.");
    assertThat(read.length()).isBetween(8_000, 8_100);
  }

  @Test
  void marksAreNotEndless() {
    long run = said().ran(pull.headCommit(), "lint", "failure");
    IntStream.range(0, 30).forEach(i -> said().mark(run, "js/cart.js", i, "x".repeat(5_000)));
    assertThat(reviews.said(world.ref, checks().getFirst()).lines())
        .hasSize(20)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(401));
  }

  @Test
  void aLogThatIsGoneOrElsewhereIsLeftOut() {
    long run = said().ran(pull.headCommit(), "lint", "failure");
    said().mark(run, "js/cart.js", 1, "Missing semicolon");
    assertThat(reviews.said(world.ref, checks().getFirst()))
        .isEqualTo("js/cart.js:1: Missing semicolon");
    said().log(run, "never asked for");
    world.github.plan(
        "GET", ".*/logs", FakeFault.answers(403, "Resource not accessible by integration"));
    assertThat(reviews.said(world.ref, checks().getFirst()))
        .as("which the connection may not read")
        .isEqualTo("js/cart.js:1: Missing semicolon");
    said().foreign(run, "One problem");
    assertThat(reviews.said(world.ref, checks().getFirst()))
        .isEqualTo("One problem\njs/cart.js:1: Missing semicolon");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:%d/log", "https://127.0.0.1:%d/log"})
  void aLogIsNotFetchedFromWhereverAnAnswerLeads(String address) throws Exception {
    var hits = new AtomicInteger();
    HttpServer inside =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    inside.createContext(
        "/",
        exchange -> {
          hits.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    inside.start();
    try {
      long run = said().ran(pull.headCommit(), "lint", "failure");
      said().log(run, "secret of the inside");
      said().logsAt(address.formatted(inside.getAddress().getPort()));
      assertThat(reviews.said(world.ref, checks().getFirst())).isEmpty();
      assertThat(hits).hasValue(0);
    } finally {
      inside.stop(0);
    }
  }

  @Test
  void onlyGitHubItselfIsOpenedWithoutALookAtItsAddress() {
    GitHubLogs logs = GitHubLogs.of(world.github.web(), world.github.api(), () -> Instant.EPOCH);
    for (String address : List.of("https://user@127.0.0.1/log", "file:///etc/passwd", "/log")) {
      assertThat(catchThrowable(() -> logs.end(URI.create(address))))
          .as(address)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void commentsSayWhoWroteThemAndHow() {
    long below = said().comment(1, "ada", "/pryo bolder");
    long beside = said().commentOnLine(1, "bob", "Why?");
    long bot = said().botComment(1, "helper[bot]", "/pryo");
    long app = said().appComment(1, "ada", "/pryo");
    said().edit(beside, "Why not?");
    said().comment(2, "ada", "elsewhere");
    List<Comment> all = reviews.comments(world.ref, 1);
    assertThat(all).extracting(Comment::number).containsExactly(below, beside, bot, app);
    assertThat(all)
        .extracting(Comment::place)
        .containsExactly(Place.CONVERSATION, Place.LINE, Place.CONVERSATION, Place.CONVERSATION);
    assertThat(all).extracting(Comment::human).containsExactly(true, true, false, false);
    assertThat(all).extracting(Comment::edited).containsExactly(false, true, false, false);
    assertThat(all.getFirst().body()).isEqualTo("/pryo bolder");
  }

  @ParameterizedTest
  @CsvSource({"admin, true", "write, true", "read, false", "none, false"})
  void mayPushIsAskedOfGitHub(String permission, boolean may) {
    said().permits("bob", permission);
    assertThat(reviews.mayPush(world.ref, "bob")).isEqualTo(may);
  }

  @Test
  void aNameThatIsNoneIsNotAsked() {
    world.github.requests();
    assertThat(reviews.mayPush(world.ref, "../../ada")).isFalse();
    assertThat(reviews.mayPush(world.ref, "")).isFalse();
    assertThat(world.github.requests()).isEmpty();
  }

  @Test
  void aSignTwiceIsOne() {
    long below = said().comment(1, "ada", "/pryo bolder");
    long beside = said().commentOnLine(1, "ada", "/pryo bolder");
    for (Comment comment : reviews.comments(world.ref, 1)) {
      reviews.answer(world.ref, comment, Sign.SEEN);
      reviews.answer(world.ref, comment, Sign.SEEN);
      reviews.answer(world.ref, comment, Sign.DONE);
    }
    assertThat(said().reactions(below)).containsExactly("eyes", "rocket");
    assertThat(said().reactions(beside)).containsExactly("eyes", "rocket");
  }

  @Test
  void aDescriptionIsReplaced() {
    reviews.describe(world.ref, 1, "Other words");
    assertThat(world.shop.body(1)).isEqualTo("Other words");
  }
}
