package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeleteDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes of a file as it is now what it would be, had it been written another way: lines that were
/// not changed since are replaced, and those in between stay. Imports and tags of the client, which
/// several experiments share, are left to [Shared].
final class Merge {
  private static final Pattern LOADS =
      Pattern.compile("(?s)\\s*<(?:link\\b[^<>]*|script\\b[^<>]*></script)>\\s*");

  /// Longer changes are not compared word by word.
  private static final int MOST_CHARACTERS = 20_000;

  private final List<AbstractDelta<String>> wanted;
  private final List<AbstractDelta<String>> since;
  private final Shared shared;

  /// @param written what was written
  /// @param now what stands there today
  /// @param target what was to be written instead
  Merge(String written, String now, String target) {
    this(Shared.of(written), Shared.of(now), Shared.of(target));
  }

  private Merge(Shared written, Shared now, Shared target) {
    this.shared = now;
    this.wanted =
        DiffUtils.diff(written.rest(), target.rest()).getDeltas().stream()
            .flatMap(Merge::single)
            .toList();
    this.since = DiffUtils.diff(written.rest(), now.rest()).getDeltas();
  }

  /// Tags that load a file stand for themselves: each of several that go, goes alone, so that what
  /// somebody put between them is not in the way.
  private static Stream<AbstractDelta<String>> single(AbstractDelta<String> delta) {
    var lines = delta.getSource().getLines();
    var from = delta.getSource().getPosition();
    var to = delta.getTarget().getPosition();
    if (delta.getTarget().size() > 0
        || lines.isEmpty()
        || !lines.stream().allMatch(line -> LOADS.matcher(line).matches())) {
      return Stream.of(delta);
    }
    return IntStream.range(0, lines.size())
        .mapToObj(at ->
            new DeleteDelta<>(
                new Chunk<>(from + at, List.of(lines.get(at))), new Chunk<>(to, List.of())));
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

  /// Whether a line that has to go is there still.
  boolean isOpen() {
    return wanted.stream()
        .flatMap(delta -> delta.getSource().getLines().stream())
        .anyMatch(shared.rest()::contains);
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

  /// A text that holds what was written, with what was to be written instead; as it is where it
  /// holds something else.
  static byte[] rebased(byte[] written, byte[] text, byte[] target) {
    var merge = new Merge(RollOut.text(written), RollOut.text(text), RollOut.text(target));
    return merge.edited().isEmpty() ? merge.apply(true).getBytes(ISO_8859_1) : text;
  }

  /// A text that was written beside others, with what stays of one of them, which may have changed
  /// other words of the same lines; as it is where it changed the same words.
  ///
  /// @param base what that one was written from
  /// @param target what stays of it
  static byte[] added(byte[] base, byte[] text, byte[] target) {
    var from = Shared.of(RollOut.text(base));
    var now = Shared.of(RollOut.text(text));
    var then = Shared.of(RollOut.text(target));
    var merge = new Merge(from, now, then);
    if (!merge.edited().isEmpty() && merge.size() <= MOST_CHARACTERS) {
      merge = new Merge(from.fine(), now.fine(), then.fine());
    }
    return merge.edited().isEmpty() ? merge.apply(true).getBytes(ISO_8859_1) : text;
  }

  private int size() {
    return Stream.concat(wanted.stream(), since.stream())
        .flatMap(delta -> Stream.of(delta.getSource(), delta.getTarget()))
        .flatMap(chunk -> chunk.getLines().stream())
        .mapToInt(String::length)
        .sum();
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
