package dev.pryo.experiment;

import dev.pryo.platform.Keys;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/// Names for experiments in code, and the seeds that split their visitors.
final class ExperimentKeys {
  private static final int LONGEST = 40;
  private static final int SEED_BYTES = 8;
  // so many experiments of one name get a short number; what follows would be slow to count
  private static final int COUNTED = 20;

  private ExperimentKeys() {}

  /// The name in lower case, with a dash for everything that is no letter or digit of ASCII.
  static String slug(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replace("ß", "ss");
    String slug = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = trimmed(slug);
    return cut.isEmpty() ? "experiment" : cut;
  }

  /// The same for the second, third … experiment of that name.
  static String numbered(String slug, int number) {
    if (number == 1) {
      return slug;
    }
    String suffix =
        "-"
            + (number <= COUNTED
                ? String.valueOf(number)
                : HexFormat.of().formatHex(Keys.random(4)));
    return trimmed(slug.substring(0, Math.min(slug.length(), LONGEST - suffix.length()))) + suffix;
  }

  /// At most so long, and no word cut in two unless it is the only one.
  private static String trimmed(String slug) {
    String words = slug.replaceAll("^-+|-+$", "");
    if (words.length() <= LONGEST) {
      return words;
    }
    int end = words.lastIndexOf('-', LONGEST);
    return words.substring(0, end > 0 ? end : LONGEST).replaceAll("-+$", "");
  }

  /// 16 hex digits that nobody can guess; two experiments never split alike.
  static String seed() {
    return HexFormat.of().formatHex(Keys.random(SEED_BYTES));
  }
}
