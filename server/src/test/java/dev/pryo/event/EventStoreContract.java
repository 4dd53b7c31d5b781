package dev.pryo.event;

import static dev.pryo.event.History.between;
import static dev.pryo.event.History.capped;
import static dev.pryo.event.History.filtered;
import static dev.pryo.event.History.from;
import static dev.pryo.event.History.goal;
import static dev.pryo.event.History.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.event.EventStore.Outcome;
import dev.pryo.experiment.Condition;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every event store promises.
abstract class EventStoreContract {
  abstract EventStore store();

  /// A project that has no events yet.
  abstract long project();

  /// An experiment's number that no events have yet.
  abstract long experiment();

  private History history() {
    return new History(store(), project(), experiment());
  }

  @Test
  void theFirstWriteStands() {
    History history = history();
    NewEvent first = history.event("a", "u", "purchase", 1, 1.0, null, null, Source.LIVE, false);
    NewEvent again = history.event("a", "v", "refund", 2, 2.0, null, null, Source.LIVE, false);
    assertThat(store().append(List.of(first, again)))
        .containsExactly(Outcome.STORED, Outcome.CHANGED);
    assertThat(store().append(List.of(again))).containsExactly(Outcome.CHANGED);
    assertThat(store().append(List.of(first, first)))
        .containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE);
  }

  @Test
  void whatIsSentAgainWithAnotherTimeIsTheSame() {
    History history = history();
    NewEvent first = history.event("a", "u", "x", 1, 2.0, null, null, Source.LIVE, false);
    NewEvent later = history.event("a", "u", "x", 5, 2.0, null, null, Source.LIVE, false);
    NewEvent other = history.event("a", "u", "x", 1, 2.5, null, null, Source.LIVE, false);
    assertThat(store().append(List.of(first))).containsExactly(Outcome.STORED);
    assertThat(store().append(List.of(later, other, first)))
        .containsExactly(Outcome.DUPLICATE, Outcome.CHANGED, Outcome.DUPLICATE);
  }

  /// Who is known by name on a phone and on a desktop is exposed by the same event twice. Other
  /// properties, and those of other events, are what somebody said.
  @Test
  void theDeviceOfAnExposureMakesItNoOtherEvent() {
    History history = history();
    history.exposed("u", 0, 1);
    NewEvent exposure = history.events.removeLast();
    NewEvent phone = History.with("{\"device\": \"phone\", \"country\": \"DE\"}", exposure);
    NewEvent desktop = History.with("{\"country\": \"DE\", \"device\": \"desktop\"}", exposure);
    NewEvent abroad = History.with("{\"device\": \"phone\", \"country\": \"FR\"}", exposure);
    NewEvent unknown = History.with("{\"country\": \"DE\"}", exposure);
    assertThat(store().append(List.of(phone, desktop, abroad, unknown)))
        .containsExactly(Outcome.STORED, Outcome.DUPLICATE, Outcome.CHANGED, Outcome.DUPLICATE);
    history.exposed("v", 0, 1);
    NewEvent bare = history.events.removeLast();
    assertThat(store().append(List.of(bare, History.with("{\"device\": \"tv\"}", bare))))
        .containsExactly(Outcome.STORED, Outcome.DUPLICATE);
    NewEvent bought = history.event("b", "u", "x", 1, null, null, null, Source.LIVE, false);
    assertThat(
            store()
                .append(
                    List.of(
                        History.with("{\"device\": \"phone\"}", bought),
                        History.with("{\"device\": \"desktop\"}", bought))))
        .containsExactly(Outcome.STORED, Outcome.CHANGED);
  }

  @Test
  void anIdBelongsToItsProject() {
    NewEvent here = history().event("a", "u", "x", 1, null, null, null, Source.LIVE, false);
    NewEvent there = history().event("a", "u", "x", 1, null, null, null, Source.LIVE, false);
    assertThat(store().append(List.of(here, there)))
        .containsExactly(Outcome.STORED, Outcome.STORED);
  }

  @Test
  void eventsCountFromTheFirstExposureOn() {
    Totals totals =
        history()
            .happened("before", "purchase", 1)
            .exposed("before", 0, 2)
            .exposed("at once", 0, 2)
            .happened("at once", "purchase", 2)
            .happened("after", "purchase", 3)
            .exposed("after", 1, 2) // arrives late
            .totals(from(0));
    assertThat(totals.users()).containsExactly(2L, 1L);
    assertThat(totals.goals()).extracting(Totals.GoalTotal::converted).containsExactly(1L, 1L);
    assertThat(totals.events()).isEqualTo(5);
  }

  @Test
  void whatHappensOutsideTheActiveTimesDoesNotCount() {
    Totals totals =
        history()
            .exposed("early", 0, 1)
            .exposed("early", 1, 11) // only this one counts
            .exposed("paused", 0, 21)
            .exposed("buyer", 0, 12)
            .happened("buyer", "purchase", 25)
            .exposed("keen", 0, 12)
            .happened("keen", "purchase", 31)
            .exposed("late", 0, 41)
            .totals(between(10, 20), between(30, 40));
    assertThat(totals.users()).containsExactly(2L, 1L);
    assertThat(totals.goals().getFirst().converted()).isEqualTo(1);
    assertThat(totals.multiple()).isZero();
    assertThat(totals.from()).isEqualTo(hour(11));
    assertThat(totals.to()).isEqualTo(hour(31));
  }

  @Test
  void whoSawTwoSegmentsCountsInNeither() {
    Totals totals =
        history()
            .exposed("both", 0, 1)
            .exposed("both", 1, 2)
            .happened("both", "purchase", 3)
            .exposed("one", 1, 1)
            .exposed("one", 1, 2)
            .totals(from(0));
    assertThat(totals.users()).containsExactly(0L, 1L);
    assertThat(totals.multiple()).isEqualTo(1);
    assertThat(totals.goals()).allSatisfy(goal -> assertThat(goal.converted()).isZero());
  }

  @Test
  void onlyVisitorsWhoseWindowHasPassedAreMature() {
    History history =
        history()
            .exposed("old", 0, 1)
            .happened("old", "purchase", 24.9)
            .exposed("slow", 0, 1)
            .happened("slow", "purchase", 25)
            .exposed("young", 0, 30)
            .happened("young", "purchase", 31);
    store().append(history.events);
    Goal windowed = goal("purchase", Goal.Kind.CONVERSION, 24);
    Totals running =
        store()
            .totals(
                history.query(
                    false, Source.LIVE, hour(40), List.of(windowed, History.BOUGHT), from(0)));
    assertThat(running.goals())
        .filteredOn(goal -> goal.segment() == 0)
        .extracting(Totals.GoalTotal::mature, Totals.GoalTotal::converted)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, 1L),
            org.assertj.core.groups.Tuple.tuple(3L, 3L));
    Totals ended =
        store()
            .totals(
                history.query(false, Source.LIVE, hour(900), List.of(windowed), between(0, 53)));
    assertThat(ended.goals().getFirst().mature()).isEqualTo(2);
    assertThat(ended.days().getLast().converted()).containsExactly(1L);
  }

  @Test
  void theMomentWithMoreThanSoManyVisitorsIsFound() {
    History history =
        history()
            .exposed("second", 1, 3)
            .exposed("first", 0, 2)
            .exposed("first", 0, 9)
            .exposed("third", 0, 4)
            .exposed("both", 0, 1)
            .exposed("both", 1, 1)
            .exposed("other", 1, 3.5)
            .exposed("early", 0, -1);
    history.add("crawler", NewEvent.EXPOSURE, 1, null, history.experiment, 0, Source.LIVE, true);
    store().append(history.events);
    TotalsQuery query =
        history.query(false, Source.LIVE, hour(900), List.of(History.BOUGHT), from(0));
    assertThat(store().exceeded(query, Set.of(0, 1), 0, 0)).contains(hour(2));
    assertThat(store().exceeded(query, Set.of(0, 1), 0, 2)).contains(hour(3.5));
    assertThat(store().exceeded(query, Set.of(0), 0, 1)).contains(hour(4));
    assertThat(store().exceeded(query, Set.of(0), 0, 2)).isEmpty();
    assertThat(store().exceeded(query, Set.of(0, 1), 24, 2)).contains(hour(27.5));
    assertThat(store().exceeded(query, Set.of(0, 1), 897, 2)).isEmpty(); // not yet
  }

  /// Whoever sees a second segment later was there until then.
  @Test
  void whoSeesASecondSegmentCountsUntilThen() {
    History history =
        history()
            .exposed("a", 0, 1)
            .exposed("leaves", 0, 2)
            .exposed("leaves", 1, 5)
            .exposed("b", 1, 6)
            .exposed("c", 1, 7);
    store().append(history.events);
    TotalsQuery query =
        history.query(false, Source.LIVE, hour(900), List.of(History.BOUGHT), from(0));
    assertThat(store().exceeded(query, Set.of(0, 1), 0, 1)).contains(hour(2));
    assertThat(store().exceeded(query, Set.of(0, 1), 0, 2)).contains(hour(7));
    assertThat(store().exceeded(query, Set.of(0, 1), 3, 1)).contains(hour(9)); // never mature
    assertThat(store().totals(query.until(hour(4.9))).users()).containsExactly(2L, 0L);
    assertThat(store().totals(query.until(hour(5))).users()).containsExactly(1L, 0L);
  }

  @Test
  void aLookIntoThePastHasTheVisitorsWhoWereMatureThen() {
    History history =
        history()
            .exposed("a", 0, 1)
            .happened("a", "purchase", 2)
            .exposed("b", 0, 5)
            .happened("b", "purchase", 6);
    store().append(history.events);
    Goal windowed = goal("purchase", Goal.Kind.CONVERSION, 24);
    TotalsQuery query = history.query(false, Source.LIVE, hour(100), List.of(windowed), from(0));
    assertThat(store().totals(query).goals().getFirst().mature()).isEqualTo(2);
    Totals.GoalTotal then = store().totals(query.until(hour(28.9))).goals().getFirst();
    assertThat(then.mature()).isEqualTo(1);
    assertThat(then.converted()).isEqualTo(1);
    assertThat(store().totals(query).goals().getFirst().mature()).isEqualTo(2);
  }

  @Test
  void aValueThatCannotBeAddedUpKeepsNothingElseFromBeingCounted() {
    History history = history();
    double[] values = {1e308, 1e308, -1e308, 1e-300, 1e139};
    for (int i = 0; i < values.length; i++) {
      String user = "u" + i;
      int segment = i < 3 ? 0 : 1;
      history.exposed(user, segment, 1);
      history.add(user, "paid", 2, values[i], null, null, Source.LIVE, false);
      history.add(user, "paid", 3, values[i], null, null, Source.LIVE, false);
      history.happened(user, "purchase", 3);
    }
    store().append(history.events);
    List<Goal> goals =
        List.of(
            goal("paid", Goal.Kind.SUM, null), goal("paid", Goal.Kind.MEAN, null), History.BOUGHT);
    List<Totals.GoalTotal> counted =
        store().totals(history.query(false, Source.LIVE, hour(900), goals, from(0))).goals();
    assertThat(counted.get(0).sum()).isNaN();
    assertThat(counted.get(0).sumOfSquares()).isInfinite();
    assertThat(counted.get(2).sum()).isNaN();
    assertThat(counted.get(1).sum()).isEqualTo(2e139);
    assertThat(counted.get(1).sumOfSquares()).isEqualTo(2e139 * 2e139);
    assertThat(counted.get(3).sum()).isEqualTo(1e139);
    assertThat(counted.get(4).converted()).isEqualTo(3);
    assertThat(counted.get(5).converted()).isEqualTo(2);
  }

  @Test
  void aRatioHasTheSumsOfBothItsSides() {
    History history = history();
    for (String user : List.of("rich", "poor", "idle")) {
      history.exposed(user, 0, 1);
    }
    history.add("rich", "paid", 2, 30.0, null, null, Source.LIVE, false);
    history.add("rich", "paid", 3, 12.0, null, null, Source.LIVE, false);
    history.add("rich", "visit", 3, null, null, null, Source.LIVE, false);
    history.add("poor", "paid", 2, null, null, null, Source.LIVE, false); // counts 1
    history.add("poor", "visit", 0.5, null, null, null, Source.LIVE, false); // before the exposure
    history.add("poor", "visit", 4, null, null, null, Source.LIVE, false);
    history.add("poor", "visit", 5, null, null, null, Source.LIVE, false);
    history.add("stranger", "visit", 5, null, null, null, Source.LIVE, false);
    store().append(history.events);
    Goal goal = History.ratio("paid", "visit", Goal.Kind.COUNT, null);
    Totals totals =
        store().totals(history.query(false, Source.LIVE, hour(900), List.of(goal), from(0)));
    Totals.GoalTotal total = totals.goals().getFirst();
    assertThat(total.mature()).isEqualTo(3);
    assertThat(total.converted()).isEqualTo(2);
    assertThat(total.sum()).isEqualTo(43);
    assertThat(total.sumOfSquares()).isEqualTo(42 * 42 + 1);
    assertThat(total.second()).isEqualTo(new Totals.Second(3, 5, 42 * 1 + 1 * 2));
    assertThat(totals.goals().getLast().second()).isEqualTo(new Totals.Second(0, 0, 0));
    assertThat(totals.events()).isEqualTo(9);
    assertThat(totals.goalWithoutExposure()).isZero(); // a visit alone is no goal
  }

  @Test
  void theVisitorWhoAddsMostToASumIsKnown() {
    History history = history();
    for (int i = 0; i < 4; i++) {
      history.exposed("u" + i, i % 2, 1);
    }
    history.add("u0", "paid", 2, 30.0, null, null, Source.LIVE, false);
    history.add("u0", "paid", 3, 12.0, null, null, Source.LIVE, false);
    history.add("u2", "paid", 3, 40.0, null, null, Source.LIVE, false);
    history.add("u1", "paid", 3, -50.0, null, null, Source.LIVE, false);
    history.add("u3", "paid", 3, 20.0, null, null, Source.LIVE, false);
    store().append(history.events);
    List<Goal> goals = List.of(History.BOUGHT, goal("paid", Goal.Kind.SUM, null));
    assertThat(store().totals(history.query(false, Source.LIVE, hour(9), goals, from(0))).largest())
        .containsExactly(new Totals.Largest(1, 0, 42), new Totals.Largest(1, 1, -50));
  }

  @Test
  void historyEndsWithTheFirstExposureOfAnyKind() {
    double days = 24;
    History history =
        history()
            .exposed("plain", 0, 1_000)
            .happened("plain", "purchase", 1_000 - 31 * days)
            .happened("plain", "purchase", 1_000 - 30 * days)
            .happened("plain", "purchase", 999)
            .happened("plain", "purchase", 1_000)
            .exposed("paused", 0, 970) // in a pause: does not count, but was seen
            .happened("paused", "purchase", 960)
            .happened("paused", "purchase", 980)
            .exposed("paused", 0, 1_010)
            .exposed("nobody", 0, 1_010);
    store().append(history.events);
    Goal goal = History.withHistory("purchase", Goal.Kind.COUNT, null);
    Totals totals =
        store()
            .totals(
                history.query(
                    false, Source.LIVE, hour(1_900), List.of(goal), between(900, 950), from(990)));
    assertThat(totals.users()).containsExactly(3L, 0L);
    Totals.GoalTotal total = totals.goals().getFirst();
    assertThat(total.sum()).isEqualTo(1);
    assertThat(total.second()).isEqualTo(new Totals.Second(3, 5, 1 * 2));
    assertThat(totals.events()).isEqualTo(3 + 1);
  }

  @Test
  void botsCountOnlyWhereTheProjectCountsThem() {
    History history = history().exposed("person", 0, 1);
    history.add("crawler", NewEvent.EXPOSURE, 1, null, history.experiment, 1, Source.LIVE, true);
    history.add("crawler", "purchase", 2, 1.0, null, null, Source.LIVE, true);
    store().append(history.events);
    Totals without =
        store()
            .totals(history.query(false, Source.LIVE, hour(9), List.of(History.BOUGHT), from(0)));
    assertThat(without.users()).containsExactly(1L, 0L);
    assertThat(without.bots()).isEqualTo(1);
    assertThat(without.goalWithoutExposure()).isZero();
    Totals with =
        store().totals(history.query(true, Source.LIVE, hour(9), List.of(History.BOUGHT), from(0)));
    assertThat(with.users()).containsExactly(1L, 1L);
    assertThat(with.goals().getLast().converted()).isEqualTo(1);
  }

  @Test
  void previewsAndSimulationsNeverTouchALiveCount() {
    History history = history();
    history.add("a", NewEvent.EXPOSURE, 1, null, history.experiment, 0, Source.PREVIEW, false);
    history.add("a", "purchase", 2, 1.0, null, null, Source.PREVIEW, false);
    history.add("b", NewEvent.EXPOSURE, 1, null, history.experiment, 0, Source.SIMULATED, false);
    history.add("b", "purchase", 2, 1.0, history.experiment, 0, Source.SIMULATED, false);
    Totals live = history.totals(from(0));
    assertThat(live.users()).containsExactly(0L, 0L);
    assertThat(live.events()).isZero();
    assertThat(live.goalWithoutExposure()).isZero();
    Totals simulated =
        store().totals(history.query(false, Source.SIMULATED, hour(9), List.of(History.BOUGHT)));
    assertThat(simulated.users()).containsExactly(1L, 0L);
    assertThat(simulated.goals().getFirst().converted()).isEqualTo(1);
  }

  @Test
  void goalsWithoutExposureAreVisitors() {
    Totals totals =
        history()
            .happened("a", "purchase", 1)
            .happened("a", "purchase", 2)
            .happened("b", "something else", 2)
            .happened("c", "purchase", -5)
            .totals(from(0));
    assertThat(totals.goalWithoutExposure()).isEqualTo(1);
  }

  @Test
  void aNewSimulationTakesThePlaceOfTheEarlierOne() {
    History history = history().exposed("live", 0, 1);
    store().append(history.events);
    for (String run : List.of("first", "second")) {
      store()
          .replaceSimulated(
              history.project,
              history.experiment,
              List.of(
                  history.event(
                      "same id",
                      run,
                      NewEvent.EXPOSURE,
                      1,
                      null,
                      history.experiment,
                      0,
                      Source.SIMULATED,
                      false)));
    }
    List<StoredEvent> page =
        store()
            .page(
                new EventQuery(
                    history.project,
                    history.experiment,
                    List.of(),
                    hour(0),
                    EnumSet.allOf(Source.class),
                    Long.MAX_VALUE,
                    10))
            .events();
    assertThat(page).extracting(StoredEvent::userId).containsExactly("second", "live");
  }

  @Test
  void aPageHasWhatNamesTheExperimentAndTheGoalsOfItsUsers() {
    History history =
        history()
            .exposed("in", 1, 1)
            .happened("in", "purchase", 2)
            .happened("in", "page view", 3)
            .happened("stranger", "purchase", 4);
    history.add("outside", "purchase", 5, null, history.experiment, null, Source.LIVE, false);
    history.add("other", "purchase", 6, null, experiment(), 0, Source.LIVE, false);
    history.add(
        "previewer", NewEvent.EXPOSURE, 7, null, history.experiment, 1, Source.PREVIEW, false);
    history.add("previewer", "purchase", 8, null, null, null, Source.PREVIEW, false);
    store().append(history.events);
    assertThat(users(history, EnumSet.allOf(Source.class)))
        .containsExactly("previewer", "previewer", "outside", "in", "in");
    assertThat(users(history, Set.of(Source.LIVE))).containsExactly("outside", "in", "in");
    assertThat(users(history, Set.of(Source.SIMULATED))).isEmpty();
  }

  private List<String> users(History history, Set<Source> sources) {
    return store()
        .page(
            new EventQuery(
                history.project,
                history.experiment,
                List.of("purchase"),
                hour(0),
                sources,
                Long.MAX_VALUE,
                100))
        .events()
        .stream()
        .map(StoredEvent::userId)
        .toList();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrOverlap() {
    History history = history();
    for (int i = 0; i < 25; i++) {
      history.exposed("u" + i, i % 2, i).happened("u" + i, "purchase", i + 0.5);
    }
    store().append(history.events);
    List<String> ids = new ArrayList<>();
    Long before = Long.MAX_VALUE;
    while (before != null) {
      EventPage page =
          store()
              .page(
                  new EventQuery(
                      history.project,
                      history.experiment,
                      List.of("purchase"),
                      hour(0),
                      Set.of(Source.LIVE),
                      before,
                      7));
      page.events().forEach(event -> ids.add(event.id()));
      before = page.next();
    }
    assertThat(ids).isEqualTo(history.events.reversed().stream().map(NewEvent::id).toList());
  }

  @Test
  void anEventIsReadAsItWasKept() {
    History history = history();
    NewEvent kept =
        history.event(
            "an id", "üser 😀", "näme", 1.5, -0.125, history.experiment, 1, Source.LIVE, true);
    store().append(List.of(kept));
    StoredEvent read =
        store()
            .page(
                new EventQuery(
                    history.project,
                    history.experiment,
                    List.of(),
                    hour(0),
                    Set.of(Source.LIVE),
                    Long.MAX_VALUE,
                    1))
            .events()
            .getFirst();
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("seq")
        .isEqualTo(
            new StoredEvent(
                0,
                "an id",
                "üser 😀",
                "näme",
                hour(1.5),
                hour(2000),
                -0.125,
                true,
                1,
                Source.LIVE,
                true,
                "{\"n\": 1}"));
  }

  @Test
  void whatNamesNoExperimentAndCameBeforeItWasMadeIsNotListed() {
    History history = history().exposed("u", 1, 1).happened("u", "purchase", 2);
    store().append(history.events); // received at hour 2000
    EventQuery query =
        new EventQuery(
            history.project,
            history.experiment,
            List.of("purchase"),
            hour(2001),
            Set.of(Source.LIVE),
            Long.MAX_VALUE,
            10);
    assertThat(store().page(query).events())
        .extracting(StoredEvent::name)
        .containsExactly(NewEvent.EXPOSURE);
  }

  @Test
  void aVisitorsEventsAreThoseOfTheExperimentAndThoseOfNone() {
    History history = history().exposed("u", 1, 3).happened("u", "purchase", 1);
    history.happened("u", "page view", 2).exposed("v", 1, 1).happened("v", "purchase", 2);
    history.add("u", "click", 4, null, null, null, Source.PREVIEW, false);
    history.add("u", "click", 5, null, history.experiment, 0, Source.SIMULATED, true);
    history.add("u", "click", 6, null, experiment(), 0, Source.LIVE, false);
    store().append(history.events);
    VisitorQuery visitor = history.visitor("u");
    assertThat(store().visitor(visitor, 100))
        .extracting(StoredEvent::name)
        .containsExactly("purchase", "page view", NewEvent.EXPOSURE, "click", "click");
    assertThat(store().visitor(visitor, 2)).hasSize(2);
    assertThat(store().visitor(history.visitor("nobody"), 9)).isEmpty();
  }

  @Test
  void aVisitorIsErasedInBatchesAndNobodyElse() {
    History history = history();
    for (int i = 0; i < 20; i++) {
      history.exposed("u", i % 2, i).happened("u", "purchase", i).happened("v", "purchase", i);
    }
    history.add("u", "click", 4, null, null, null, Source.PREVIEW, false);
    history.exposed("v", 1, 0);
    store().append(history.events);
    VisitorQuery visitor = history.visitor("u");
    assertThat(store().erase(visitor, 30)).isEqualTo(30);
    assertThat(store().erase(visitor, 30)).isEqualTo(11);
    assertThat(store().erase(visitor, 30)).isZero();
    assertThat(store().visitor(visitor, 9)).isEmpty();
    Totals left = history.totalsOfStored(from(0));
    assertThat(left.users()).containsExactly(0L, 1L);
    assertThat(left.goals().getLast().converted()).isEqualTo(1);
  }

  @Test
  void whatIsTooOldGoesInBatchesAndNothingElse() {
    History history = history();
    for (int i = 0; i < 25; i++) {
      history.exposed("u" + i, 0, i);
    }
    store().append(history.events);
    History other = history().exposed("x", 0, 1);
    store().append(other.events);
    assertThat(store().expire(history.project, hour(2000), 10)).isZero();
    assertThat(store().expire(history.project, hour(2000.001), 10)).isEqualTo(10);
    assertThat(store().expire(history.project, hour(2000.001), 100)).isEqualTo(15);
    assertThat(history.totalsOfStored(from(0)).events()).isZero();
    assertThat(other.totalsOfStored(from(0)).events()).isEqualTo(1);
  }

  /// The page of a visitor says by its own words what the totals say by theirs.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void allVisitorsJudgedOneByOneAreTheTotals(long seed) {
    History history = history();
    List<NewEvent> events = RandomEvents.of(seed, history, experiment());
    store().append(events);
    List<Goal> goals =
        List.of(
            History.BOUGHT,
            goal("purchase", Goal.Kind.SUM, 48),
            goal("click", Goal.Kind.COUNT, 12),
            goal("rating", Goal.Kind.MEAN, null),
            filtered(
                goal("click", Goal.Kind.COUNT, 30), new Condition("vip", Condition.Op.EQ, true)));
    List<String> users = events.stream().map(NewEvent::userId).distinct().toList();
    for (boolean bots : new boolean[] {false, true}) {
      TotalsQuery query =
          history.query(bots, Source.LIVE, hour(180), goals, between(20, 90), from(130));
      Totals totals = store().totals(query);
      List<Judgement> judged =
          users.stream()
              .map(user -> Judgement.of(store().visitor(history.visitor(user), 10_000), query))
              .toList();
      assertThat(judged).filteredOn(Judgement::multiple).hasSize((int) totals.multiple());
      assertThat(judged)
          .flatExtracting(Judgement::events)
          .filteredOn(each ->
              each.why() == null
                  || each.why() == Judgement.Why.TWO_SEGMENTS
                      && each.event().named()
                      && each.event().segment() != null)
          .hasSize((int) totals.events());
      for (int segment = 0; segment < 2; segment++) {
        int of = segment;
        List<Judgement> people =
            judged.stream().filter(each -> Objects.equals(each.segment(), of)).toList();
        assertThat(people).hasSize(totals.users().get(segment).intValue());
        for (int goal = 0; goal < goals.size(); goal++) {
          int number = goal;
          Totals.GoalTotal total =
              totals.goals().stream()
                  .filter(each -> each.goal() == number && each.segment() == of)
                  .findFirst()
                  .orElseThrow();
          List<Judgement.Reached> mature =
              people.stream()
                  .map(each -> each.goals().get(number))
                  .filter(Judgement.Reached::mature)
                  .toList();
          assertThat(mature).hasSize((int) total.mature());
          assertThat(mature.stream().filter(each -> each.events() > 0).count())
              .isEqualTo(total.converted());
          assertThat(mature.stream().mapToLong(Judgement.Reached::events).sum())
              .isEqualTo(total.count());
          assertThat(mature.stream().mapToDouble(Judgement.Reached::sum).sum())
              .isCloseTo(total.total(), within(1e-6 * Math.max(1, Math.abs(total.total()))));
        }
      }
    }
  }

  /// Late, out of order, repeated, in pauses, in two segments, by bots, in previews: whatever
  /// comes, the store counts what plain loops count.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyHistoryIsCountedLikeByHand(long seed) {
    History history = history();
    MemoryEventStore oracle = new MemoryEventStore();
    List<NewEvent> events = RandomEvents.of(seed, history, experiment());
    for (int start = 0; start < events.size(); start += 40) {
      List<NewEvent> batch = events.subList(start, Math.min(start + 40, events.size()));
      assertThat(store().append(batch)).isEqualTo(oracle.append(batch));
    }
    List<Goal> goals =
        List.of(
            History.BOUGHT,
            goal("purchase", Goal.Kind.SUM, 48),
            goal("click", Goal.Kind.COUNT, 12),
            goal("rating", Goal.Kind.MEAN, null),
            goal("rating", Goal.Kind.SUM, 200),
            goal("never seen", Goal.Kind.COUNT, null));
    List<Goal> pairs =
        List.of(
            History.ratio("purchase", "click", Goal.Kind.COUNT, null),
            History.ratio("rating", "purchase", Goal.Kind.CONVERSION, 24),
            History.ratio("purchase", "purchase", Goal.Kind.COUNT, 60),
            History.ratio("click", "rating", Goal.Kind.SUM, null),
            goal("page view", Goal.Kind.COUNT, 100));
    List<Goal> histories =
        List.of(
            History.withHistory("purchase", Goal.Kind.SUM, null),
            History.withHistory("click", Goal.Kind.CONVERSION, 48),
            History.withHistory("rating", Goal.Kind.MEAN, 5),
            History.withHistory("never seen", Goal.Kind.COUNT, null));
    List<Goal> mixed = new ArrayList<>(goals);
    mixed.addAll(pairs);
    mixed.addAll(histories);
    mixed.addAll(FILTERED);
    mixed.addAll(CAPPED);
    for (List<Goal> asked : List.of(goals, pairs, FILTERED, CAPPED, mixed)) {
      sameByHand(oracle, history, asked);
    }
    EventQuery all =
        new EventQuery(
            history.project,
            history.experiment,
            List.of("purchase", "click"),
            hour(0),
            EnumSet.allOf(Source.class),
            Long.MAX_VALUE,
            1_000);
    assertThat(store().page(all).events())
        .extracting(StoredEvent::id)
        .isEqualTo(oracle.page(all).events().stream().map(StoredEvent::id).toList());
  }

  private void sameByHand(MemoryEventStore oracle, History history, List<Goal> goals) {
    for (boolean bots : new boolean[] {false, true}) {
      for (Source source : new Source[] {Source.LIVE, Source.SIMULATED}) {
        TotalsQuery query =
            history.query(
                bots, source, hour(180), goals, between(20, 90), between(100, 101), from(130));
        assertSame(store().totals(query), oracle.totals(query));
        for (long n : new long[] {0, 3, 20, 500}) {
          assertThat(store().exceeded(query, Set.of(0, 1), 0, n))
              .isEqualTo(oracle.exceeded(query, Set.of(0, 1), 0, n));
          assertThat(store().exceeded(query, Set.of(0, 1), 20, n))
              .isEqualTo(oracle.exceeded(query, Set.of(0, 1), 20, n));
        }
        TotalsQuery then = query.until(hour(bots ? 120 : 100.5)); // in a pause, and while it ran
        assertSame(store().totals(then), oracle.totals(then));
        TotalsQuery ended =
            history.query(bots, source, hour(500), goals, between(10, 90), between(110, 190));
        assertSame(store().totals(ended), oracle.totals(ended));
      }
    }
  }

  private static void assertSame(Object counted, Object byHand) {
    assertThat(counted)
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)) ? 0 : Double.compare(a, b),
            Double.class)
        .isEqualTo(byHand);
  }

  private static final List<Goal> FILTERED =
      List.of(
          filtered(
              goal("purchase", Goal.Kind.CONVERSION, null),
              new Condition("plan", Condition.Op.EQ, "pro")),
          filtered(
              goal("purchase", Goal.Kind.SUM, 48),
              new Condition("n", Condition.Op.GE, 2),
              new Condition("vip", Condition.Op.EXISTS, null)),
          filtered(
              goal("click", Goal.Kind.COUNT, null),
              new Condition("plan", Condition.Op.IN, List.of("free", 1))),
          filtered(
              History.ratio("purchase", "click", Goal.Kind.COUNT, null),
              new Condition("plan", Condition.Op.NE, "team")),
          filtered(
              History.withHistory("rating", Goal.Kind.MEAN, 60),
              new Condition("n", Condition.Op.LT, 4)),
          filtered(
              goal("rating", Goal.Kind.SUM, null),
              new Condition("vip", Condition.Op.EXISTS, false),
              new Condition("n", Condition.Op.LE, 3)));

  private static final List<Goal> CAPPED =
      List.of(
          capped(goal("purchase", Goal.Kind.SUM, null), 0.9),
          capped(goal("click", Goal.Kind.COUNT, 24), 0.5),
          capped(goal("rating", Goal.Kind.MEAN, null), 0.75),
          capped(History.withHistory("rating", Goal.Kind.SUM, 48), 0.95),
          capped(goal("never seen", Goal.Kind.SUM, null), 0.99));

  @Test
  void onlyEventsThatPassTheFilterCount() {
    History history = history();
    for (String user : List.of("a", "b", "c", "d")) {
      history.exposed(user, 0, 1);
    }
    said(history, "a", "{\"plan\": \"pro\", \"seats\": 5}");
    said(history, "b", "{\"plan\": \"pro\", \"seats\": \"5\"}"); // text is no number
    said(history, "c", "{\"plan\": \"free\", \"seats\": 50}");
    said(history, "d", null);
    said(history, "stranger", "{\"plan\": \"free\", \"seats\": 50}");
    store().append(history.events);
    Goal pro =
        filtered(
            History.BOUGHT,
            new Condition("plan", Condition.Op.EQ, "pro"),
            new Condition("seats", Condition.Op.GT, 4));
    Totals totals =
        store().totals(history.query(false, Source.LIVE, hour(9), List.of(pro), from(0)));
    assertThat(totals.goals().getFirst().converted()).isEqualTo(1);
    assertThat(totals.goals().getFirst().mature()).isEqualTo(4);
    assertThat(totals.events()).isEqualTo(4 + 1);
    assertThat(totals.goalWithoutExposure()).isZero();
  }

  private static void said(History history, String user, @Nullable String properties) {
    history.happened(user, "purchase", 2);
    history.events.add(History.with(properties, history.events.removeLast()));
  }

  /// The largest value of all arms is cut, not the largest of each arm.
  @Test
  void aCapIsAQuantileOfAllArmsTogether() {
    History history = history();
    for (int i = 0; i < 5; i++) {
      history.exposed("control " + i, 0, 1).exposed("test " + i, 1, 1).exposed("idle " + i, 0, 1);
      history.add("control " + i, "paid", 2, 10.0 + i, null, null, Source.LIVE, false);
      history.add("test " + i, "paid", 2, i == 0 ? 1e6 : 15.0 + i, null, null, Source.LIVE, false);
    }
    store().append(history.events);
    Goal paid = capped(goal("paid", Goal.Kind.SUM, null), 8.0 / 9);
    List<Totals.GoalTotal> totals =
        store().totals(history.query(false, Source.LIVE, hour(9), List.of(paid), from(0))).goals();
    assertThat(totals.getFirst().mature()).isEqualTo(10);
    assertThat(totals.getFirst().sum()).isEqualTo(10 + 11 + 12 + 13 + 14);
    assertThat(totals.getLast().sum()).isEqualTo(19 + 16 + 17 + 18 + 19);
    assertThat(totals.getLast().total()).isEqualTo(1e6 + 16 + 17 + 18 + 19);
  }

  /// An event that a filter leaves out makes nobody large, and nobody is larger than a cap.
  @Test
  void theLargestVisitorIsAsLargeAsTheGoalCountsThem() {
    History history = history();
    for (int i = 0; i < 5; i++) {
      history.exposed("control " + i, 0, 1).exposed("test " + i, 1, 1);
      history.add("control " + i, "paid", 2, 10.0 + i, null, null, Source.LIVE, false);
      history.add("test " + i, "paid", 2, i == 0 ? 1e6 : 15.0 + i, null, null, Source.LIVE, false);
    }
    history.add("control 0", "paid", 3, 5e6, null, null, Source.LIVE, false);
    history.events.add(History.with("{\"order\": \"test\"}", history.events.removeLast()));
    store().append(history.events);
    Goal all = goal("paid", Goal.Kind.SUM, null);
    Goal real = filtered(all, new Condition("order", Condition.Op.NE, "test"));
    List<Goal> goals = List.of(all, real, capped(all, 8.0 / 9), capped(real, 8.0 / 9));
    assertThat(store().totals(history.query(false, Source.LIVE, hour(9), goals, from(0))).largest())
        .containsExactly(
            new Totals.Largest(0, 0, 5e6 + 10),
            new Totals.Largest(0, 1, 1e6),
            new Totals.Largest(1, 0, 14),
            new Totals.Largest(1, 1, 1e6),
            new Totals.Largest(2, 0, 1e6),
            new Totals.Largest(2, 1, 1e6),
            new Totals.Largest(3, 0, 14),
            new Totals.Largest(3, 1, 19));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyDayEndsAsItWouldHaveBeenSeen(long seed) {
    History history = history();
    MemoryEventStore oracle = new MemoryEventStore();
    List<NewEvent> events = RandomEvents.of(seed, history, experiment());
    store().append(events);
    oracle.append(events);
    List<Goal> goals = new ArrayList<>(FILTERED);
    goals.addAll(
        List.of(
            goal("purchase", Goal.Kind.SUM, 48),
            goal("click", Goal.Kind.COUNT, null),
            goal("rating", Goal.Kind.MEAN, 24),
            History.ratio("rating", "purchase", Goal.Kind.CONVERSION, 24),
            History.ratio("click", "rating", Goal.Kind.SUM, null),
            History.withHistory("click", Goal.Kind.CONVERSION, null)));
    for (Source source : new Source[] {Source.LIVE, Source.SIMULATED}) {
      for (boolean bots : new boolean[] {false, true}) {
        TotalsQuery query =
            history.query(bots, source, hour(180), goals, between(20, 90), from(110));
        List<DayEnd> counted = store().days(query);
        assertThat(counted).extracting(DayEnd::day).isSorted().doesNotHaveDuplicates();
        oracle.days(query).forEach(end -> assertSame(at(end, counted), end));
      }
    }
  }

  /// What was counted for a day: that of the day before it on which something changed.
  private static DayEnd at(DayEnd asked, List<DayEnd> days) {
    List<Long> nobody = Collections.nCopies(asked.users().size(), 0L);
    DayEnd last = null;
    for (DayEnd day : days) {
      last = day.day().isAfter(asked.day()) ? last : day;
    }
    if (last == null) {
      assertThat(asked.users()).isEqualTo(nobody);
      return asked;
    }
    boolean same = last.day().equals(asked.day());
    return new DayEnd(asked.day(), same ? last.exposed() : nobody, last.users(), last.goals());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theLastDayEndsWithTheTotals(long seed) {
    History history = history();
    store().append(RandomEvents.of(seed, history, experiment()));
    List<Goal> goals = new ArrayList<>(FILTERED);
    goals.addAll(CAPPED);
    for (Source source : new Source[] {Source.LIVE, Source.SIMULATED}) {
      TotalsQuery query = history.query(false, source, hour(180), goals, from(20));
      Totals totals = store().totals(query);
      DayEnd last = store().days(query).getLast();
      assertSame(last.users(), totals.users());
      assertSame(last.goals(), totals.goals());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void partsAreCountedLikeByHand(long seed) {
    History history = history();
    MemoryEventStore oracle = new MemoryEventStore();
    List<NewEvent> events = RandomEvents.of(seed, history, experiment());
    store().append(events);
    oracle.append(events);
    List<Goal> goals =
        List.of(
            goal("purchase", Goal.Kind.SUM, 48),
            capped(goal("rating", Goal.Kind.SUM, null), 0.9),
            FILTERED.getFirst(),
            History.ratio("purchase", "click", Goal.Kind.COUNT, null),
            History.withHistory("click", Goal.Kind.COUNT, null));
    for (Source source : new Source[] {Source.LIVE, Source.SIMULATED}) {
      TotalsQuery query =
          history.query(false, source, hour(180), goals, between(20, 90), from(110));
      for (String property : List.of("plan", "n", "vip", "nothing' says")) {
        for (int most : new int[] {1, 3, 20}) {
          assertSame(store().parts(query, property, most), oracle.parts(query, property, most));
        }
      }
      assertThat(store().properties(query)).containsExactlyInAnyOrder("plan", "n", "vip");
    }
  }

  /// With a value far from all others, a negative one and one alone.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void spreadsAreCountedLikeByHand(long seed) {
    History history = history();
    MemoryEventStore oracle = new MemoryEventStore();
    List<NewEvent> events = new ArrayList<>(RandomEvents.of(seed, history, experiment()));
    history.exposed("whale", 0, 50).exposed("alone", 1, 50);
    history.add("whale", "rating", 51, 1e12, null, null, Source.LIVE, false);
    history.add("alone", "refund", 51, -0.07, null, null, Source.LIVE, false);
    events.addAll(history.events);
    store().append(events);
    oracle.append(events);
    List<Goal> goals =
        List.of(
            goal("purchase", Goal.Kind.SUM, 48),
            goal("click", Goal.Kind.COUNT, null),
            goal("rating", Goal.Kind.MEAN, null),
            capped(goal("rating", Goal.Kind.SUM, null), 0.9),
            goal("refund", Goal.Kind.SUM, null),
            History.BOUGHT,
            goal("never seen", Goal.Kind.COUNT, null));
    TotalsQuery query =
        history.query(false, Source.LIVE, hour(180), goals, between(20, 90), from(110));
    List<Spread> spreads = store().spreads(query);
    assertSame(spreads, oracle.spreads(query));
    assertThat(spreads).hasSize(5).allSatisfy(spread -> assertThat(spread.bins()).isBetween(1, 40));
  }
}
