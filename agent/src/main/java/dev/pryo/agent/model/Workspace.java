package dev.pryo.agent.model;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Paths;
import dev.pryo.agent.Secrets;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a model has planned and written so far, over the files of one commit. Nothing leaves it but
/// the change set.
final class Workspace {
  /// So many lines may go away without a word.
  private static final int FREE_DELETIONS = 4;

  /// Turns the direction of text, or is not seen.
  private static final Pattern HIDDEN =
      Pattern.compile(
          "[\\u0000-\\u0008\\u000B\\u000E-\\u001F\\u007F-\\u009F\\u061C\\u200B\\u200E\\u200F"
              + "\\u202A-\\u202E\\u2060-\\u2069\\x{E0000}-\\x{E0FFF}]");

  private final SourceTree tree;
  private final Runtime runtime;
  private final Fence fence;
  private final Map<String, byte[]> written = new LinkedHashMap<>();
  private final Set<String> removed = new TreeSet<>();
  private @Nullable Plan plan;
  private boolean amended;

  Workspace(SourceTree tree, Runtime runtime) {
    this.tree = tree;
    this.runtime = runtime;
    this.fence = new Fence(tree, runtime.paths());
  }

  Fence fence() {
    return fence;
  }

  Optional<Plan> plan() {
    return Optional.ofNullable(plan);
  }

  boolean isAmended() {
    return amended;
  }

  /// Takes the plan, or the one amendment of it.
  void follow(Plan next) {
    amended = plan != null;
    plan = next;
  }

  /// After feedback the plan may be amended once more.
  void reopen() {
    amended = false;
  }

  /// A file as it is now, without its byte order mark.
  Optional<SourceText> text(String path) {
    if (removed.contains(path)) {
      return Optional.empty();
    }
    return Optional.ofNullable(written.get(path))
        .or(() -> tree.read(path))
        .flatMap(bytes -> SourceText.decode(path, bytes));
  }

  private Optional<SourceText> base(String path) {
    return tree.read(path).flatMap(bytes -> SourceText.decode(path, bytes));
  }

  /// Takes a file's new text, or says why not.
  ///
  /// @param body with any line endings: it gets those of the file
  /// @param removes why lines go away, empty where it was not said
  Optional<String> write(String path, String body, String removes) {
    var base = base(path);
    var text = asWrittenThere(path, base, body);
    var bytes = text.bytes();
    var change = new FileChange(path, tree.read(path).orElse(null), bytes);
    var refused =
        notPlanned(path)
            .or(() -> base.isPresent() ? fence.refuseChange(path) : fence.refuseAdd(path))
            .or(() ->
                Elisions.find(change.baseText(), change.addedLines())
                    .map(line ->
                        path
                            + " leaves something out: “"
                            + line
                            + "”. Write all of it, or use replacements for the lines that change."))
            .or(() -> deletes(change, removes))
            .or(() ->
                Syntax.broken(path, change.baseText(), change.text())
                    .map(why -> path + " would not parse: " + why + "."))
            .or(() -> hidden(change))
            .or(() -> Secrets.find(change.text()).map(kind -> path + " would hold " + kind + "."))
            .or(() -> tooBig(path, bytes));
    if (refused.isEmpty()) {
      keep(path, bytes);
    }
    return refused;
  }

  private void keep(String path, byte[] bytes) {
    removed.remove(path);
    if (tree.read(path).filter(base -> Arrays.equals(base, bytes)).isPresent()) {
      written.remove(path);
    } else {
      written.put(path, bytes);
    }
  }

  /// Takes a file away that is there. Whether that may be is the caller's question.
  void remove(String path) {
    written.remove(path);
    removed.add(path);
  }

  private Optional<String> notPlanned(String path) {
    if (plan == null) {
      return Optional.of("There is no plan yet: call plan first.");
    }
    return plan.paths().contains(path)
        ? Optional.empty()
        : Optional.of(
            path
                + " is not in the plan."
                + (amended
                    ? " It was amended already, so stay within it."
                    : " The plan may be amended once: call plan again, whole."));
  }

  /// With the file's byte order mark, line endings and end.
  private static SourceText asWrittenThere(String path, Optional<SourceText> base, String body) {
    var lines = body.replace("\r\n", "\n");
    var ended = lines.endsWith("\n") ? lines : lines + "\n";
    if (base.isEmpty()) {
      return new SourceText(path, false, ended);
    }
    var old = base.get();
    var whole = old.body().endsWith("\n") || old.body().isEmpty() ? ended : lines;
    return old.with(old.lineEnding().equals("\r\n") ? whole.replace("\n", "\r\n") : whole);
  }

  private static Optional<String> deletes(FileChange change, String removes) {
    var gone = change.deletions() - change.additions();
    return gone > FREE_DELETIONS && removes.isBlank()
        ? Optional.of(
            change.path()
                + " would lose "
                + gone
                + " lines. Keep them, or say in “removes” why they go.")
        : Optional.empty();
  }

  private static Optional<String> hidden(FileChange change) {
    var before = HIDDEN.matcher(change.baseText()).results().count();
    var after = HIDDEN.matcher(change.text()).results().count();
    return after > before
        ? Optional.of(
            change.path()
                + " would get characters that are not seen or turn the direction of text.")
        : Optional.empty();
  }

  private Optional<String> tooBig(String path, byte[] bytes) {
    var others =
        written.entrySet().stream()
            .filter(one -> !one.getKey().equals(path))
            .mapToLong(one -> one.getValue().length)
            .sum();
    if (bytes.length > Paths.MAX_FILE) {
      return Optional.of(path + " would be bigger than 256 KB.");
    }
    return others + bytes.length > Paths.MAX_TOTAL
        ? Optional.of("All changes together would be more than 1 MB.")
        : Optional.empty();
  }

  boolean isUntouched() {
    return written.isEmpty() && removed.isEmpty();
  }

  /// What the model wrote.
  ChangeSet changes() {
    var changes = new ArrayList<FileChange>();
    written.forEach(
        (path, bytes) -> changes.add(new FileChange(path, tree.read(path).orElse(null), bytes)));
    removed.forEach(
        path -> tree.read(path).ifPresent(base -> changes.add(FileChange.deleted(path, base))));
    return new ChangeSet(changes);
  }

  /// What the model wrote and what Pryo adds.
  ChangeSet all() {
    var all = new ArrayList<>(changes().changes());
    all.addAll(runtime.files());
    return new ChangeSet(all);
  }

  List<String> unwritten() {
    return plan == null
        ? List.of()
        : plan.paths().stream().filter(path -> !written.containsKey(path)).toList();
  }
}
