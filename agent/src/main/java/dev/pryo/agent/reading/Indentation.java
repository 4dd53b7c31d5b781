package dev.pryo.agent.reading;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The step of indentation in a text: the most frequent one from a line to a deeper one.
final class Indentation {
  private static final int WIDEST = 8;

  private Indentation() {}

  /// A part of a text that is not indented by its author's habit, such as a template string.
  record Range(int from, int to) {}

  /// `tabs`, `2 spaces` and so on; empty where no line is indented. Comments are left out.
  static Optional<String> of(String text, List<Range> except) {
    var steps = new TreeMap<String, Integer>();
    var excepted = new BitSet();
    except.forEach(range -> excepted.set(range.from + 1, range.to + 1));
    var last = 0;
    var inComment = false;
    var at = 0;
    for (var line : text.split("\n", -1)) {
      var start = at;
      at += line.length() + 1;
      var bare = line.strip();
      var starts = bare.startsWith("/*") || bare.startsWith("<!--");
      if (bare.isEmpty() || inComment || starts || bare.startsWith("*") || excepted.get(start)) {
        inComment = (inComment || starts) && !bare.endsWith("*/") && !bare.endsWith("-->");
        continue;
      }
      var width = line.length() - line.stripLeading().length();
      if (line.charAt(0) == '\t') {
        if (width > last || last == 0) {
          steps.merge("tabs", 1, Integer::sum);
        }
      } else if (width > last && width - last <= WIDEST && width - last > 1) {
        steps.merge(width - last + " spaces", 1, Integer::sum);
      }
      last = width;
    }
    return steps.entrySet().stream()
        .max((one, other) -> Integer.compare(one.getValue(), other.getValue()))
        .map(Map.Entry::getKey);
  }
}
