package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.CheckRun;
import dev.pryo.codehost.CheckRun.State;
import dev.pryo.experiment.Experiment.PullRequest.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When checks have said what they have to say, and how it is told.
class FailedChecksTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private static CheckRun run(String name, State state, Duration ago) {
    return new CheckRun(1, name, state, NOW.minus(ago), "", false);
  }

  @Test
  void theySayTogetherWhatTheWorstSays() {
    CheckRun passed = run("a", State.PASSED, Duration.ZERO);
    CheckRun pending = run("b", State.PENDING, Duration.ZERO);
    CheckRun failed = run("c", State.FAILED, Duration.ZERO);
    assertThat(FailedChecks.state(List.of())).isNull();
    assertThat(FailedChecks.state(List.of(passed))).isEqualTo(Checks.PASSED);
    assertThat(FailedChecks.state(List.of(passed, pending))).isEqualTo(Checks.PENDING);
    assertThat(FailedChecks.state(List.of(passed, pending, failed))).isEqualTo(Checks.FAILED);
  }

  @Test
  void thoseThatStillRunAreWaitedForAndNotForEver() {
    CheckRun pending = run("a", State.PENDING, Duration.ZERO);
    CheckRun now = run("b", State.FAILED, Duration.ZERO);
    CheckRun longAgo = run("c", State.FAILED, FailedChecks.PATIENCE.plusSeconds(1));
    assertThat(FailedChecks.settled(List.of(pending), NOW)).as("nothing failed").isFalse();
    assertThat(FailedChecks.settled(List.of(now), NOW)).isTrue();
    assertThat(FailedChecks.settled(List.of(pending, now), NOW)).isFalse();
    assertThat(FailedChecks.settled(List.of(pending, longAgo), NOW)).isTrue();
    assertThat(FailedChecks.settled(List.of(pending, longAgo, now), NOW)).isFalse();
  }

  @Test
  void theirNamesAreHarmlessAndNotEndless() {
    CheckRun hostile = run("<img> @ada\ncloses #1", State.FAILED, Duration.ZERO);
    CheckRun none = run("<b></b>", State.FAILED, Duration.ZERO);
    assertThat(FailedChecks.names(List.of(hostile, hostile))).isEqualTo("ada 1");
    assertThat(FailedChecks.names(List.of(none))).isEqualTo("a check without a name");
    List<CheckRun> many =
        IntStream.range(0, 100)
            .mapToObj(i -> run("check " + i, State.FAILED, Duration.ZERO))
            .toList();
    assertThat(FailedChecks.names(many).length()).isLessThanOrEqualTo(300);
  }
}
