package dev.pryo.agent.rollout;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Paths;
import dev.pryo.agent.Secrets;
import dev.pryo.agent.model.Syntax;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Doubts a roll-out, from the bytes that it would leave.
final class Traces {
  private final Footprint own;
  private final ChangeSet changes;
  private final String segment;
  private final Set<String> touched;
  private final Set<String> byModel;

  /// @param touched the files that the experiment and those before it touched
  /// @param byModel those of them that a model puts right, which is doubted elsewhere
  Traces(
      Footprint own, ChangeSet changes, String segment, Set<String> touched, Set<String> byModel) {
    this.own = own;
    this.changes = changes;
    this.segment = segment;
    this.touched = Set.copyOf(touched);
    this.byModel = Set.copyOf(byModel);
  }

  List<Check> run() {
    return List.of(
        each("parses", this::broken, "Every file that changes parses."),
        each("scope", this::forbidden, "Only files change that the experiment touched."),
        each("no_trace", this::trace, "Nothing in these files asks for the experiment any more."),
        each(
            "secrets",
            change -> Secrets.find(change.text()).map(kind -> "it holds " + kind),
            "No file that changes holds a secret."),
        each("inverse", this::departs, inverse()));
  }

  private String inverse() {
    if (!byModel.isEmpty()) {
      return "What the record alone decides is as it says; the other files were "
          + String.join(", ", new TreeSet<>(byModel))
          + ".";
    }
    return segment.equals(Footprint.CONTROL)
        ? "The lines that go and come back are those of the record, and no others."
        : "The lines that go and come are those of the record and of the segment, and no others.";
  }

  private Check each(String id, Function<FileChange, Optional<String>> doubt, String otherwise) {
    for (var change : changes.changes()) {
      var found = doubt.apply(change);
      if (found.isPresent()) {
        return Check.fail(id, change.path() + ": " + found.get() + ".");
      }
    }
    return Check.pass(id, otherwise);
  }

  private Optional<String> broken(FileChange change) {
    return change.content() == null
        ? Optional.empty()
        : Syntax.broken(change.path(), change.baseText(), change.text());
  }

  private Optional<String> forbidden(FileChange change) {
    return touched.contains(change.path())
        ? Paths.refuseWrite(change.path())
        : Optional.of("the experiment never touched it");
  }

  /// Of a file as a whole: what the experiment added to it is gone, whoever else is in it.
  private Optional<String> trace(FileChange change) {
    var names = RollOut.names(own.key());
    var before =
        own.file(change.path())
            .flatMap(left -> Optional.ofNullable(left.base()))
            .map(RollOut::text)
            .orElse("");
    var hit = names.matcher(change.text());
    return hit.find() && !names.matcher(before).find()
        ? Optional.of("it still says " + hit.group())
        : Optional.empty();
  }

  /// Whether the lines that go and come are those of the record, and no others.
  private Optional<String> departs(FileChange change) {
    var left = own.file(change.path()).filter(one -> !one.shared()).orElse(null);
    if (byModel.contains(change.path())
        || left == null
        || left.written() == null
        || change.base() == null) {
      return Optional.empty();
    }
    var target = left.under(segment).orElse(null);
    if (target == null || change.content() == null) {
      return target == null && Arrays.equals(change.base(), left.written())
          ? Optional.empty()
          : Optional.of("it would go, though somebody else changed it");
    }
    var wanted = less(left.written(), target);
    return less(change.base(), change.content()).entrySet().stream()
        .filter(line -> !isPart(line.getValue(), wanted.getOrDefault(line.getKey(), 0)))
        .findFirst()
        .map(line -> "a line changes that the record does not name");
  }

  /// How many more of each line there are in one text than in the other, shared lines left out.
  private static Map<String, Integer> less(byte[] one, byte[] other) {
    var counts = new HashMap<String, Integer>();
    Shared.of(RollOut.text(one)).rest().forEach(line -> counts.merge(line, 1, Integer::sum));
    Shared.of(RollOut.text(other)).rest().forEach(line -> counts.merge(line, -1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /// What somebody has done already is not done again.
  private static boolean isPart(int done, int wanted) {
    return wanted < 0 ? wanted <= done && done <= 0 : 0 <= done && done <= wanted;
  }
}
