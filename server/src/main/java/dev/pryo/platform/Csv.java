package dev.pryo.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of a CSV file (RFC 4180) that is safe to open in a spreadsheet: a text that a spreadsheet
/// would run as a formula begins with an apostrophe and is text again. Numbers are no texts and
/// stay as they are, a minus sign included.
public final class Csv {
  /// What formulas begin with, in the wide forms of East Asian keyboards too, and the white space
  /// that a spreadsheet takes away before it looks.
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private static final String QUOTED = ",;\"\r\n";

  private Csv() {}

  /// @param cells as [#text] and [#number] make them
  public static String line(List<String> cells) {
    return String.join(",", cells) + "\r\n";
  }

  public static String text(@Nullable String cell) {
    if (cell == null || cell.isEmpty()) {
      return "";
    }
    String safe = FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    boolean plain = safe.chars().noneMatch(c -> QUOTED.indexOf(c) >= 0);
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /// A number, a time or another value that only the server writes; empty where there is none.
  public static String number(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
