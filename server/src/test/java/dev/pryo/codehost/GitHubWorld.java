package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// One repository on the fake GitHub and Pryo's connection to it, with a clock that jumps over
/// every wait and remembers it.
final class GitHubWorld implements AutoCloseable {
  static final String BRANCH = "pryo/exp-1";
  static final Map<String, String> SHOP =
      Map.of("index.html", "<h1>Shop</h1>\n", "js/cart.js", "export const total = 0;\n");
  static final Person ADA = new Person("Ada", "ada@example.com");

  final FakeGitHub github;
  final FakeRepository shop;
  final RepositoryRef ref;
  final TestAccess access;
  final List<Duration> waits = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");
  private final InstantSource clock = () -> now;
  private Duration answer = Duration.ofSeconds(20);

  GitHubWorld(Path folder) {
    this(folder, SHOP);
  }

  GitHubWorld(Path folder, Map<String, String> files) {
    FakeGitHub.require();
    github = FakeGitHub.start(folder);
    access = new TestAccess(github.token("ada"));
    shop = github.repository("kites/shop", "main", files, "ada");
    ref = new RepositoryRef("github", "kites/shop", null, null, null);
  }

  long now() {
    return now.getEpochSecond();
  }

  /// How long an answer may take from now on.
  void answersWithin(Duration time) {
    answer = time;
  }

  /// As a new process has it, which knows nothing of earlier answers.
  CodeHost fresh() {
    return new GitHub(github.web(), github.api(), clock, answer).host(access, access);
  }

  /// One whose process ends with the first thing that goes wrong.
  CodeHost dying() {
    var killed =
        new GitHubAccess() {
          @Override
          public String id() {
            return access.id();
          }

          @Override
          public String token() {
            if (github.allHasGoneWrong()) {
              throw new IllegalStateException("killed");
            }
            return access.token();
          }

          @Override
          public void refused(String token) {}
        };
    return new GitHub(github.web(), github.api(), clock, answer).host(killed, killed);
  }

  /// A fresh one that waits like a job.
  CodeHost patient() {
    return fresh()
        .patient(
            new Patience(
                Duration.ofMinutes(2),
                (time, why) -> {
                  waits.add(time);
                  now = now.plus(time);
                }));
  }

  /// A whole run: read, commit, propose.
  PullRequest propose(CodeHost host) {
    Head head = host.inspect(ref);
    var edits = List.of(new FileEdit("index.html", "<h1>Variant</h1>\n".getBytes(UTF_8)));
    host.commit(ref, new NewCommit(BRANCH, head.commit(), "Try", ADA, edits));
    return host.openPullRequest(
        ref, new NewPullRequest(BRANCH, head.branch(), "Try a variant", "What changes"));
  }

  /// A run that is begun anew by another process, as a job is, until it comes to its end.
  PullRequest proposedAtLast() {
    for (int attempt = 1; ; attempt++) {
      try {
        return propose(patient());
      } catch (CodeHostException e) {
        if (e.code() != CodeHostException.Code.UNREACHABLE || attempt == 3) {
          throw e;
        }
      }
    }
  }

  void assertOneOfEach() throws Exception {
    assertThat(shop.branches()).containsExactlyInAnyOrder("main", BRANCH);
    assertThat(shop.titles()).containsExactly("Try a variant");
    assertThat(shop.git.parents(shop.git.head(BRANCH))).containsExactly(shop.git.head("main"));
  }

  static CodeHostException failure(ThrowingCallable call) {
    CodeHostException failure = catchThrowableOfType(CodeHostException.class, call);
    assertThat(failure).as("a refusal").isNotNull();
    assertThat(failure.getMessage()).endsWith(".");
    return failure;
  }

  @Override
  public void close() {
    github.close();
    assertThat(github.complaints()).isEmpty();
  }
}
