package dev.pryo.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Whether a value can be kept: what PostgreSQL's `jsonb` and `text` refuse, or what no honest
/// event holds, is found here, before it could fail others. Each answer is what is wrong and the
/// mend, or null.
final class ValueCheck {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LARGEST_EXPONENT = 400; // a double's ends at 308, and -324
  private static final String TOO_DEEP = "the event is nested deeper than 64: flatten it";

  private ValueCheck() {}

  /// Goes to the end of the value that the parser stands on and looks at its depth only.
  static @Nullable String depth(JsonParser parser) {
    return walk(parser, null);
  }

  /// The same, and looks at every name, text and number in it.
  static @Nullable String content(JsonParser parser) {
    return walk(parser, new ArrayDeque<>());
  }

  /// @param names of the objects that are open, the innermost first; null: contents do not matter
  private static @Nullable String walk(JsonParser parser, @Nullable Deque<Set<String>> names) {
    String wrong = null;
    int open = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        open++;
      } else if (token.isStructEnd()) {
        open--;
      }
      if (open >= DEEPEST) { // the event itself is the outermost level
        wrong = TOO_DEEP;
      }
      if (wrong == null && names != null) {
        wrong = look(parser, token, names);
      }
      if (open == 0) {
        return wrong;
      }
      parser.nextToken();
    }
  }

  private static @Nullable String look(
      JsonParser parser, JsonToken token, Deque<Set<String>> names) {
    return switch (token) {
      case START_OBJECT -> {
        names.push(new HashSet<>());
        yield null;
      }
      case END_OBJECT -> {
        names.pop();
        yield null;
      }
      case PROPERTY_NAME -> {
        String name = parser.currentName();
        String wrong = text(name);
        yield wrong != null || names.element().add(name)
            ? wrong
            : "a key stands in an object twice: send it once";
      }
      case VALUE_STRING -> text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
      default -> null;
    };
  }

  static @Nullable String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "holds the character NUL: leave it out";
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return "holds half of a surrogate pair: send whole characters";
        }
        i++;
      }
    }
    return null;
  }

  /// @param written as it stands in the JSON, or NaN and its like
  static @Nullable String number(String written) {
    return written.length() <= LONGEST_NUMBER && fits(written)
        ? null
        : "holds a number that no double can hold: send a finite one";
  }

  private static boolean fits(String written) {
    try {
      int e = Math.max(written.indexOf('e'), written.indexOf('E'));
      return Double.isFinite(Double.parseDouble(written))
          && (e < 0
              || Math.abs(Integer.parseInt(written, e + 1, written.length(), 10))
                  <= LARGEST_EXPONENT);
    } catch (NumberFormatException notFinite) { // INF, or an exponent beyond an int
      return false;
    }
  }
}
