package dev.pryo.iteration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Progress;
import dev.pryo.analysis.Analysis.RawData;
import dev.pryo.analysis.Analysis.Recommendation;
import dev.pryo.analysis.Analysis.Rule;
import dev.pryo.analysis.Analysis.Verdict;
import dev.pryo.analysis.Analysis.Words;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Statistics;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentRequest;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Plan;
import dev.pryo.experiment.Segment;
import dev.pryo.iteration.Proposal.Move;
import dev.pryo.platform.Conflict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
  private static final Instant NOW = Instant.parse("2026-03-09T10:00:00Z");
  private static final String CHANGE = "change 'Add to cart' to 'Buy now' and make the price bold";

  @Test
  void theStepFollowsFromTheVerdict() {
    assertThat(move(Decision.SHIP)).isEqualTo(Move.BOLDER);
    assertThat(move(Decision.INCONCLUSIVE)).isEqualTo(Move.BOLDER);
    assertThat(move(Decision.KEEP_RUNNING)).isEqualTo(Move.BOLDER);
    assertThat(move(Decision.KEEP_CONTROL)).isEqualTo(Move.NARROWER);
    assertThat(move(Decision.INVALID)).isEqualTo(Move.REPEAT);
  }

  private static Move move(Decision decision) {
    return draft(experiment(CHANGE), analysis(decision)).proposal().move();
  }

  @Test
  void bolderIsTheSameWithOneThingMore() {
    Draft draft = draft(experiment(CHANGE), analysis(Decision.SHIP));
    assertThat(instructions(draft))
        .isEqualTo(
            "change 'Add to cart' to 'Buy now' and make the price bold and make 'Add to cart' bigger");
    assertThat(draft.proposal().keeps()).isEqualTo(CHANGE);
    assertThat(draft.proposal().changes()).isEqualTo("make 'Add to cart' bigger");
    assertThat(draft.proposal().why())
        .isEqualTo("The change worked, so it comes again in a form that more people notice.");
  }

  @Test
  void narrowerIsOnePartOfTheSame() {
    Draft draft = draft(experiment(CHANGE), analysis(Decision.KEEP_CONTROL));
    assertThat(instructions(draft)).isEqualTo("change 'Add to cart' to 'Buy now'");
    assertThat(draft.proposal().changes()).isEqualTo("leave out everything but this one change");
    assertThat(draft.proposal().why())
        .isEqualTo(
            "The change did harm and had several parts: one part alone shows which of them it was.");
  }

  @Test
  void anotherChangeIsOfTheSamePlace() {
    Draft draft =
        draft(experiment("change 'Add to cart' to 'Buy now'"), analysis(Decision.KEEP_CONTROL));
    assertThat(instructions(draft)).isEqualTo("make 'Add to cart' bigger");
    assertThat(draft.proposal().move()).isEqualTo(Move.OTHER_CHANGE);
    assertThat(draft.proposal().why())
        .isEqualTo("The change did harm, so the same place is changed in another way.");
  }

  /// The part that comes first was tried, in whatever words; so the other part comes.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "change 'Add to cart' to 'Buy now'",
        "Replace “Add to cart” with “Buy now”.",
        "say 'Buy now' instead of 'Add to cart'",
        "On the product page, change the 'Add to cart' button to 'Buy now'!",
        "CHANGE 'add to cart' TO 'buy now'",
        "rename the \"Add to cart\" button to \"Buy now\""
      })
  void whatWasTriedInOtherWordsIsKnownAgain(String tried) {
    assertThat(instructions(draft(experiment(CHANGE), analysis(Decision.KEEP_CONTROL), tried)))
        .isEqualTo("make the price bold");
  }

  @Test
  void whatWasTriedIsNotProposedAgain() {
    Analysis harm = analysis(Decision.KEEP_CONTROL);
    assertThat(instructions(draft(experiment(CHANGE), harm)))
        .isEqualTo("change 'Add to cart' to 'Buy now'");
    assertThat(
            instructions(draft(experiment(CHANGE), harm, "replace 'add to cart' with 'buy now'")))
        .isEqualTo("make the price bold");
    assertThatThrownBy(() -> draft(experiment(CHANGE), analysis(Decision.INVALID), CHANGE))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("has been tried");
  }

  @Test
  void whereEverythingInItsPlaceWasTriedAnotherElementComesNext() {
    String change = "change 'Add to cart' to 'Buy now'";
    Experiment parent = experiment(change);
    List<String> tried = new ArrayList<>(List.of("make the headline bold"));
    Proposal proposal = draft(parent, analysis(Decision.SHIP), "make the headline bold").proposal();
    while (proposal.move() == Move.BOLDER) {
      tried.add("%s and %s".formatted(change, proposal.changes()));
      proposal = draft(parent, analysis(Decision.SHIP), tried.toArray(String[]::new)).proposal();
    }
    assertThat(proposal.move()).isEqualTo(Move.OTHER_ELEMENT);
    assertThat(proposal.changes()).isEqualTo("make the headline bigger");
    assertThat(proposal.why()).contains("another place on the way to the goal");
  }

  @Test
  void withoutInstructionsThereIsNothingToFollowFrom() {
    assertThatThrownBy(() -> draft(experiment(null), analysis(Decision.SHIP)))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("describe the next experiment yourself");
  }

  @Test
  void theDraftIsOneExperimentOfTwoHalvesWithItsReasons() {
    Draft draft = draft(experiment(CHANGE), analysis(Decision.SHIP));
    ExperimentRequest request = draft.request(false);
    assertThat(request.name()).isEqualTo("Buy button, bolder");
    assertThat(request.start()).isFalse();
    assertThat(request.segments()).hasSize(2);
    assertThat(request.description()).startsWith("Follows from “Buy button, narrower”. So it is.");
    assertThat(request.hypothesis()).contains("“Purchase” rises");
    assertThat(draft.proposal().facts()).extracting(Fact::id).containsExactly("users.total");
    assertThat(draft.proposal().simulated()).isFalse();
    assertThat(draft.proposal().writtenBy()).isEqualTo("pryo");
  }

  @Test
  void whatRulesCannotCarryOutIsLeftToAModel() {
    Advice advice =
        new Advice(
            Move.OTHER_CHANGE,
            "What customers say",
            "Lead with what customers say about the 'Buy now' button",
            "The place.",
            "The words around it.",
            "People trust others.",
            "The label alone changed little.",
            List.of("users.total"));
    Draft draft =
        Draft.of(
            new Background(
                experiment(CHANGE),
                analysis(Decision.INCONCLUSIVE),
                new Library(List.of()),
                List.of()),
            Counsel.taken(advice, "some-model"));
    assertThat(draft.request(false).mode()).isEqualTo("auto");
    assertThat(draft.request(false).name()).isEqualTo("What customers say");
    assertThat(draft.proposal().writtenBy()).isEqualTo("some-model");
    assertThat(draft(experiment(CHANGE), analysis(Decision.SHIP)).request(false).mode())
        .isEqualTo("edit");
  }

  /// The rules read breakdowns too, and say how little they mean.
  @Test
  void whatIsDifferentAmongSomePeopleIsSaidAsExploratory() {
    Apart holds = apart("DE", 0.4, true);
    Proposal proposal = proposal(apart("FR", 0.9, false), holds);
    assertThat(proposal.why())
        .isEqualTo(
            "Nothing is settled, and the change may have been too small to be noticed: it comes again in a bolder form. Exploratory, and no verdict rests on it: among people with country “DE”, test1 has 40 % more “Purchase” so far, +5 % to +80 %.");
    assertThat(proposal.facts()).extracting(Fact::id).contains(holds.fact().id());
    assertThat(proposal(apart("FR", 0.9, false)).why()).doesNotContain("FR", "Exploratory");
    assertThat(proposal().why()).doesNotContain("Exploratory");
  }

  private static Proposal proposal(Apart... apart) {
    return Draft.of(
            new Background(
                experiment(CHANGE),
                analysis(Decision.INCONCLUSIVE),
                new Library(List.of()),
                List.of(apart)),
            Counsel.NONE)
        .proposal();
  }

  private static Apart apart(String country, double lift, boolean holds) {
    return new Apart(
        "country",
        country,
        new Fact(
            "breakdown.country.%s.lift.purchase.conversion.test1".formatted(country),
            lift,
            "fraction",
            "",
            "Exploratory",
            "test1",
            "purchase.conversion",
            List.of(0.05, 0.8)),
        holds);
  }

  /// @param tried instructions of other experiments of the project
  private static Draft draft(Experiment parent, Analysis analysis, String... tried) {
    List<Attempt> attempts =
        List.of(tried).stream()
            .map(each ->
                new Attempt(
                    new UUID(9, 9), "Earlier", List.of(each), "inconclusive", null, null, null))
            .toList();
    return Draft.of(
        new Background(parent, analysis, new Library(attempts), List.of()), Counsel.NONE);
  }

  private static String instructions(Draft draft) {
    List<ExperimentRequest.@Nullable SegmentRequest> segments =
        Objects.requireNonNull(draft.request(false).segments());
    return Objects.requireNonNull(Objects.requireNonNull(segments.getLast()).instructions());
  }

  private static Analysis analysis(Decision decision) {
    return new Analysis(
        new UUID(1, 1),
        new UUID(2, 2),
        Source.LIVE,
        new Verdict(decision, null, "So it is.", Rule.NOT_SETTLED, List.of("users.total")),
        new Recommendation(null, decision, null, "So it is.", List.of("users.total")),
        "So it is.",
        List.of("users.total"),
        List.of(),
        List.of(),
        new RawData(List.of(), 0, null, null),
        new Statistics("mixture_cs", 0.05, "holm", 1, "", List.of(), List.of()),
        List.of(),
        List.of(
            new Fact("users.total", 10, "people", "10 people", "counted", null, null, null),
            new Fact("users.control", 5, "people", "5 people", "counted", "control", null, null)),
        new Progress(10, null, null, null),
        "pryo",
        Words.OFF,
        NOW);
  }

  private static Experiment experiment(@Nullable String instructions) {
    return Followed.experiment(
        new UUID(2, 2),
        "buy-button",
        "Buy button, narrower",
        "Say buy now",
        List.of(segment(0, "control", null), segment(1, "test1", instructions)),
        List.of(
            new Goal(
                "purchase",
                "Purchase",
                Goal.Kind.CONVERSION,
                null,
                Goal.Direction.INCREASE,
                Goal.Role.PRIMARY,
                null,
                null,
                false,
                null)),
        new Plan(0.1, 0.2, 0.8, 0.05, 28, 10_000L, null));
  }

  private static Segment segment(int no, String key, @Nullable String instructions) {
    return new Segment(new UUID(7, no), key, key, null, instructions, BigDecimal.valueOf(50), null);
  }
}
