package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Code.Range;
import java.util.List;

/// Moves lines to the right, except where the white space is part of a value.
final class Indents {
  private Indents() {}

  /// Every line that begins between two positions goes one step in.
  static void in(Splices out, String body, List<Range> kept, int from, int to, String step) {
    for (var at = body.indexOf('\n', from); at >= 0 && at < to; at = body.indexOf('\n', at + 1)) {
      var line = at + 1;
      if (line < to && "\r\n".indexOf(body.charAt(line)) < 0 && isFree(kept, line)) {
        out.insert(line, step);
      }
    }
  }

  /// A copy of lines, all but the first one further in.
  static String moved(String copy, String step) {
    return copy.replaceAll("\n(?=[^\r\n])", "\n" + step);
  }

  private static boolean isFree(List<Range> kept, int line) {
    return kept.stream().noneMatch(range -> range.holds(line));
  }
}
