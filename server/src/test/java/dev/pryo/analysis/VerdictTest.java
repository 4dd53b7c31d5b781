package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Rule;
import dev.pryo.analysis.Analysis.Verdict;
import dev.pryo.analysis.Statistics.Call;
import dev.pryo.analysis.Statistics.NonInferiority;
import dev.pryo.event.Totals.GoalTotal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void aClearEffectShips() {
    Analysis analysis =
        Given.experiment().users(10_000, 10_000).converted(0, 1_000, 1_300).analysis();
    Verdict verdict = analysis.verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
    assertThat(verdict.segment()).isEqualTo("test1");
    assertThat(verdict.rule()).isEqualTo(Rule.PRIMARY_BETTER);
    assertThat(verdict.sentence()).isEqualTo("Ship Test 1: it brings 30 % more “Trial started”.");
    assertThat(verdict.facts())
        .containsExactly("lift.trial_started.conversion.test1", "p.trial_started.conversion.test1");
    var recommendation = analysis.winnerRecommendation();
    assertThat(recommendation.segment()).isEqualTo("test1");
    assertThat(recommendation.decision()).isEqualTo(Decision.SHIP);
    assertThat(recommendation.confidence()).isCloseTo(1, within(1e-6));
    assertThat(recommendation.reason()).isEqualTo(verdict.sentence());
    assertThat(analysis.summary())
        .startsWith(
            "Ship Test 1: it brings 30 % more “Trial started”. The true change is very likely (95"
                + " %,")
        .endsWith("20,000 people took part.");
  }

  @Test
  void noEffectKeepsRunningAndSaysWhatIsStillPossible() {
    Verdict verdict =
        Given.experiment()
            .planned(40_000)
            .users(10_000, 10_000)
            .converted(0, 1_000, 1_010)
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.KEEP_RUNNING);
    assertThat(verdict.rule()).isEqualTo(Rule.NOT_SETTLED);
    assertThat(verdict.segment()).isNull();
    assertThat(verdict.sentence())
        .isEqualTo(
            "Not yet. The gain could still be anything from −11.4 % to +15.1 %. About 7 more"
                + " days.");
  }

  @Test
  void aFewPeopleAreTooFew() {
    Verdict verdict =
        Given.experiment()
            .planned(48_720)
            .users(214, 220)
            .converted(0, 10, 12)
            .after(Duration.ofDays(1))
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.KEEP_RUNNING);
    assertThat(verdict.rule()).isEqualTo(Rule.TOO_FEW_PEOPLE);
    assertThat(verdict.sentence())
        .isEqualTo("Not yet. 214 of 24,360 people per segment so far. About 27 more days.");
    assertThat(Given.experiment().users(7, 5).converted(0, 1, 1).analysis().verdict().sentence())
        .isEqualTo("Not yet. 12 people so far: too few to say anything. About 21 more days.");
  }

  @Test
  void harmInThePrimaryGoalKeepsControl() {
    Analysis analysis =
        Given.experiment().users(10_000, 10_000).converted(0, 1_300, 1_000).analysis();
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.KEEP_CONTROL);
    assertThat(analysis.verdict().rule()).isEqualTo(Rule.PRIMARY_WORSE);
    assertThat(analysis.verdict().sentence())
        .isEqualTo("Keep Control: Test 1 brings 23.1 % fewer “Trial started”.");
    assertThat(analysis.winnerRecommendation().confidence()).isGreaterThan(0.99);
  }

  @Test
  void everyNewVersionMustBeWorseBeforeTheControlIsKept() {
    Given given = Given.experiment().segments("40", "30", "30");
    assertThat(
            given
                .users(13_333, 10_000, 10_000)
                .converted(0, 1_600, 900, 1_190)
                .analysis()
                .verdict()
                .decision())
        .isEqualTo(Decision.KEEP_RUNNING);
    Verdict both =
        Given.experiment()
            .segments("40", "30", "30")
            .users(13_333, 10_000, 10_000)
            .converted(0, 1_600, 900, 950)
            .analysis()
            .verdict();
    assertThat(both.sentence())
        .isEqualTo(
            "Keep Control: Test 1 brings 25 % fewer “Trial started” and Test 2 brings 20.8 % fewer"
                + " “Trial started”.");
  }

  @Test
  void ofTwoBetterVersionsTheOneWithTheLargerGainShips() {
    Verdict verdict =
        Given.experiment()
            .segments("34", "33", "33")
            .users(10_200, 9_900, 9_900)
            .converted(0, 1_000, 1_250, 1_400)
            .analysis()
            .verdict();
    assertThat(verdict.segment()).isEqualTo("test2");
  }

  @Test
  void aBrokenSplitWithholdsEverything() {
    Analysis analysis =
        Given.experiment().users(10_000, 10_800).converted(0, 1_000, 1_600).analysis();
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.INVALID);
    assertThat(analysis.verdict().rule()).isEqualTo(Rule.SAMPLE_RATIO_ALARM);
    assertThat(analysis.verdict().sentence())
        .startsWith(
            "Do not use these numbers: Test 1 got 51.9 % of people instead of 50 %. Likeliest"
                + " cause: ");
    assertThat(analysis.winnerRecommendation().confidence()).isNull();
    assertThat(analysis.insights())
        .extracting(Analysis.Insight::title)
        .containsExactly("The split is broken", "20,800 people took part", "No result is given");
    assertThat(analysis.statistics().comparisons())
        .allMatch(comparison -> comparison.call() == Call.WITHHELD && !comparison.significant());
  }

  @Test
  void aHarmedGuardrailStopsTheExperiment() {
    Analysis analysis =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.guardrail("plans_compared", "Compared plans", 0.1))
            .users(20_000, 20_000)
            .converted(0, 1_000, 1_300)
            .converted(1, 6_000, 4_800)
            .analysis();
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.KEEP_CONTROL);
    assertThat(analysis.verdict().rule()).isEqualTo(Rule.GUARDRAIL_HARMED);
    assertThat(analysis.verdict().sentence())
        .isEqualTo("Stop now: Test 1 brings 20 % fewer “Compared plans” (limit 10 %).");
    assertThat(analysis.verdict().segment()).isNull();
  }

  @Test
  void aGuardrailWithinItsLimitIsSafe() {
    Analysis analysis =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.guardrail("plans_compared", "Compared plans", 0.1))
            .users(20_000, 20_000)
            .converted(0, 1_000, 1_300)
            .converted(1, 6_000, 5_970)
            .analysis();
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.SHIP);
    assertThat(analysis.statistics().comparisons().getLast().call()).isEqualTo(Call.SAFE);
    assertThat(analysis.statistics().comparisons().getLast().significant()).isFalse();
    NonInferiority test = guardrail(analysis).nonInferiority();
    assertThat(Objects.requireNonNull(test).pValue()).isLessThan(0.05);
    assertThat(test.method()).isEqualTo("mixture_cs");
    assertThat(analysis.statistics().comparisons().getFirst().nonInferiority()).isNull();
  }

  @Test
  void aGuardrailNearItsLimitIsNotSettledAndASafeOneStaysSafe() {
    Given near =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.guardrail("plans_compared", "Compared plans", 0.1))
            .users(20_000, 20_000)
            .converted(0, 1_000, 1_010)
            .converted(1, 6_000, 5_500);
    assertThat(guardrail(near.analysis()).call()).isEqualTo(Call.NOT_SETTLED);
    Analysis safe =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.guardrail("plans_compared", "Compared plans", 0.1))
            .users(18_000, 18_000)
            .converted(0, 1_000, 1_010)
            .converted(1, 5_400, 5_400)
            .analysis();
    Statistics.Comparison later = guardrail(near.previous(safe).analysis());
    assertThat(later.call()).isEqualTo(Call.SAFE);
    NonInferiority test = Objects.requireNonNull(later.nonInferiority());
    assertThat(Objects.requireNonNull(test.pValueNow())).isGreaterThan(test.pValue());
  }

  private static Statistics.Comparison guardrail(Analysis analysis) {
    return analysis.statistics().comparisons().getLast();
  }

  @Test
  void theBayesianReadingFollowsTheGoalsDirectionAndIsLabelled() {
    Statistics rising =
        Given.experiment().users(2_000, 2_000).converted(0, 200, 230).analysis().statistics();
    Statistics falling =
        Given.experiment()
            .goals(Given.falling("trial_started", "Trial started"))
            .users(2_000, 2_000)
            .converted(0, 200, 230)
            .analysis()
            .statistics();
    Statistics.Bayesian up = Objects.requireNonNull(rising.comparisons().getFirst().bayesian());
    Statistics.Bayesian down = Objects.requireNonNull(falling.comparisons().getFirst().bayesian());
    assertThat(up.chanceToWin()).isBetween(0.9, 0.97);
    assertThat(down.chanceToWin()).isCloseTo(1 - up.chanceToWin(), within(1e-9));
    // shipping loses what keeping would win: the difference of both losses is the lift
    assertThat(down.expectedLoss() - up.expectedLoss()).isCloseTo(0.15, within(0.001));
    assertThat(up.interval()).isEqualTo(down.interval());
    assertThat(rising.notPeekSafe()).containsExactly("p_value", "interval", "bayesian");
  }

  @Test
  void aSegmentThatHarmsAGuardrailDoesNotKeepABetterOneFromShipping() {
    Analysis analysis =
        guarded("34", "33", "33")
            .users(20_400, 19_800, 19_800)
            .converted(0, 1_000, 1_300, 1_700)
            .converted(1, 6_000, 5_900, 4_000)
            .analysis();
    Verdict verdict = analysis.verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
    assertThat(verdict.segment()).isEqualTo("test1");
    assertThat(verdict.rule()).isEqualTo(Rule.PRIMARY_BETTER);
    assertThat(verdict.sentence())
        .isEqualTo(
            "Ship Test 1: it brings 33.9 % more “Trial started”; do not ship Test 2, which brings"
                + " 31.3 % fewer “Compared plans” (limit 10 %).");
    assertThat(analysis.winnerRecommendation().reason()).isEqualTo(verdict.sentence());
    assertThat(verdict.facts())
        .containsExactly(
            "lift.trial_started.conversion.test1",
            "p.trial_started.conversion.test1",
            "lift.plans_compared.conversion.test2",
            "p.plans_compared.conversion.test2",
            "margin.plans_compared.conversion");
    Analysis two =
        guarded("25", "25", "25", "25")
            .users(20_000, 20_000, 20_000, 20_000)
            .converted(0, 1_000, 1_300, 1_000, 1_000)
            .converted(1, 6_000, 5_900, 4_800, 4_200)
            .analysis();
    assertThat(two.verdict().sentence())
        .isEqualTo(
            "Ship Test 1: it brings 30 % more “Trial started”; do not ship Test 2, which brings 20 %"
                + " fewer “Compared plans” (limit 10 %), nor Test 3, which brings 30 % fewer"
                + " “Compared plans” (limit 10 %).");
  }

  /// The summary's interval is the winner's, whichever goal comes first.
  @Test
  void theSummaryOfAWinnerBesideHarmIsTheWinners() {
    Analysis analysis =
        Given.experiment()
            .segments("34", "33", "33")
            .goals(
                Given.guardrail("plans_compared", "Compared plans", 0.1),
                Given.conversion("trial_started", "Trial started"))
            .users(20_400, 19_800, 19_800)
            .converted(0, 6_000, 5_900, 4_000)
            .converted(1, 1_000, 1_300, 1_700)
            .analysis();
    List<Double> won =
        Objects.requireNonNull(
            analysis.statistics().comparisons().stream()
                .filter(of -> of.segment().equals("test1") && of.goal().equals("trial_started"))
                .findFirst()
                .orElseThrow()
                .alwaysValid()
                .interval());
    assertThat(analysis.summary())
        .contains(
            " between %s and %s.".formatted(Say.signed(won.getFirst()), Say.signed(won.getLast())));
  }

  /// Whatever it gains.
  @Test
  void aSegmentThatHarmsAGuardrailIsNeverShipped() {
    Verdict verdict =
        guarded("34", "33", "33")
            .users(20_400, 19_800, 19_800)
            .converted(0, 1_000, 1_000, 1_700)
            .converted(1, 6_000, 5_900, 4_000)
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.KEEP_CONTROL);
    assertThat(verdict.segment()).isNull();
    assertThat(verdict.rule()).isEqualTo(Rule.GUARDRAIL_HARMED);
    assertThat(verdict.sentence())
        .isEqualTo("Stop now: Test 2 brings 31.3 % fewer “Compared plans” (limit 10 %).");
  }

  @Test
  void whereNoneWinsAndOneHarmsTheControlIsKept() {
    Verdict verdict =
        guarded("34", "33", "33")
            .users(20_400, 19_800, 19_800)
            .converted(0, 1_000, 975, 980)
            .converted(1, 6_000, 5_900, 4_000)
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.KEEP_CONTROL);
    assertThat(verdict.rule()).isEqualTo(Rule.GUARDRAIL_HARMED);
    assertThat(verdict.sentence())
        .isEqualTo("Stop now: Test 2 brings 31.3 % fewer “Compared plans” (limit 10 %).");
  }

  /// A guardrail without a window too, whose interval of today stays today's.
  @Test
  void aGuardrailThatWasHarmedAtThePlannedEndIsHarmedWheneverSomebodyLooks() {
    Look late =
        guarded("50", "50")
            .planned(20_000)
            .users(60_000, 60_000)
            .converted(0, 3_000, 3_010)
            .converted(1, 18_000, 17_500)
            .look();
    GoalTotal control = new GoalTotal(1, 0, 10_000, 3_000, 3_000, 3_000, 3_000, 3_000, null);
    GoalTotal test = new GoalTotal(1, 1, 10_000, 2_400, 2_400, 2_400, 2_400, 2_400, null);
    Look.PlannedEnd end = new Look.PlannedEnd(1, 1, Given.START, List.of(control, test));
    Analysis without = Report.of(late);
    Analysis with = Report.of(late.plannedEnds(List.of(end)));
    assertThat(guardrail(without).call()).isEqualTo(Call.SAFE);
    assertThat(guardrail(with).call()).isEqualTo(Call.HARMED);
    assertThat(with.verdict().rule()).isEqualTo(Rule.GUARDRAIL_HARMED);
    assertThat(guardrail(with).alwaysValid().interval())
        .isEqualTo(guardrail(without).alwaysValid().interval());
  }

  private static Given guarded(String... segments) {
    return Given.experiment()
        .segments(segments)
        .goals(
            Given.conversion("trial_started", "Trial started"),
            Given.guardrail("plans_compared", "Compared plans", 0.1));
  }

  @Test
  void lessIsBetterWhereItIsWanted() {
    assertThat(
            Given.experiment()
                .goals(Given.falling("error_shown", "Error shown"))
                .users(10_000, 10_000)
                .converted(0, 1_300, 1_000)
                .analysis()
                .verdict()
                .sentence())
        .isEqualTo("Ship Test 1: it brings 23.1 % fewer “Error shown”.");
  }

  @Test
  void thePlannedEndWithoutAResultSaysWhatIsExcluded() {
    Verdict verdict =
        Given.experiment()
            .planned(100_000)
            .users(50_010, 49_995)
            .converted(0, 5_000, 5_010)
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(verdict.rule()).isEqualTo(Rule.PLANNED_END);
    assertThat(verdict.sentence())
        .isEqualTo("You can stop. If there is a gain, it is below 6.2 %.");
  }

  @Test
  void theLongestTimeEndsItToo() {
    Given given = Given.experiment().planned(100_000).users(5_000, 5_000).converted(0, 500, 501);
    assertThat(given.after(Duration.ofDays(27)).analysis().verdict().decision())
        .isEqualTo(Decision.KEEP_RUNNING);
    Verdict over = given.after(Duration.ofDays(28)).analysis().verdict();
    assertThat(over.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(over.rule()).isEqualTo(Rule.MAX_DAYS);
    assertThat(over.sentence()).isEqualTo("You can stop. If there is a gain, it is below 26.4 %.");
    assertThat(given.simulated().analysis().verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
  }

  @Test
  void aPlanThatWillNotBeFilledSaysWhatWouldHelp() {
    Verdict verdict =
        Given.experiment()
            .planned(48_720)
            .users(1_010, 990)
            .converted(0, 50, 52)
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.KEEP_RUNNING);
    assertThat(verdict.rule()).isEqualTo(Rule.WILL_NOT_GET_THERE);
    assertThat(verdict.sentence())
        .isEqualTo(
            "Not yet, and it will not get there: at this rate about 8,000 of 48,720 people come in"
                + " its 28 days. What would help: about 171 days, or a bolder version that"
                + " brings a change of 30.5 %.");
    assertThat(verdict.facts())
        .containsExactly(
            "users.total",
            "plan.people",
            "progress.expected",
            "progress.days_needed",
            "progress.lift_shown",
            "plan.max_days",
            "plan.exposure");
    Given tenth =
        Given.experiment().planned(20_000).users(505, 495).converted(0, 25, 26).exposure("10");
    assertThat(tenth.analysis().verdict().sentence())
        .isEqualTo(
            "Not yet, and it will not get there: at this rate about 4,000 of 20,000 people come in"
                + " its 28 days. What would help: everybody taking part instead of 10 %.");
  }

  @Test
  void wherePeopleNeverComeInTimeAnotherPageWouldHelp() {
    Verdict verdict =
        Given.experiment().planned(400_000).users(60, 60).converted(0, 3, 3).analysis().verdict();
    assertThat(verdict.sentence())
        .isEqualTo(
            "Not yet, and it will not get there: at this rate about 480 of 400,000 people come in"
                + " its 28 days. What would help: a page that more people see.");
  }

  @Test
  void theFirstDayAndAPlanThatIsNearlyFilledPromiseNothingBad() {
    Given first = Given.experiment().planned(48_720).users(30, 30).converted(0, 2, 2);
    assertThat(first.after(Duration.ofHours(47)).analysis().verdict().rule())
        .isEqualTo(Rule.TOO_FEW_PEOPLE);
    assertThat(first.after(Duration.ofHours(48)).analysis().verdict().rule())
        .isEqualTo(Rule.WILL_NOT_GET_THERE);
    Given near = Given.experiment().planned(20_000).users(2_300, 2_300).converted(0, 120, 125);
    assertThat(near.analysis().verdict().rule()).isEqualTo(Rule.NOT_SETTLED);
    assertThat(near.simulated().analysis().verdict().rule()).isEqualTo(Rule.NOT_SETTLED);
  }

  @Test
  void theDaysThatAreLeftFollowFromTheLastWeek() {
    Given given =
        Given.experiment()
            .planned(20_000)
            .users(4_000, 4_000)
            .converted(0, 200, 205)
            .after(Duration.ofDays(14))
            .days(
                Given.day("2026-03-03", 0, 1_500, 75),
                Given.day("2026-03-03", 1, 1_500, 75),
                Given.day("2026-03-12", 0, 2_500, 125),
                Given.day("2026-03-12", 1, 2_500, 125));
    // 5,000 people since midnight of 10 March, 6.4 days ago
    assertThat(given.analysis().verdict().sentence()).endsWith("About 14 more days.");
    assertThat(given.days().analysis().verdict().sentence())
        .startsWith("Not yet, and it will not get there: at this rate about 16,000 of 20,000");
  }

  @Test
  void whoStopsEarlyIsToldSo() {
    Verdict verdict =
        Given.experiment()
            .planned(100_000)
            .users(5_000, 5_000)
            .converted(0, 500, 501)
            .finished()
            .analysis()
            .verdict();
    assertThat(verdict.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(verdict.sentence())
        .startsWith(
            "Keep Control, or run it again: it was stopped before it was settled, and the gain"
                + " could be anything from −");
  }

  @Test
  void nobodyIsNobody() {
    Analysis analysis = Given.experiment().planned(1_000).users(0, 0).analysis();
    assertThat(analysis.verdict().sentence()).isEqualTo("Not yet. Nobody has been counted so far.");
    assertThat(analysis.statistics().comparisons().getFirst().note())
        .isEqualTo("Nobody has seen Control yet.");
    assertThat(analysis.insights()).hasSizeBetween(3, 6);
    assertThat(Given.experiment().users(0, 0).finished().analysis().verdict().decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void onePersonIsTooFewToCompare() {
    Analysis analysis = Given.experiment().users(1, 0).converted(0, 1, 0).analysis();
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    var comparison = analysis.statistics().comparisons().getFirst();
    assertThat(comparison.note())
        .isEqualTo("Only one person has seen Control: a comparison needs two.");
    assertThat(comparison.control().mean()).isEqualTo(1.0);
    assertThat(comparison.test().mean()).isNull();
    assertThat(comparison.relativeLift()).isNull();
    assertThat(comparison.pValue()).isNull();
    assertThat(comparison.alwaysValid().interval()).isNull();
  }

  @Test
  void withoutAnyConversionTheOtherGoalsAreStillRead() {
    Analysis analysis =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.secondary("plans_compared", "Compared plans"))
            .users(5_000, 5_000)
            .converted(0, 0, 0)
            .converted(1, 500, 800)
            .analysis();
    assertThat(analysis.statistics().comparisons().getFirst().note())
        .isEqualTo("There is no “Trial started” yet in either segment.");
    assertThat(analysis.statistics().comparisons().getLast().call()).isEqualTo(Call.BETTER);
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
  }

  @Test
  void aConstantValueHasNothingToCompare() {
    Analysis analysis =
        Given.experiment()
            .goals(Given.sum("order", "Revenue"))
            .users(100, 100)
            .total(new GoalTotal(0, 0, 100, 100, 100, 500, 500, 2_500, null))
            .total(new GoalTotal(0, 1, 100, 100, 100, 500, 500, 2_500, null))
            .analysis();
    assertThat(analysis.statistics().comparisons().getFirst().note())
        .isEqualTo(
            "Everybody in a segment has the same value of “Revenue”: there is no chance in it to"
                + " measure a change against.");
  }

  @Test
  void aRiseFromMinusTenToMinusFiveIsALiftOfHalf() {
    Analysis analysis =
        Given.experiment()
            .goals(Given.sum("margin", "Margin"))
            .users(5_000, 5_000)
            .total(new GoalTotal(0, 0, 5_000, 5_000, 5_000, -50_000, -50_000, 600_000, null))
            .total(new GoalTotal(0, 1, 5_000, 5_000, 5_000, -25_000, -25_000, 225_000, null))
            .analysis();
    assertThat(analysis.statistics().comparisons().getFirst().relativeLift()).isEqualTo(0.5);
    assertThat(analysis.verdict().sentence()).isEqualTo("Ship Test 1: it raises “Margin” by 50 %.");
  }

  @Test
  void aGainFromZeroIsToldInCounts() {
    Analysis analysis = Given.experiment().users(2_000, 2_000).converted(0, 0, 100).analysis();
    var comparison = analysis.statistics().comparisons().getFirst();
    assertThat(comparison.relativeLift()).isNull();
    assertThat(comparison.alwaysValid().interval()).isNull();
    assertThat(comparison.difference()).isEqualTo(0.05);
    assertThat(comparison.note())
        .isEqualTo(
            "There is no change in percent, because the value of “Trial started” is zero in"
                + " Control: read the difference instead.");
    assertThat(analysis.verdict().sentence())
        .isEqualTo("Ship Test 1: it moves “Trial started” from 0 % of people to 5 % of people.");
  }

  @Test
  void onlyMaturedPeopleCountWhereThereIsAWindow() {
    Given given =
        Given.experiment()
            .goals(Given.windowed("trial_started", "Trial started", 24))
            .planned(20_000)
            .users(10_000, 10_000);
    Analysis analysis = given.matured(0, 0, 9_000, 900).matured(0, 1, 9_000, 1_150).analysis();
    var comparison = analysis.statistics().comparisons().getFirst();
    assertThat(comparison.control().n()).isEqualTo(9_000);
    assertThat(comparison.alwaysValid().method()).isEqualTo("horizon_cs");
    assertThat(analysis.statistics().method()).isEqualTo("horizon_cs");
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.SHIP);
    Analysis open =
        Given.experiment()
            .goals(Given.windowed("trial_started", "Trial started", 24))
            .planned(20_000)
            .users(10_000, 10_000)
            .matured(0, 0, 9_000, 900)
            .matured(0, 1, 9_000, 905)
            .analysis();
    assertThat(open.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    Analysis young =
        Given.experiment()
            .goals(Given.windowed("trial_started", "Trial started", 24))
            .users(100, 100)
            .matured(0, 0, 0, 0)
            .matured(0, 1, 1, 0)
            .analysis();
    assertThat(young.statistics().comparisons().getFirst().note())
        .isEqualTo(
            "Only 0 people of Control have been in it for 24 hours: a comparison needs two.");
  }

  @Test
  void aSecondaryGoalDoesNotShip() {
    Analysis analysis =
        Given.experiment()
            .goals(
                Given.conversion("trial_started", "Trial started"),
                Given.secondary("plans_compared", "Compared plans"))
            .users(10_000, 10_000)
            .converted(0, 1_000, 1_005)
            .converted(1, 1_000, 1_400)
            .analysis();
    assertThat(analysis.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    assertThat(analysis.statistics().comparisons().getLast().significant()).isTrue();
  }

  @Test
  void simulatedNumbersSaySo() {
    Analysis analysis = Given.experiment().users(60, 60).converted(0, 6, 9).simulated().analysis();
    assertThat(analysis.summary()).startsWith("Simulated data. ");
    assertThat(analysis.plots()).extracting(Plot::title).allMatch(t -> t.startsWith("Simulated: "));
    assertThat(analysis.progress().daysLeft()).isNull();
  }
}
