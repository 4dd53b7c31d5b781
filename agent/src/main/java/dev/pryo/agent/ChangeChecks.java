package dev.pryo.agent;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/// Checks of what was written that are the same for rules and for a model.
public final class ChangeChecks {
  private ChangeChecks() {}

  /// Few and small enough.
  public static Check size(ChangeSet changes) {
    var sizes = new ArrayList<Integer>();
    for (var change : changes.changes()) {
      var content = change.content();
      sizes.add(content == null ? 0 : content.length);
    }
    var total = sizes.stream().mapToInt(size -> size).sum();
    var fits =
        sizes.size() <= Paths.MAX_FILES
            && total <= Paths.MAX_TOTAL
            && sizes.stream().allMatch(size -> size <= Paths.MAX_FILE);
    var detail =
        "%d files, %,d bytes, +%d −%d lines."
            .formatted(sizes.size(), total, changes.additions(), changes.deletions());
    return fits
        ? Check.pass("size", detail)
        : Check.fail("size", detail + " At most 40 files, 256 KB each, 1 MB together.");
  }

  /// The first problem of any file, or none.
  ///
  /// @param problem of one file, as the end of a sentence that begins with its path
  public static Check each(
      ChangeSet changes, String id, Function<FileChange, Optional<String>> problem, String fine) {
    return changes.changes().stream()
        .flatMap(
            change -> problem.apply(change).map(why -> change.path() + ": " + why + ".").stream())
        .findFirst()
        .map(detail -> Check.fail(id, detail))
        .orElseGet(() -> Check.pass(id, fine));
  }
}
