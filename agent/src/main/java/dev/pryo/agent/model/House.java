package dev.pryo.agent.model;

import dev.pryo.agent.FileChange;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Compares what is added to a file with how the rest of it is written. It counts lines, so it can
/// be wrong, and is a warning only.
final class House {
  private static final Pattern SINGLE = Pattern.compile("'[^'\"\\n]*'");
  private static final Pattern DOUBLE = Pattern.compile("(?<!=)\"[^'\"\\n]*\"");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "^\\s*(?:const|let|var|return|import|export (?:default|const))\\b.*[\\w)\\]'\"`;]$");
  private static final int CLEARLY = 4;

  private House() {}

  static Optional<String> departs(FileChange change) {
    var base = List.of(change.baseText().replace("\r", "").split("\n"));
    var added = change.addedLines();
    if (differs(base, added, line -> line.startsWith("\t"), line -> line.startsWith("  "))) {
      return Optional.of("its indentation");
    }
    if (!change.path().matches(".*\\.(?:[cm]?[jt]sx?|vue|svelte|astro)")) {
      return Optional.empty();
    }
    if (differs(
        base, added, line -> SINGLE.matcher(line).find(), line -> DOUBLE.matcher(line).find())) {
      return Optional.of("its quotes");
    }
    return differs(
            base,
            added,
            House::isEnded,
            line -> STATEMENT.matcher(line).matches() && !isEnded(line))
        ? Optional.of("its semicolons")
        : Optional.empty();
  }

  private static boolean isEnded(String line) {
    return line.stripTrailing().endsWith(";");
  }

  /// Whether the base clearly does one thing and what is added only the other.
  private static boolean differs(
      List<String> base, List<String> added, Predicate<String> one, Predicate<String> other) {
    var first = count(base, one);
    var second = count(base, other);
    if (first >= CLEARLY * Math.max(1, second)) {
      return count(added, other) > 0 && count(added, one) == 0;
    }
    return second >= CLEARLY * Math.max(1, first)
        && count(added, one) > 0
        && count(added, other) == 0;
  }

  private static long count(List<String> lines, Predicate<String> what) {
    return lines.stream().filter(what).count();
  }
}
