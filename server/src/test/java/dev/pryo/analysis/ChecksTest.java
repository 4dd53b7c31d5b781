package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Check.Status;
import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void aSoundExperimentPassesAll() {
    Given given = Given.experiment().planned(10_000).users(5_000, 5_000).converted(0, 500, 510);
    assertThat(given.analysis().checks())
        .hasSize(9)
        .allMatch(check -> check.status() == Status.PASS);
    assertThat(check(given, "sample_ratio").detail())
        .isEqualTo("Split as planned: 5,000 / 5,000 (p 1.000).");
    assertThat(check(given, "sample_size").detail()).isEqualTo("10,000 people of 10,000 planned.");
  }

  @Test
  void theSplitIsHeldAgainstTheRealShares() {
    Given given = Given.experiment().segments("90", "10").users(9_020, 980);
    assertThat(check(given, "sample_ratio").status()).isEqualTo(Status.PASS);
    Given off = Given.experiment().segments("90", "10").users(8_700, 1_300);
    assertThat(check(off, "sample_ratio").status()).isEqualTo(Status.FAIL);
    assertThat(check(off, "sample_ratio").detail())
        .startsWith("Test 1 got 13 % of people instead of 10 % (8,700 / 1,300;")
        .contains("Causes in order:");
  }

  @Test
  void thirdsThatDoNotAddUpAreNoAlarm() {
    Given given =
        Given.experiment().segments("33.33", "33.33", "33.33").users(33_330, 33_330, 33_340);
    assertThat(check(given, "sample_ratio").status()).isEqualTo(Status.PASS);
  }

  @Test
  void aFewPeopleRaiseNoAlarmHoweverUneven() {
    assertThat(check(Given.experiment().users(99, 0), "sample_ratio").status())
        .isEqualTo(Status.PASS);
    assertThat(check(Given.experiment().users(400, 0), "sample_ratio").status())
        .isEqualTo(Status.FAIL);
    assertThat(check(Given.experiment().users(100, 0), "exposures").detail())
        .isEqualTo(
            "Nobody has seen Test 1: open its preview link and see whether $exposure is sent.");
  }

  @Test
  void peopleInASegmentWithoutAShareAreNamed() {
    Given given = Given.experiment().segments("50", "50", "0").users(500, 500, 7);
    assertThat(check(given, "sample_ratio").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "sample_ratio").detail())
        .contains("Test 2: 7 people, although nobody should see it");
  }

  @Test
  void tooFewPeopleAreSaidAgainstThePlan() {
    Check planned = check(Given.experiment().planned(10_000).users(600, 610), "sample_size");
    assertThat(planned.status()).isEqualTo(Status.WARN);
    assertThat(planned.detail()).startsWith("1,210 people of 10,000 planned (12.1 %)");
    assertThat(check(Given.experiment().users(99, 120), "sample_size").status())
        .isEqualTo(Status.WARN);
    assertThat(check(Given.experiment().users(100, 120), "sample_size").status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void aGoalThatOneSegmentNeverSendsIsNoticed() {
    Given given = Given.experiment().users(1_000, 1_000).converted(0, 40, 0);
    assertThat(check(given, "goal_tracking").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "goal_tracking").detail())
        .isEqualTo(
            "“Trial started” never happened in Test 1, although it did 40 times elsewhere: see whether that version still sends the event trial_started.");
    assertThat(
            check(Given.experiment().users(1_000, 1_000).converted(0, 9, 0), "goal_tracking")
                .status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void goalsWithoutExposureMatterWhereEverybodyTakesPart() {
    Given given =
        Given.experiment().users(1_000, 1_000).converted(0, 40, 41).goalWithoutExposure(500);
    assertThat(check(given, "goal_without_exposure").status()).isEqualTo(Status.WARN);
    assertThat(check(given.exposure("10"), "goal_without_exposure").status())
        .isEqualTo(Status.PASS);
    assertThat(
            check(
                    Given.experiment()
                        .users(1_000, 1_000)
                        .converted(0, 40, 41)
                        .goalWithoutExposure(3),
                    "goal_without_exposure")
                .detail())
        .isEqualTo("3 people did a goal without having seen the experiment; they are left out.");
  }

  @Test
  void whoIsLeftOutIsCounted() {
    Given given = Given.experiment().users(500, 500).multiple(3).mismatches(2).bots(40, false);
    assertThat(check(given, "multiple_exposure").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "multiple_exposure").detail()).startsWith("3 people (0.3 %) saw two");
    assertThat(check(given, "assignment_mismatch").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "bots").status()).isEqualTo(Status.PASS);
    assertThat(check(given.bots(40, true), "bots").status()).isEqualTo(Status.WARN);
  }

  @Test
  void nobodyHasItsUsualReasons() {
    Check check = check(Given.experiment().users(0, 0), "exposures");
    assertThat(check.status()).isEqualTo(Status.WARN);
    assertThat(check.detail()).startsWith("Nobody has been counted yet. Usual reasons:");
  }

  @Test
  void aResultThatFadesStaysAndIsSaid() {
    Analysis first = Given.experiment().users(5_000, 5_000).converted(0, 500, 700).analysis();
    Given later =
        Given.experiment().users(20_000, 20_000).converted(0, 2_000, 2_010).previous(first);
    assertThat(later.analysis().verdict().decision()).isEqualTo(Analysis.Decision.SHIP);
    assertThat(check(later, "effect_not_stable").status()).isEqualTo(Status.WARN);
    assertThat(check(later, "effect_not_stable").detail())
        .startsWith("The change in “Trial started” of Test 1 was clear at an earlier look");
  }

  private static Check check(Given given, String id) {
    return given.analysis().checks().stream()
        .filter(check -> check.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
