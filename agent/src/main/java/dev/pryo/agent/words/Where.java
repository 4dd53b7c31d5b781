package dev.pryo.agent.words;

import org.jspecify.annotations.Nullable;

/// Which of several places is meant.
///
/// @param file the end of a path, null where none is named
/// @param line counted from 1, 0 where none is named
/// @param page words of a page's name, null where none is named
/// @param everywhere all places are meant
public record Where(@Nullable String file, int line, @Nullable String page, boolean everywhere) {
  public static final Where UNSAID = new Where(null, 0, null, false);

  public boolean isUnsaid() {
    return equals(UNSAID);
  }
}
