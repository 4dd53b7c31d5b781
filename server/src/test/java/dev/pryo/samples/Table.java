package dev.pryo.samples;

import dev.pryo.samples.SamplesTest.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was seen of all samples, as a table in Markdown.
final class Table {
  private static final String HEAD =
      """
      | sample | segment | preview | visitor | one exposure | goal | console | layout shift | static | install, build, visits (s) |
      |---|---|---|---|---|---|---|---|---|---|
      """;

  private final List<String> rows = new ArrayList<>();

  /// One row for a segment.
  ///
  /// @param seconds how long the visits of the sample took, all segments together
  void add(Checkout checkout, Seen preview, Seen visit, String statics, long seconds) {
    Sample sample = checkout.sample();
    rows.add(
        String.join(
            " | ",
            "| " + sample,
            visit.visit().segment(),
            word(preview.isAsWanted(sample)),
            word(visit.isAsWanted(sample)),
            word(preview.exposures().size() == 1 && visit.exposures().size() == 1),
            word(preview.goals(sample) == 1 && visit.goals(sample) == 1),
            word(preview.visit().complaints().isEmpty() && visit.visit().complaints().isEmpty()),
            String.format(
                Locale.ROOT, "%.3f", Math.max(preview.visit().shift(), visit.visit().shift())),
            statics,
            checkout.install() + ", " + checkout.build() + ", " + seconds + " |"));
  }

  private static String word(boolean good) {
    return good ? "yes" : "**no**";
  }

  @Override
  public String toString() {
    return HEAD + String.join("\n", rows) + "\n";
  }
}
