package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Check.Status;
import dev.pryo.event.Noticed;
import dev.pryo.event.Totals;
import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void aSoundExperimentPassesAll() {
    Given given = Given.experiment().planned(10_000).users(5_000, 5_000).converted(0, 500, 510);
    assertThat(given.analysis().checks())
        .hasSize(15)
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
        .contains("Usual causes in order:");
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
            "“Trial started” never happened in Test 1, although it did 40 times elsewhere: see"
                + " whether that version still sends the event trial_started.");
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
    assertThat(check(given, "multiple_exposure").detail())
        .isEqualTo(
            "3 people (0.3 %) saw two segments and are left out. Likeliest cause: people who share"
                + " a device, or a segment forced by somebody's own code; a few are normal. Where"
                + " there are many, look for code that sets the segment by itself, or a user id"
                + " that is made anew.");
    assertThat(check(given, "assignment_mismatch").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "bots").status()).isEqualTo(Status.PASS);
    assertThat(check(given.bots(40, true), "bots").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "bots").detail())
        .isEqualTo(
            "40 of those counted are crawlers or headless browsers, because this project counts"
                + " them (count_bots): they load pages and buy nothing. Set count_bots to false,"
                + " unless they are your own tests.");
  }

  @Test
  void aBrokenSplitNamesItsLikeliestCause() {
    assertThat(cause(Given.experiment().users(10_000, 10_800)))
        .isEqualTo(
            "Likeliest cause: one version leaves the page before its exposure is sent, or sends it"
                + " later than the others");
    assertThat(cause(Given.experiment().users(10_000, 10_800).mismatches(500)))
        .isEqualTo(
            "Likeliest cause: the site's own code chooses the segment: 500 people saw another than"
                + " Pryo gives them");
    assertThat(cause(Given.experiment().users(10_000, 10_800).bots(900, false)))
        .isEqualTo(
            "Likeliest cause: crawlers that see one version only: 900 were recognised and left out,"
                + " others are not");
    assertThat(cause(Given.experiment().users(10_800, 10_000).goalWithoutExposure(700)))
        .isEqualTo(
            "Likeliest cause: the exposure of Test 1 is sent too late: 700 people did a goal"
                + " without having been counted");
  }

  @Test
  void aBrokenSplitIsHeldAgainstItsDays() {
    Given since =
        Given.experiment().users(12_000, 9_000).days(days(3, 1_500, 1_500, 5, 1_500, 900));
    assertThat(cause(since))
        .isEqualTo("Likeliest cause: something changed on 5 March: see what was released that day");
    assertThat(check(since, "sample_ratio").detail())
        .contains(". It is off since 5 March. Likeliest cause: something changed on 5 March");
    Given burst =
        Given.experiment().users(13_500, 12_000).days(days(7, 1_500, 1_500, 1, 3_000, 1_500));
    assertThat(cause(burst))
        .isEqualTo("Likeliest cause: a burst on 9 March, as crawlers or a load test make it");
    Given always = Given.experiment().users(12_000, 9_000).days(days(8, 1_500, 1_125, 0, 0, 0));
    assertThat(check(always, "sample_ratio").detail()).contains(". It is off on 8 of 8 days. ");
  }

  private static String cause(Given given) {
    return SplitCause.of(given.look()).likeliest();
  }

  /// So many days with these people of both segments, then so many with those.
  private static Day[] days(
      int first, long control, long test, int then, long controlThen, long testThen) {
    List<Day> days = new ArrayList<>();
    for (int day = 0; day < first + then; day++) {
      String date = "2026-03-%02d".formatted(2 + day);
      days.add(Given.day(date, 0, day < first ? control : controlThen, 0));
      days.add(Given.day(date, 1, day < first ? test : testThen, 0));
    }
    return days.toArray(Day[]::new);
  }

  @Test
  void oddSendingIsSaidWithItsMend() {
    Given given =
        Given.experiment()
            .users(500, 500)
            .noticed(new Noticed(1_000, 12, 60, 40, 30, 400, 50, null));
    assertThat(check(given, "duplicates").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "duplicates").detail())
        .startsWith(
            "12 events that name this experiment came with an id that another event has already,")
        .endsWith("and the same one only for the same event sent again.");
    assertThat(check(given, "exposure_without_client").detail())
        .startsWith(
            "30 of 1,000 events that name this experiment came from other code than pryo.js."
                + " Likeliest cause:");
    assertThat(check(given, "stale_client").detail())
        .startsWith(
            "50 of 400 events of yesterday and today that name this experiment came from another"
                + " version of pryo.js. Likeliest cause:");
    assertThat(check(given, "clock_skew").detail())
        .startsWith(
            "Of 1,000 events that name this experiment, 60 had a time ahead of the server's and 40"
                + " came more than an hour after their own time.");
    Given few =
        Given.experiment()
            .users(500, 500)
            .converted(0, 50, 50)
            .noticed(new Noticed(1_000, 0, 9, 40, 9, 400, 9, null));
    assertThat(few.analysis().checks()).allMatch(check -> check.status() == Status.PASS);
    Given own =
        Given.experiment().users(500, 500).noticed(new Noticed(70, 0, 0, 0, 70, 70, 0, null));
    assertThat(check(own, "exposure_without_client").detail())
        .isEqualTo("Exposures are sent by the site's own code.");
  }

  /// What names no experiment is the project's, and is said to be.
  @Test
  void idsOfEventsWithoutAnExperimentAreTheProjects() {
    LocalDate third = LocalDate.parse("2026-03-03");
    Given given =
        Given.experiment()
            .users(500, 500)
            .noticed(new Noticed(1_000, 0, 0, 0, 0, 0, 0, new Noticed.Unnamed(1, third, third)));
    assertThat(check(given, "duplicates").detail())
        .startsWith(
            "1 event of the project that names no experiment (3 March) came with an id that another"
                + " event has already, and with different content; the first stands and the others"
                + " are lost, to each experiment that would have counted them. Likeliest cause:");
    given.noticed(
        new Noticed(1_000, 1, 0, 0, 0, 0, 0, new Noticed.Unnamed(20, third, third.plusDays(6))));
    assertThat(check(given, "duplicates").detail())
        .startsWith(
            "1 event that names this experiment and 20 events of the project that name no"
                + " experiment (3 March to 9 March) came with an id");
    assertThat(given.analysis().facts())
        .filteredOn(fact -> fact.id().startsWith("duplicates."))
        .extracting(Analysis.Fact::text)
        .containsExactly("1 event", "20 events");
  }

  @Test
  void theFirstDaysAreHeldAgainstTheLaterOnes() {
    List<Day> days = new ArrayList<>();
    for (int day = 2; day < 10; day++) {
      String date = "2026-03-%02d".formatted(day);
      days.add(Given.day(date, 0, 1_000, 100));
      days.add(Given.day(date, 1, 1_000, day < 5 ? 160 : 105));
    }
    Given worn = Given.experiment().users(8_000, 8_000).converted(0, 800, 1_005);
    assertThat(check(worn.days(days.toArray(Day[]::new)), "novelty").detail())
        .isEqualTo(
            "Who came in the first 3 days changed “Trial started” by +60 % in Test 1, who came"
                + " later by +5 %. People react to what is new, and learn what is better: let it"
                + " run until the later days alone are enough.");
    assertThat(check(worn.days(days.subList(0, 12).toArray(Day[]::new)), "novelty").status())
        .isEqualTo(Status.PASS);
    days.replaceAll(
        day -> day.segment() == 0 ? day : Given.day(day.day().toString(), 1, 1_000, 125));
    assertThat(check(worn.days(days.toArray(Day[]::new)), "novelty").detail())
        .isEqualTo("The first days show what the later ones show.");
  }

  @Test
  void onePersonWhoCarriesAMeanIsFound() {
    Given given =
        Given.experiment()
            .goals(Given.sum("order", "Revenue"))
            .users(500, 500)
            .total(new GoalTotal(0, 0, 500, 100, 100, 5_000, 5_000, 300_000, null))
            .total(new GoalTotal(0, 1, 500, 100, 100, 8_000, 8_000, 16_000_000, null))
            .largest(new Totals.Largest(0, 0, 100), new Totals.Largest(0, 1, 4_000));
    assertThat(check(given, "outliers").status()).isEqualTo(Status.WARN);
    assertThat(check(given, "outliers").detail())
        .isEqualTo(
            "One person makes up 50 % of “Revenue” in Test 1. Without the largest person of each"
                + " segment the change of Test 1 is −18.4 % instead of +60 %. See who that is, a"
                + " reseller, a test or a wrong unit, before you rely on the change; with a cap on"
                + " the goal no single person can carry it.");
    given.largest(new Totals.Largest(0, 0, 100), new Totals.Largest(0, 1, 120));
    assertThat(check(given, "outliers").detail()).isEqualTo("No single person carries a mean.");
  }

  @Test
  void aGoalThatNobodyReachesIsAskedFor() {
    Given nobody = Given.experiment().users(60, 60).converted(0, 0, 0);
    assertThat(check(nobody, "goal_tracking").status()).isEqualTo(Status.WARN);
    assertThat(check(nobody, "goal_tracking").detail())
        .isEqualTo(
            "Of 120 people nobody has sent the event trial_started yet: see whether the site sends"
                + " it, and by this name.");
    assertThat(check(Given.experiment().users(40, 40).converted(0, 0, 0), "goal_tracking").status())
        .isEqualTo(Status.PASS);
    Goal pro =
        new Goal(
            "order",
            "Orders",
            Goal.Kind.CONVERSION,
            null,
            Goal.Direction.INCREASE,
            Goal.Role.PRIMARY,
            null,
            null,
            false,
            List.of(new Condition("plan", Condition.Op.EQ, "pro")),
            null,
            null);
    assertThat(
            check(Given.experiment().goals(pro).users(60, 60).converted(0, 0, 0), "goal_tracking")
                .detail())
        .isEqualTo(
            "Of 120 people nobody has sent the event order where plan is pro yet: see whether the"
                + " site sends it, by this name and with such properties.");
    Given rare = Given.experiment().goals(Given.falling("error_shown", "Error shown"));
    assertThat(check(rare.users(60, 60).converted(0, 0, 0), "goal_tracking").status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void aSettledGoalNeedsNoMorePeople() {
    Given settled = Given.experiment().planned(48_720).users(5_000, 5_000);
    assertThat(check(settled.converted(0, 500, 800), "sample_size").detail())
        .isEqualTo(
            "10,000 people of 48,720 planned (20.5 %); the result is settled all the same, since it"
                + " holds at every look.");
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
