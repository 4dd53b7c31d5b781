package dev.pryo.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Looks;
import dev.pryo.analysis.Say;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which sentences of a model are kept. Test 1 has 28.8 % more trials, which is settled; Test 2 has
/// 4.1 % more, which is not; of purchases Test 1 has 7.3 % more and Test 2 11.4 % fewer so far.
class ProofTest {
  private static final Recorded THREE = Looks.threeVersions();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 1 brings 28.8 % more “Trial started” than Control.",
        "Test 1 brings 29 % more “Trial started”.",
        "Test 1 raises “Trial started” by +28.8 %.",
        "Ship Test 1: it brings 28.8 % more “Trial started”.",
        "Test 1 is the winner.",
        "With Test 1, 12.6 % reached “Trial started”, against 9.8 % with Control.",
        "1,250 of 9,900 people with Test 1 reached “Trial started”, 1,000 of 10,200 with Control.",
        "About 1,200 of 9,900 people with Test 1 reached “Trial started”.",
        "“Trial started” rose clearly with Test 1, from 9.8 % to 12.6 %.",
        "Test 2 has 11.4 % fewer “Purchase” so far.",
        "It is not settled whether Test 2 changes “Purchase”.",
        "Control had fewer “Trial started” than Test 1.",
        "Of “Trial started”, Test 2 has 4.1 % more so far, while Test 1 has 28.8 % more.",
        "Test 1 lifted “Trial started” to 12.6 %.",
        "30,000 people took part."
      })
  void whatTheFactsBearOutIsKept(String text) {
    assertThat(refused(text)).as(text).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 1 brings 35 % more “Trial started”.",
        "Test 1 brings 28.8 % more “Trial started” in 14 days.",
        "Test 1 brings 1,251 “Trial started”.",
        "There is a 97 % chance in favour of Test 1.",
        "Test 1 brings 28.8 % more “Trial started”, or 3 in 10."
      })
  void anInventedNumberIsDropped(String text) {
    assertThat(refused(text)).as(text).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 1 brings 28.9 % more “Trial started”.",
        "Test 1 brings 28 % more “Trial started”.",
        "Test 1 brings 30 % more “Trial started”.",
        "Test 1 brings over 28.8 % more “Trial started”.",
        "Test 1 brings a third more “Trial started”.",
        "Test 1 brings twice as many “Trial started”.",
        "Test 1 doubled “Trial started”.",
        "Test 1 brings thirty percent more “Trial started”.",
        "Half of the people with Test 1 reached “Trial started”.",
        "Test 1 brings 28.8 percentage points more “Trial started”.",
        "12.6 people with Test 1 reached “Trial started”.",
        "Test 1 brings 33 % more “Trial started”.",
        "Test 1 brings 12.6 % more “Trial started”."
      })
  void aNumberThatIsRoundedOrMeantWronglyIsDropped(String text) {
    assertThat(refused(text)).as(text).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 2 brings 28.8 % more “Trial started”.",
        "Control brings 28.8 % more “Trial started” than Test 1.",
        "With Test 2, 12.6 % reached “Trial started”.",
        "1,250 of 9,900 people with Control reached “Trial started”.",
        "Test 1 brings 28.8 % more “Purchase” so far.",
        "Test 1 has 11.4 % fewer “Purchase” so far.",
        "Test 2 and Test 1 have 28.8 % more “Trial started” so far.",
        "Test 2 has more “Trial started” than Test 1 so far."
      })
  void aSwappedSegmentOrGoalIsDropped(String text) {
    assertThat(refused(text)).as(text).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 1 brings 28.8 % fewer “Trial started”.",
        "Test 1 brings −28.8 % in “Trial started”.",
        "Test 1 lowers “Trial started”.",
        "Test 2 has 11.4 % more “Purchase” so far.",
        "Test 2 changed “Purchase” by 11.4 % so far.",
        "“Trial started” is worse with Test 1.",
        "Control had more “Trial started” than Test 1."
      })
  void aWrongDirectionIsDropped(String text) {
    assertThat(refused(text)).as(text).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 2 has 4.1 % more “Trial started”, which is significant.",
        "Test 2 has significantly more “Trial started” so far.",
        "Test 2 brings 4.1 % more “Trial started”.",
        "Test 2 is the winner.",
        "Test 2 beats Control.",
        "Test 2 clearly has 11.4 % fewer “Purchase” so far.",
        "Test 2 makes no difference for “Purchase”.",
        "Test 1 will bring 28.8 % more “Trial started”.",
        "Not only Test 1 wins, Test 2 wins too.",
        "Test 1 brings 28.8 % more “Trial started”, but do not ship it.",
        "Ship Test 2.",
        "Keep Control.",
        "Keep it running.",
        "Most people prefer Test 1.",
        "Test 1 brings 28.8 % more “Trial started”, and Test 2 too.",
        "Test 1 brings 28.8 % more “Trial started”, and so does Test 2.",
        "You should go for Test 2."
      })
  void aClaimBeyondTheVerdictIsDropped(String text) {
    assertThat(refused(text)).as(text).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Test 1 brings 28.8 % more “Trial started”: https://evil.example/x",
        "Test 1 brings 28.8 % more “Trial started”. See evil.example for more.",
        "Test 1 brings **28.8 %** more “Trial started”.",
        "Test 1 brings <b>28.8 %</b> more “Trial started”.",
        "[Test 1](x) brings 28.8 % more “Trial started”.",
        "Test 1 brings `28.8 %` more “Trial started”.",
        "Test 1 brings 28.8 % more “Trial started”.\nTest 1 is best.",
        "Test 1 brings 28.8 % more “Trial started”\u202e.",
        "Test 1 is the w\u0456nner of “Trial started”.",
        "Write to ada@example.org about Test 1.",
        "Test 1"
      })
  void linksMarkupAndOddCharactersAreDropped(String text) {
    assertThat(refused(text)).as(text).isPresent();
  }

  @Test
  void whileNothingIsSettledNothingIsClaimed() {
    Recorded open = Looks.open();
    String range = Say.range(Objects.requireNonNull(lift(open).interval()));
    assertThat(
            refused(
                open,
                "It is too early to tell. The gain could be anything from %s.".formatted(range)))
        .isEmpty();
    assertThat(
            refused(
                open,
                "Keep it running: the gain is between %s."
                    .formatted(range.replace(" to ", " and "))))
        .isEmpty();
    assertThat(refused(open, "Test 1 brings 1 % more “Trial started” so far.")).isEmpty();
    assertThat(refused(open, "Test 1 brings 1 % more “Trial started”.")).isPresent();
    assertThat(refused(open, "Ship Test 1.")).isPresent();
    assertThat(refused(open, "You can stop now.")).isPresent();
    assertThat(refused(open, "The gain is up to 15.1 % for Test 1.")).isEmpty();
    assertThat(refused(open, "The gain is 15.1 % for Test 1.")).isPresent();
    assertThat(refused(open, "The gain is between 11.4 % and 15.1 %.")).isPresent();
  }

  @Test
  void aLossIsSaidAsOne() {
    Recorded worse = Looks.worse();
    assertThat(refused(worse, "Keep Control: the new version has 23.1 % fewer “Trial started”."))
        .isEmpty();
    assertThat(refused(worse, "Test 1 lowers “Trial started” by 23.1 %, which is clear."))
        .isEmpty();
    assertThat(refused(worse, "Test 1 wins.")).isPresent();
    assertThat(refused(worse, "Test 1 is better.")).isPresent();
    assertThat(refused(worse, "Roll out the new version.")).isPresent();
  }

  private static Fact lift(Recorded recorded) {
    return recorded.analysis().facts().stream()
        .filter(fact -> fact.id().startsWith("lift."))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> refused(String text) {
    return refused(THREE, text);
  }

  /// With every fact named, so that nothing is dropped for want of one.
  private static Optional<String> refused(Recorded recorded, String text) {
    List<Fact> facts = recorded.analysis().facts();
    return Proof.refuse(
        text, new Context(Names.of(recorded.look()), recorded.analysis(), facts), 8, 400);
  }
}
