package dev.pryo.web;

import dev.pryo.experiment.Lengths;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The card that says how long an experiment takes: the chosen length, the lift that follows, and
/// the curve of the others.
///
/// @param points one for each length that can be worked out
/// @param baseline the rate that the lift starts from, 0 where it is not known
public record Length(int weeks, List<Lengths> points, double baseline) {
  private static final double TOP = 12;
  private static final double BOTTOM = 108;

  /// Few changes bring more.
  private static final double HOPED = 0.3;

  public List<Integer> choices() {
    return Describing.WEEKS;
  }

  private Optional<Lengths> chosen() {
    return points.stream().filter(point -> point.days() == weeks * 7).findFirst();
  }

  /// Null where it cannot be worked out.
  public @Nullable Double lift() {
    return chosen().map(Lengths::lift).orElse(null);
  }

  public long people() {
    return chosen().map(Lengths::people).orElse(0L);
  }

  /// `4.2 % of people become 4.8 %.`
  public String change() {
    double lift = chosen().map(Lengths::lift).orElse(0.0);
    return "%s of people doing it becomes %s."
        .formatted(Texts.rate(baseline), Texts.rate(baseline * (1 + lift)));
  }

  /// Why there is no number yet.
  public String missing() {
    return points.isEmpty()
        ? "Say how many people come a day and how many of them reach the goal today, and see which"
            + " lift shows in which time."
        : "No lift that this rate allows shows in %s. Take longer, fewer segments, or an earlier step as the goal."
            .formatted(Texts.count(weeks, "week"));
  }

  /// What to think of the lift; null where it is one that changes do bring.
  public @Nullable String warning() {
    Double lift = lift();
    return lift == null || lift <= HOPED
        ? null
        : "It will hardly succeed: few changes bring so much. Take longer, fewer segments, or an"
            + " earlier step as the goal.";
  }

  public String spoken() {
    return "Smallest noticeable lift by length: "
        + points.stream()
            .map(point ->
                "%s %s".formatted(Texts.count(point.days() / 7, "week"), Texts.size(point.lift())))
            .collect(Collectors.joining(", "));
  }

  private double highest() {
    return points.stream().mapToDouble(Lengths::lift).max().orElse(1);
  }

  public String top() {
    return String.format(Locale.UK, "%.0f %%", highest() * 100);
  }

  public String middle() {
    return String.format(Locale.UK, "%.0f %%", highest() * 50);
  }

  public String curve() {
    return "M"
        + points.stream()
            .map(point -> "%s %s".formatted(at(place(point)), at(height(point))))
            .collect(Collectors.joining("L"));
  }

  public String x() {
    return chosen().map(point -> at(place(point))).orElse("0");
  }

  public String y() {
    return chosen().map(point -> at(height(point))).orElse("0");
  }

  private static double place(Lengths point) {
    return 5.5 + point.days() / 7 * 42.4;
  }

  private double height(Lengths point) {
    return BOTTOM - (BOTTOM - TOP) * point.lift() / highest();
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
