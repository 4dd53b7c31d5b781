package dev.pryo.experiment;

import dev.pryo.platform.Invalid;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Words that are one of a few.
final class Words {
  private Words() {}

  /// The constant that the word names; a wrong word is noted, and answered as what it would be if
  /// it were left out.
  static <E extends Enum<E>> E of(
      Class<E> type, Invalid.Collector problems, @Nullable String word, String field, E otherwise) {
    if (word == null) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    problems.check(false, field, "must be one of " + all(type));
    return otherwise;
  }

  private static String all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
