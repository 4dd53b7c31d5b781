package dev.pryo.wording;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Looks;
import java.util.List;
import java.util.stream.Stream;

/// Sentences that no text of a model may say. Most are of [Looks#threeVersions]: Test 1 has 28.8 %
/// more trials, which is settled; Test 2 has 4.1 % more, which is not; of purchases Test 1 has 7.3
/// % more and Test 2 11.4 % fewer so far.
public final class Lies {
  private Lies() {}

  /// A sentence, and what it is said of.
  public record Lie(Recorded of, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /// All of them.
  public static Stream<Lie> all() {
    Recorded three = Looks.threeVersions();
    Recorded open = Looks.open();
    Recorded worse = Looks.worse();
    return Stream.of(
            Stream.of(invented(), misrounded(), swapped(), turned(), beyondTheVerdict(), foreign())
                .flatMap(List::stream)
                .map(text -> new Lie(three, text)),
            whileOpen().stream().map(text -> new Lie(open, text)),
            ofALoss().stream().map(text -> new Lie(worse, text)))
        .flatMap(lies -> lies);
  }

  /// Numbers that nobody counted.
  static List<String> invented() {
    return List.of(
        "Test 1 brings 35 % more “Trial started”.",
        "Test 1 brings 28.8 % more “Trial started” in 14 days.",
        "Test 1 brings 1,251 “Trial started”.",
        "There is a 97 % chance in favour of Test 1.",
        "Test 1 brings 28.8 % more “Trial started”, or 3 in 10.");
  }

  /// Numbers that are none of the facts after rounding and with their unit.
  static List<String> misrounded() {
    return List.of(
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
        "Test 1 brings 12.6 % more “Trial started”.");
  }

  /// What is true of another segment or goal.
  static List<String> swapped() {
    return List.of(
        "Test 2 brings 28.8 % more “Trial started”.",
        "Control brings 28.8 % more “Trial started” than Test 1.",
        "With Test 2, 12.6 % reached “Trial started”.",
        "1,250 of 9,900 people with Control reached “Trial started”.",
        "Test 1 brings 28.8 % more “Purchase” so far.",
        "Test 1 has 11.4 % fewer “Purchase” so far.",
        "Test 2 and Test 1 have 28.8 % more “Trial started” so far.",
        "Test 2 has more “Trial started” than Test 1 so far.");
  }

  /// The wrong direction.
  static List<String> turned() {
    return List.of(
        "Test 1 brings 28.8 % fewer “Trial started”.",
        "Test 1 brings −28.8 % in “Trial started”.",
        "Test 1 lowers “Trial started”.",
        "Test 2 has 11.4 % more “Purchase” so far.",
        "Test 2 changed “Purchase” by 11.4 % so far.",
        "“Trial started” is worse with Test 1.",
        "Control had more “Trial started” than Test 1.");
  }

  /// Winners, certainty and advice that the verdict does not give.
  static List<String> beyondTheVerdict() {
    return List.of(
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
        "You should go for Test 2.");
  }

  /// What is no plain sentence.
  static List<String> foreign() {
    return List.of(
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
        "Test 1");
  }

  /// Of an experiment with 1 % more so far, where anything may come of it.
  static List<String> whileOpen() {
    return List.of(
        "Test 1 brings 1 % more “Trial started”.",
        "Ship Test 1.",
        "You can stop now.",
        "The gain is 15.1 % for Test 1.",
        "The gain is between 11.4 % and 15.1 %.",
        "Test 1 is significantly better.",
        "It is settled that Test 1 has more “Trial started”.");
  }

  /// Of an experiment with 23.1 % fewer, which is settled.
  static List<String> ofALoss() {
    return List.of(
        "Test 1 wins.",
        "Test 1 is better.",
        "Roll out the new version.",
        "Test 1 brings 23.1 % more “Trial started”.",
        "Keep it running.");
  }
}
