package dev.pryo.agent.reading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// From a text in a locale file to the key that components ask for.
final class LocaleKeys {
  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_LINES = 20_000;
  private static final Pattern LINE =
      Pattern.compile("^(\\s{0,40})[\"']?([\\w.@ -]+?)[\"']?\\s{0,40}:\\s{0,40}(.*)$");

  private LocaleKeys() {}

  /// How a component asks for a text: by its whole key, or by its last part where the part before
  /// is named elsewhere in the file.
  ///
  /// @param space the part before, empty where the key is whole
  record Key(String name, String space) {
    boolean isIn(String code) {
      return isQuoted(code, space.isEmpty() ? "" : "(", name)
          && (space.isEmpty() || isQuoted(code, "", space));
    }

    private static boolean isQuoted(String code, String before, String name) {
      return code.contains(before + "'" + name + "'")
          || code.contains(before + "\"" + name + "\"")
          || code.contains(before + "`" + name + "`");
    }
  }

  /// The keys under which a file has one of the texts.
  static Set<Key> of(String path, String code, List<Phrase> texts) {
    var keys = new LinkedHashSet<Key>();
    if (!VisibleText.isLocale(path)) {
      return keys;
    }
    record Open(int indent, String name) {}
    var above = new ArrayDeque<Open>();
    for (var line : code.lines().limit(MOST_LINES).toList()) {
      var pair = LINE.matcher(line);
      if (line.length() > LONGEST_LINE || !pair.matches()) {
        continue;
      }
      var indent = pair.group(1).length();
      while (!above.isEmpty() && above.peekLast().indent >= indent) {
        above.removeLast();
      }
      above.addLast(new Open(indent, pair.group(2)));
      if (isSaid(pair.group(3), texts)) {
        var parts = new ArrayList<String>();
        above.forEach(one -> parts.add(one.name));
        keys.addAll(spellings(parts));
      }
    }
    return keys;
  }

  private static boolean isSaid(String value, List<Phrase> texts) {
    var lower = value.toLowerCase(Locale.ROOT);
    return texts.stream().anyMatch(text -> text.in(value, lower) != Phrase.Stand.ABSENT);
  }

  /// The language at the top and what stands before the last two parts are often left out.
  private static List<Key> spellings(List<String> parts) {
    var spellings = new ArrayList<Key>();
    for (var from = 0; from < Math.max(1, parts.size() - 1); from++) {
      spellings.add(new Key(String.join(".", parts.subList(from, parts.size())), ""));
    }
    if (parts.size() > 1) {
      spellings.add(new Key(parts.getLast(), parts.get(parts.size() - 2)));
    }
    return spellings;
  }
}
