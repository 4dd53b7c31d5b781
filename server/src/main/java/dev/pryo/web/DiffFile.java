package dev.pryo.web;

import dev.pryo.codehost.Changes;
import dev.pryo.codehost.Changes.ChangedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One file of a change, line by line.
///
/// @param lines empty where the file is binary or the diff grew too long to show it
public record DiffFile(ChangedFile file, List<Line> lines) {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,(\\d+))? @@.*");

  /// More than a few screens.
  private static final int MOST_LINES = 200;

  /// A line as it is shown.
  ///
  /// @param kind `add`, `del`, `hunk`, or empty for one that stays
  /// @param number in the new file, for a deleted one in the old file; null for none
  public record Line(String kind, @Nullable Integer number, String text) {}

  /// The files of a change in their order.
  static List<DiffFile> of(Changes changes) {
    Map<String, List<Line>> lines = parse(changes.diff());
    return changes.files().stream()
        .map(file -> new DiffFile(file, lines.getOrDefault(file.path(), List.of())))
        .toList();
  }

  /// Whether it would hide what comes behind it, such as Pryo's own file with all its lines.
  public boolean isLong() {
    return lines.size() > MOST_LINES;
  }

  /// The words of the chip beside the name: `+31 −6`.
  public String counts() {
    return "+%d −%d".formatted(file.additions(), file.deletions());
  }

  private static Map<String, List<Line>> parse(String diff) {
    Map<String, List<Line>> files = new LinkedHashMap<>();
    String[] lines = diff.split("\n", -1);
    String old = "";
    int at = 0;
    while (at < lines.length) {
      String line = lines[at++];
      if (line.startsWith("--- ")) {
        old = path(line);
      } else if (line.startsWith("+++ ")) {
        String path = line.equals("+++ /dev/null") ? old : path(line);
        List<Line> shown = files.computeIfAbsent(path, key -> new ArrayList<>());
        at = hunks(lines, at, shown);
      }
    }
    return files;
  }

  /// Reads hunks by their counts, since a changed line may itself look like a header.
  private static int hunks(String[] lines, int start, List<Line> shown) {
    int at = start;
    while (at < lines.length) {
      Matcher hunk = HUNK.matcher(lines[at]);
      if (!hunk.matches()) {
        return at;
      }
      int before = Integer.parseInt(hunk.group(1));
      int after = Integer.parseInt(hunk.group(2));
      shown.add(new Line("hunk", null, "Line %d and on".formatted(Math.max(1, after))));
      at++;
      while (at < lines.length && !lines[at].startsWith("@@ ") && !lines[at].startsWith("diff ")) {
        String line = lines[at++];
        if (line.startsWith("+")) {
          shown.add(new Line("add", after++, line));
        } else if (line.startsWith("-")) {
          shown.add(new Line("del", before++, line));
        } else if (line.startsWith(" ")) {
          shown.add(new Line("", after++, line));
          before++;
        } else if (line.startsWith("\\")) {
          shown.add(new Line("hunk", null, line.substring(1).strip()));
        }
      }
    }
    return at;
  }

  private static String path(String header) {
    String name = header.substring(4).replaceFirst("\t.*$", "");
    if (name.startsWith("\"") && name.endsWith("\"")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.replaceFirst("^[ab]/", "");
  }
}
