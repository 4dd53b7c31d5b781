package dev.pryo.agent.rollout;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;

/// Makes of a file as it is now what it would be, had it been written another way: lines that were
/// not changed since are replaced, and those in between stay. Imports and tags of the client, which
/// several experiments share, are left to [Shared].
final class Merge {
  private final List<AbstractDelta<String>> wanted;
  private final List<AbstractDelta<String>> since;
  private final Shared shared;

  /// @param written what was written
  /// @param now what stands there today
  /// @param target what was to be written instead
  Merge(String written, String now, String target) {
    var from = Shared.of(written).rest();
    this.shared = Shared.of(now);
    this.wanted = DiffUtils.diff(from, Shared.of(target).rest()).getDeltas();
    this.since = DiffUtils.diff(from, shared.rest()).getDeltas();
  }

  /// Lines of today's file, from the first to the last, counted from 1; for lines that are gone the
  /// line before which they stood.
  record Lines(int from, int to) {}

  /// What was changed since and would have to be changed; nothing is in the way where it is empty.
  List<Lines> edited() {
    return since.stream()
        .filter(one -> wanted.stream().anyMatch(other -> collide(one, other)))
        .map(Merge::target)
        .map(chunk ->
            new Lines(
                shared.line(chunk.getPosition()),
                shared.line(Math.max(chunk.getPosition(), chunk.last()))))
        .toList();
  }

  private static boolean collide(AbstractDelta<String> since, AbstractDelta<String> wanted) {
    if (since.equals(wanted)) {
      return false;
    }
    var one = since.getSource();
    var other = wanted.getSource();
    var oneTo = one.getPosition() + one.size();
    var otherTo = other.getPosition() + other.size();
    return one.size() == 0 && other.size() == 0
        ? one.getPosition() == other.getPosition()
        : one.getPosition() < otherTo && other.getPosition() < oneTo;
  }

  private static Chunk<String> target(AbstractDelta<String> delta) {
    return delta.getTarget();
  }

  /// @param keepTag whether another experiment needs the tag of the client on this page
  String apply(boolean keepTag) {
    var lines = new ArrayList<>(shared.rest());
    var moved = new ArrayList<>(shared.at());
    for (var delta : wanted.reversed()) {
      if (since.contains(delta)) {
        continue;
      }
      var at = now(delta.getSource().getPosition());
      var size = delta.getSource().size();
      lines.subList(at, at + size).clear();
      lines.addAll(at, delta.getTarget().getLines());
      var grown = delta.getTarget().size() - size;
      moved.replaceAll(
          one -> one >= at + size ? one + grown : Math.min(one, at + delta.getTarget().size()));
    }
    return shared.back(lines, moved, keepTag);
  }

  /// Where a line of what was written stands today.
  private int now(int position) {
    return position
        + since.stream()
            .filter(one ->
                one.getSource().getPosition() < position
                    || (one.getSource().getPosition() == position && one.getSource().size() == 0))
            .mapToInt(one -> one.getTarget().size() - one.getSource().size())
            .sum();
  }
}
