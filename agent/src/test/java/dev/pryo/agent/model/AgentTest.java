package dev.pryo.agent.model;

import static dev.pryo.agent.model.Answering.calls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.Progress;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.llm.Cost;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Request;
import dev.pryo.llm.Scripted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-26T08:00:00Z"));

  private static Agent agent(LanguageModel model) {
    return new Agent(model, Prices.builtIn(), CLOCK);
  }

  private static Ended run(LanguageModel model, Agent.Task task) {
    return agent(model).run(task, Transcript.inMemory(), Progress.SILENT);
  }

  @Test
  void itPlansReadsWritesAndIsChecked() {
    var phases = new ArrayList<String>();
    var ended =
        agent(Answering.well())
            .run(
                Shop.task(),
                Transcript.inMemory(),
                (phase, fraction, _) -> phases.add(phase + " " + fraction));

    assertThat(ended.why()).isEqualTo(Why.WRITTEN);
    assertThat(ended.outcome())
        .isInstanceOfSatisfying(
            Done.class,
            done -> {
              assertThat(done.checks()).extracting(Check::status).containsOnly(Check.Status.PASS);
              assertThat(done.changes().changes())
                  .extracting(change -> change.path())
                  .containsExactly(Shop.BUTTON, "src/lib/pryo.js");
              assertThat(done.changes().of(Shop.BUTTON).orElseThrow().diff())
                  .contains("+      {words === 'test1' ? 'Buy now' : 'Add to cart'}")
                  .contains("-      Add to cart");
              assertThat(done.tracked())
                  .singleElement()
                  .satisfies(one ->
                      assertThat(one.event() + " " + one.line()).isEqualTo("add_to_cart 11"));
              assertThat(done.summary()).first().isEqualTo("The button says Buy now.");
            });
    assertThat(phases)
        .containsExactly("PLAN 0.0", "READ 0.2", "WRITE 0.45", "CHECK 0.8", "CHECK 1.0");
    assertThat(ended.spent().calls()).isEqualTo(5);
    assertThat(ended.spent().usage().total()).isEqualTo(5_500);
    assertThat(ended.spent().cost().usd()).isEqualByComparingTo("0.0225");
  }

  @Test
  void anAppThatIsTooOldForTheClientIsRefusedBeforeTheModelIsAsked() {
    var files = Shop.files();
    files.put("package.json", "{\"dependencies\": {\"react\": \"17.0.1\"}}\n");
    var model =
        new LanguageModel() {
          @Override
          public String name() {
            return "claude-sonnet-4-6";
          }

          @Override
          public Reply ask(Request request) {
            throw new AssertionError("It was asked");
          }
        };
    var ended = run(model, Shop.task(files, Budget.USUAL));

    assertThat(ended.why()).isEqualTo(Why.TOO_OLD);
    assertThat(ended.spent().calls()).isZero();
    assertThat(ended.outcome())
        .isInstanceOfSatisfying(
            Unable.class,
            unable -> assertThat(unable.reason()).contains("React 17;", "React 18 or later"));
  }

  @Test
  void everyRequestBeginsWithTheOneBeforeIt() {
    var model = Answering.well();
    run(model, Shop.task());

    for (var at = 1; at < model.asked().size(); at++) {
      var before = model.asked().get(at - 1);
      var now = model.asked().get(at);
      assertThat(now.system()).isEqualTo(before.system());
      assertThat(now.tools()).isEqualTo(before.tools());
      assertThat(now.messages().subList(0, before.messages().size())).isEqualTo(before.messages());
    }
    var later = model.asked().stream().skip(1).mapToLong(request -> request.roughTokens()).sum();
    var seen =
        model.asked().stream()
            .limit(model.asked().size() - 1L)
            .mapToLong(request -> request.roughTokens())
            .sum();
    assertThat(seen / (double) later).as("share seen before").isGreaterThan(0.8);
  }

  @Test
  void eachPhaseIsToldInWordsOfItsOwn() {
    var model = Answering.well();
    run(model, Shop.task());

    assertThat(model.asked().get(0).messages().getLast().content().toString())
        .contains("First plan.")
        .contains("src/BuyButton.jsx (says 'Add to cart')");
    assertThat(model.asked().get(1).messages().getLast().content().toString())
        .contains("Now read.");
    assertThat(model.asked().get(2).messages().getLast().content().toString())
        .contains("Now write.")
        .contains("Add to cart\n    </button>");
  }

  @Test
  void aFailedCheckGoesBackToTheModelWhichMendsIt() {
    var model =
        new Answering(
            calls(Shop.plan(Shop.BUTTON), Shop.read()),
            calls(Shop.writeUntracked(), Shop.flush()),
            calls(
                Shop.replace(
                    Shop.BUTTON,
                    "useVariant } from",
                    "trackEvent, useVariant } from",
                    "    add(product);\n",
                    "    add(product);\n    trackEvent('add_to_cart');\n")),
            calls(Shop.flush()));

    var ended = run(model, Shop.task());

    assertThat(model.asked().get(2).messages().getLast().content().toString())
        .contains("tracking: Nothing sends the event “add_to_cart”");
    assertThat(ended.why()).isEqualTo(Why.WRITTEN);
  }

  @Test
  void afterTwoMendsTheOwnerSeesTheDiff() {
    var model =
        new Answering(
            calls(Shop.plan(Shop.BUTTON), Shop.read()),
            calls(Shop.writeUntracked()),
            calls(Shop.flush()));

    var ended = run(model, Shop.task());

    assertThat(ended.why()).isEqualTo(Why.CHECKS_FAILED);
    assertThat(model.asked()).hasSize(5);
    assertThat(ended.outcome())
        .isInstanceOfSatisfying(
            Done.class,
            done -> {
              assertThat(done.passed()).isFalse();
              assertThat(done.changes().of(Shop.BUTTON)).isPresent();
            });
  }

  @Test
  void aRevisionGoesOnWhereTheRunEndedAndPaysForItsOwnTurnsOnly() {
    var transcript = Transcript.inMemory();
    agent(Answering.well()).run(Shop.task(), transcript, Progress.SILENT);
    var reviser =
        new Answering(
            calls(Shop.replace(Shop.BUTTON, "'Buy now'", "'Buy it now'")), calls(Shop.flush()));
    var task =
        Shop.task(Shop.files(), Budget.USUAL, new Round.Feedback("It should say “Buy it now”."));

    var ended =
        agent(reviser)
            .run(task, new Transcript(transcript.entries(), (_, _) -> {}), Progress.SILENT);

    assertThat(reviser.asked()).hasSize(2);
    assertThat(reviser.asked().getFirst().messages().getLast().content().toString())
        .contains("It should say “Buy it now”.");
    assertThat(ended.why()).isEqualTo(Why.WRITTEN);
    assertThat(ended.spent().calls()).isEqualTo(7);
    assertThat(((Done) ended.outcome()).changes().diff())
        .contains("'test1' ? 'Buy it now' : 'Add to cart'");
  }

  @Test
  void aFailedCheckIsARoundWithWordsOfItsOwn() {
    var transcript = Transcript.inMemory();
    agent(Answering.well()).run(Shop.task(), transcript, Progress.SILENT);
    var mender =
        new Answering(
            calls(Shop.replace(Shop.BUTTON, "'Buy now'", "'Buy it now'")), calls(Shop.flush()));
    var failure = new Round.Failure("lint: src/BuyButton.jsx:3: too short");

    var record = new Transcript(transcript.entries(), (_, _) -> {});
    var ended =
        agent(mender).run(Shop.task(Shop.files(), Budget.USUAL, failure), record, Progress.SILENT);

    assertThat(mender.asked().getFirst().messages().getLast().content().toString())
        .contains("The repository's own checks ran on your changes and failed.")
        .contains("<failure>\nlint: src/BuyButton.jsx:3: too short\n</failure>");
    assertThat(ended.why()).isEqualTo(Why.WRITTEN);
    assertThat(Transcript.rounds(record.entries())).containsExactly(failure);
  }

  static Stream<Budget> tooSmall() {
    var most = Cost.of(100);
    var usual = Duration.ofMinutes(15);
    return Stream.of(
        new Budget(2, 600_000, most, usual, 10),
        new Budget(60, 12_000, most, usual, 10),
        new Budget(60, 600_000, Cost.of(0.14), usual, 10));
  }

  @ParameterizedTest
  @MethodSource("tooSmall")
  void aBudgetIsNeverGoneBeyond(Budget budget) {
    var model = Answering.well();
    var ended = run(model, Shop.task(Shop.files(), budget));

    assertThat(ended.why()).isEqualTo(Why.BUDGET);
    assertThat(ended.outcome())
        .isInstanceOfSatisfying(
            Unable.class,
            unable -> assertThat(unable.reason()).containsPattern("2 calls|12,000|0.14"));
    assertThat(model.asked()).hasSizeBetween(1, 3);
    assertThat(ended.spent().usage().total()).isLessThan(budget.tokens());
    assertThat(ended.spent().cost()).isLessThan(budget.cost());
  }

  @Test
  void timeEndsARunToo() {
    var times =
        new ArrayList<>(
            List.of(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofMinutes(15))));
    InstantSource clock = () -> times.size() > 1 ? times.removeFirst() : times.getFirst();

    var ended =
        new Agent(Answering.well(), Prices.builtIn(), clock)
            .run(Shop.task(), Transcript.inMemory(), Progress.SILENT);

    assertThat(ended.why()).isEqualTo(Why.BUDGET);
    assertThat(ended.spent().calls()).isEqualTo(1);
  }

  @Test
  void aRunKilledAnywhereIsTakenUpWithoutPayingAgain() {
    var whole = Transcript.inMemory();
    var expected = agent(Answering.well()).run(Shop.task(), whole, Progress.SILENT);

    for (var killed = 0; killed < whole.entries().size(); killed++) {
      var kept = new ArrayList<Transcript.Entry>();
      var last = killed;
      Transcript.Keeper dying =
          (position, entry) -> {
            if (position == last) {
              throw new IllegalStateException("killed");
            }
            kept.add(entry);
          };
      var first = Answering.well();
      assertThatIllegalStateException()
          .isThrownBy(() ->
              agent(first).run(Shop.task(), new Transcript(List.of(), dying), Progress.SILENT));
      var paid = Transcript.exchanges(kept).size();

      var later = new Scripted(Transcript.exchanges(whole.entries()).subList(paid, 5));
      var ended =
          agent(later).run(Shop.task(), new Transcript(kept, (_, _) -> {}), Progress.SILENT);

      assertThat(later.isOver()).as("asked for the missing answers alone").isTrue();
      assertThat(((Done) ended.outcome()).changes().diff())
          .isEqualTo(((Done) expected.outcome()).changes().diff());
      assertThat(ended.spent()).isEqualTo(expected.spent());
    }
  }

  @Test
  void anEstimateComesBeforeAnythingIsSpent() {
    var model = Answering.well();
    var estimate = agent(model).estimate(Shop.task());

    assertThat(model.asked()).isEmpty();
    assertThat(estimate.low()).isLessThan(estimate.high()).isGreaterThan(Cost.NONE);
    assertThat(estimate.inputTokens()).isBetween(5_000L, 60_000L);
  }
}
