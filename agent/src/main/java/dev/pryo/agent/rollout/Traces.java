package dev.pryo.agent.rollout;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Paths;
import dev.pryo.agent.Secrets;
import dev.pryo.agent.model.Syntax;
import dev.pryo.agent.rollout.Footprint.Left;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Doubts a roll-out, from the bytes that it would leave.
final class Traces {
  private final Pattern names;
  private final List<Step> steps;
  private final ChangeSet changes;
  private final String segment;
  private final Set<String> touched;
  private final Set<String> byModel;

  /// What the record does to a file.
  ///
  /// @param base before the experiment
  /// @param target null where the file goes
  @SuppressWarnings("ArrayRecordComponent") // compared by content where it is compared
  record Step(
      String path, byte @Nullable [] base, byte @Nullable [] written, byte @Nullable [] target) {
    static Step of(Left left, String segment) {
      return new Step(left.path(), left.base(), left.written(), left.under(segment).orElse(null));
    }
  }

  /// @param key the experiment's
  /// @param touched the files that the experiment and those before it touched
  /// @param byModel those of them that a model puts right, which is doubted elsewhere
  Traces(
      String key,
      List<Step> steps,
      ChangeSet changes,
      String segment,
      Set<String> touched,
      Set<String> byModel) {
    this.names = RollOut.names(key);
    this.steps = List.copyOf(steps);
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
    var hit = names.matcher(change.text());
    return hit.find() && steps(change).noneMatch(this::isNamed)
        ? Optional.of("it still says " + hit.group())
        : Optional.empty();
  }

  private Stream<Step> steps(FileChange change) {
    return steps.stream().filter(step -> step.path.equals(change.path()));
  }

  /// Whether the site names it by itself, or by what sends its events.
  private boolean isNamed(Step step) {
    return Stream.of(Optional.ofNullable(step.base), Optional.ofNullable(step.target))
        .flatMap(Optional::stream)
        .anyMatch(bytes -> names.matcher(RollOut.text(bytes)).find());
  }

  /// Whether the lines that go and come are those of the record, and no others.
  private Optional<String> departs(FileChange change) {
    var own = steps(change).filter(step -> step.written != null).toList();
    if (byModel.contains(change.path()) || own.isEmpty() || change.base() == null) {
      return Optional.empty();
    }
    if (change.content() == null) {
      return own.stream()
              .anyMatch(step -> step.target == null && Arrays.equals(change.base(), step.written))
          ? Optional.empty()
          : Optional.of("it would go, though somebody else changed it");
    }
    var wanted = new HashMap<String, Integer>();
    own.stream()
        .filter(step -> step.target != null)
        .forEach(step ->
            less(step.written, step.target)
                .forEach((line, count) -> wanted.merge(line, count, Integer::sum)));
    return less(change.base(), change.content()).entrySet().stream()
        .filter(line -> !isPart(line.getValue(), wanted.getOrDefault(line.getKey(), 0)))
        .findFirst()
        .map(line -> "a line changes that the record does not name");
  }

  /// How many more of each line there are in one text than in the other, shared lines left out.
  private static Map<String, Integer> less(byte @Nullable [] one, byte @Nullable [] other) {
    var counts = new HashMap<String, Integer>();
    lines(one).forEach(line -> counts.merge(line, 1, Integer::sum));
    lines(other).forEach(line -> counts.merge(line, -1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static List<String> lines(byte @Nullable [] text) {
    return text == null ? List.of() : Shared.of(RollOut.text(text)).rest();
  }

  /// What somebody has done already is not done again.
  private static boolean isPart(int done, int wanted) {
    return wanted < 0 ? wanted <= done && done <= 0 : 0 <= done && done <= wanted;
  }
}
