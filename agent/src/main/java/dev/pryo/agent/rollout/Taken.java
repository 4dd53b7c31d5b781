package dev.pryo.agent.rollout;

import dev.pryo.agent.model.Removal.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A file out of which a model took an experiment, in the four texts that it had.
///
/// @param base before the experiment
/// @param written as the experiment left it
/// @param now as it is today
/// @param then as the model leaves it
record Taken(String path, String base, String written, String now, String then) {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}]{2,}");

  static Taken of(Part part, String then) {
    return new Taken(
        part.path(), part.wrote().baseText(), part.wrote().text(), part.since().text(), then);
  }

  static Stream<String> words(String text) {
    return WORD.matcher(text).results().map(hit -> hit.group());
  }

  /// Lines without the white space around them, which goes and comes as things move in and out; a
  /// line without a letter or digit says nothing.
  static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(Taken::speaks).toList();
  }

  private static boolean speaks(String line) {
    return line.chars().anyMatch(Character::isLetterOrDigit);
  }

  /// Lines of one text that the other has not, or not so often.
  static List<String> less(List<String> one, List<String> other) {
    Map<String, Integer> there = new HashMap<>();
    other.forEach(line -> there.merge(line, 1, Integer::sum));
    var gone = new ArrayList<String>();
    for (var line : one) {
      if (there.merge(line, -1, Integer::sum) < 0) {
        gone.add(line);
      }
    }
    return gone;
  }
}
