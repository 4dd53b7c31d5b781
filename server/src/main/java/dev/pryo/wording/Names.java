package dev.pryo.wording;

import dev.pryo.analysis.Look;
import dev.pryo.analysis.Subject.Variant;
import dev.pryo.experiment.Goal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// The names that people gave to segments and goals. In a text that is checked each stands as one
/// character of Unicode's private use area, so that a digit or a word in a name is never taken for
/// what the text says.
///
/// @param segments the control first
record Names(List<Variant> segments, List<Goal> goals) {
  private static final char SEGMENT = '\uE000';
  private static final char GOAL = '\uE100';
  private static final int MOST = 0xFF;

  private static final Pattern CONTROL =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:control|original version|current version)(?!\\w)");
  private static final Pattern NEW =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:new version|variant|variation|test version)(?!\\w)");
  private static final Pattern PRIVATE = Pattern.compile("[\\p{Co}\\p{Cn}\\p{Cc}\\p{Cf}]");
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z][A-Za-z ]+");

  /// Something to look for, and the character that stands for it.
  private record Mask(Pattern pattern, int length, char sign) {}

  static Names of(Look look) {
    return new Names(look.experiment().segments(), look.experiment().goals());
  }

  /// The text with names as single characters; what was of that kind before is gone.
  String mask(String text) {
    String masked = PRIVATE.matcher(text.replace('\n', ' ')).replaceAll(" ");
    for (Mask mask : masks()) {
      masked = mask.pattern().matcher(masked).replaceAll(String.valueOf(mask.sign()));
    }
    masked = CONTROL.matcher(masked).replaceAll(String.valueOf(SEGMENT));
    return segments.size() == 2
        ? NEW.matcher(masked).replaceAll(String.valueOf((char) (SEGMENT + 1)))
        : masked;
  }

  /// The longest first, because one name may be part of another.
  private List<Mask> masks() {
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < goals.size() && i < MOST; i++) {
      masks.add(goal(goals.get(i).name(), i));
    }
    for (int i = 0; i < segments.size() && i < MOST; i++) {
      String name = segments.get(i).name();
      if (name.chars().anyMatch(Character::isLetter)) {
        masks.add(new Mask(standing(name), name.length(), (char) (SEGMENT + i)));
      }
    }
    masks.sort(Comparator.comparingInt(Mask::length).reversed());
    return masks;
  }

  /// A goal is named in quotation marks. Without them only where its name says nothing itself.
  private static Mask goal(String name, int index) {
    String quoted = "[“\"‘']%s[”\"’']".formatted(Pattern.quote(name));
    boolean plain = LETTERS.matcher(name).matches() && Lexicon.saysNothing(name);
    return new Mask(
        plain
            ? Pattern.compile("%s|(?i:%s)".formatted(quoted, standing(name).pattern()))
            : Pattern.compile(quoted),
        name.length(),
        (char) (GOAL + index));
  }

  private static Pattern standing(String name) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])%s(?![\\p{L}\\p{N}])".formatted(Pattern.quote(name)));
  }

  /// The segments that a masked text names, in its order.
  List<Variant> segmentsIn(String masked) {
    return masked
        .chars()
        .filter(c -> c >= SEGMENT && c < SEGMENT + segments.size())
        .mapToObj(c -> segments.get(c - SEGMENT))
        .distinct()
        .toList();
  }

  /// The goals that a masked text names; those of one name are one.
  List<Goal> goalsIn(String masked) {
    List<String> named =
        masked
            .chars()
            .filter(c -> c >= GOAL && c < GOAL + goals.size())
            .mapToObj(c -> goals.get(c - GOAL).name())
            .toList();
    return goals.stream().filter(goal -> named.contains(goal.name())).toList();
  }

  boolean isControl(Variant segment) {
    return segment.equals(segments.getFirst());
  }
}
