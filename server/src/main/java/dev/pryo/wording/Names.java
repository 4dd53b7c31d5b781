package dev.pryo.wording;

import dev.pryo.analysis.Look;
import dev.pryo.analysis.Subject;
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
/// @param quoted other texts that may stand in quotation marks, and say nothing there
/// @param values by which people are told apart
record Names(List<Variant> segments, List<Goal> goals, List<String> quoted, List<String> values) {
  private static final char SEGMENT = '\uE000';
  private static final char GOAL = '\uE100';
  private static final char QUOTED = '\uE200';
  private static final char VALUE = '\uE201';
  private static final int MOST = 0xFF;
  private static final int LONGEST_SMALL_WORD = 5;

  private static final Pattern CONTROL =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:control|original version|current version)(?!\\w)");
  private static final Pattern NEW =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:new version|variant|variation|test version)(?!\\w)");
  private static final Pattern PRIVATE = Pattern.compile("[\\p{Co}\\p{Cn}\\p{Cc}\\p{Cf}]");
  private static final Pattern JOINED = Pattern.compile("[A-Za-z]+[_.:][\\w.:-]+");
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z][A-Za-z ]+");

  /// Something to look for, and the character that stands for it.
  private record Mask(Pattern pattern, int length, char sign) {}

  static Names of(Look look) {
    return of(look.experiment(), List.of(), List.of());
  }

  static Names of(Subject experiment, List<String> quoted, List<String> values) {
    return new Names(experiment.segments(), experiment.goals(), quoted, values);
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
      char sign = (char) (GOAL + i);
      String event = goals.get(i).event();
      masks.add(goal(goals.get(i).name(), sign));
      masks.add(
          JOINED.matcher(event).matches()
              ? new Mask(standing(event), event.length(), sign)
              : goal(event, sign));
    }
    for (int i = 0; i < segments.size() && i < MOST; i++) {
      String name = segments.get(i).name();
      if (name.chars().anyMatch(Character::isLetter)) {
        masks.add(new Mask(standing(name), name.length(), (char) (SEGMENT + i)));
      }
      String key = segments.get(i).key();
      masks.add(new Mask(standing(key), key.length(), (char) (SEGMENT + i)));
    }
    for (int i = 0; i < values.size() && i < MOST - 1; i++) {
      masks.add(value(values.get(i), (char) (VALUE + i)));
    }
    quoted.stream()
        .filter(text -> !text.isBlank())
        .forEach(
            text -> masks.add(new Mask(Pattern.compile(inMarks(text)), text.length(), QUOTED)));
    masks.sort(Comparator.comparingInt(Mask::length).reversed());
    return masks;
  }

  /// A goal is named in quotation marks. Without them only where its name says nothing itself.
  private static Mask goal(String name, char sign) {
    String quoted = inMarks(name);
    boolean plain = LETTERS.matcher(name).matches() && Lexicon.saysNothing(name);
    return new Mask(
        plain
            ? Pattern.compile("%s|(?i:%s)".formatted(quoted, standing(name).pattern()))
            : Pattern.compile(quoted),
        name.length(),
        sign);
  }

  /// Without quotation marks only a value that is no small word of the language.
  private static Mask value(String value, char sign) {
    String quoted = inMarks(value);
    boolean plain =
        Lexicon.saysNothing(value)
            && (value.length() > LONGEST_SMALL_WORD || value.matches("\\p{Lu}{2,}"));
    return new Mask(
        Pattern.compile(plain ? "%s|%s".formatted(quoted, standing(value).pattern()) : quoted),
        value.length(),
        sign);
  }

  /// The values that a masked text names.
  List<String> valuesIn(String masked) {
    return masked
        .chars()
        .filter(c -> c >= VALUE && c < VALUE + values.size())
        .mapToObj(c -> values.get(c - VALUE))
        .distinct()
        .toList();
  }

  private static String inMarks(String name) {
    return "[“\"‘']%s[”\"’']".formatted(Pattern.quote(name));
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
