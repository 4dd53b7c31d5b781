package dev.pryo.agent;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One file that changes.
///
/// @param base what the commit has, null for a file that is added
/// @param content what it becomes, null for a file that is deleted
public record FileChange(String path, byte @Nullable [] base, byte @Nullable [] content) {
  private static final int AROUND = 3;
  private static final String NO_NEWLINE = "\n\\ No newline at end of file";

  /// Written out, since a compact constructor's parameters lose their nullness in the class file.
  public FileChange(String path, byte @Nullable [] base, byte @Nullable [] content) {
    if (base == null && content == null) {
      throw new IllegalArgumentException("A change of " + path + " needs a base or a content.");
    }
    this.path = path;
    this.base = base;
    this.content = content;
  }

  public static FileChange added(String path, byte[] content) {
    return new FileChange(path, null, content);
  }

  public static FileChange deleted(String path, byte[] base) {
    return new FileChange(path, base, null);
  }

  public enum Status {
    ADDED,
    MODIFIED,
    DELETED
  }

  public Status status() {
    if (base == null) {
      return Status.ADDED;
    }
    return content == null ? Status.DELETED : Status.MODIFIED;
  }

  /// The new text without its byte order mark; empty for a deleted file.
  public String text() {
    return decode(content);
  }

  /// The old text without its byte order mark; empty for an added file.
  public String baseText() {
    return decode(base);
  }

  /// The lines that stand in the new text and not in the old one, in order, without line endings.
  public List<String> addedLines() {
    return deltas().stream()
        .flatMap(delta -> delta.getTarget().getLines().stream())
        .map(String::stripTrailing)
        .toList();
  }

  public int additions() {
    return deltas().stream().mapToInt(delta -> delta.getTarget().size()).sum();
  }

  public int deletions() {
    return deltas().stream().mapToInt(delta -> delta.getSource().size()).sum();
  }

  /// This file's part of a unified diff, in Git's form; a carriage return stays visible at the
  /// line's end, as Git shows it.
  public String diff() {
    var old = lines(baseText());
    var now = lines(text());
    var patch = DiffUtils.diff(old, now);
    var from = base == null ? "/dev/null" : "a/" + path;
    var to = content == null ? "/dev/null" : "b/" + path;
    var out = new ArrayList<String>();
    out.add("diff --git a/" + path + " b/" + path);
    if (base == null) {
      out.add("new file mode 100644");
    } else if (content == null) {
      out.add("deleted file mode 100644");
    }
    out.addAll(UnifiedDiffUtils.generateUnifiedDiff(from, to, old, patch, AROUND));
    return String.join("\n", out) + "\n";
  }

  private List<AbstractDelta<String>> deltas() {
    return DiffUtils.diff(lines(baseText()), lines(text())).getDeltas();
  }

  /// Lines as a diff compares them: a last line without its newline is another line than one with
  /// it.
  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    } else {
      lines.set(lines.size() - 1, lines.getLast() + NO_NEWLINE);
    }
    return lines;
  }

  private static String decode(byte @Nullable [] bytes) {
    return Optional.ofNullable(bytes)
        .map(present -> new String(present, StandardCharsets.UTF_8))
        .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
        .orElse("");
  }
}
