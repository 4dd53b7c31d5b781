package dev.pryo.agent.rollout;

import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.Footprint.Left;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What sends events in an experiment's files, and in those of others that are gone and left it
/// there. Where two experiments count the same click, one call serves both.
///
/// @param files each with what sends the events, and without
record Calls(List<Left> files) {
  static Calls of(Footprint own, List<Gone> gone, String segment) {
    return new Calls(
        Stream.concat(Stream.of(own.calls(segment)), gone.stream().map(Gone::calls))
            .flatMap(one -> one.files().stream())
            .toList());
  }

  /// Those events of other experiments that only these calls send, in the order of their names.
  ///
  /// @param counted the events that experiments count, by their keys
  /// @param now a file as it is
  /// @param after a file as it is once these calls are gone
  List<String> needed(
      Map<String, Set<String>> counted,
      List<Footprint> live,
      Function<String, Optional<String>> now,
      Function<String, Optional<String>> after) {
    return live.stream()
        .flatMap(other ->
            counted.getOrDefault(other.key(), Set.of()).stream()
                .filter(event -> isSent(event, now) && !isServed(other, event, after)))
        .distinct()
        .sorted()
        .toList();
  }

  /// Whether an experiment has calls of its own, which stay.
  private static boolean isServed(
      Footprint other, String event, Function<String, Optional<String>> after) {
    var own = other.files().stream().filter(left -> added(event, left) > 0).toList();
    return !own.isEmpty()
        && own.stream()
            .allMatch(left ->
                after
                    .apply(left.path())
                    .filter(text -> count(event, text) >= added(event, left))
                    .isPresent());
  }

  /// Whether one of these calls is there.
  boolean isSent(String event, Function<String, Optional<String>> now) {
    return files.stream()
        .filter(left -> added(event, left) > 0)
        .anyMatch(
            left -> now.apply(left.path()).filter(text -> count(event, text) > 0).isPresent());
  }

  boolean send(String event) {
    return files.stream().anyMatch(left -> added(event, left) > 0);
  }

  private static long added(String event, Left left) {
    return count(event, text(left.written())) - count(event, text(left.base()));
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : RollOut.text(bytes);
  }

  private static long count(String event, String text) {
    return named(RollOut.text(event.getBytes(StandardCharsets.UTF_8)))
        .matcher(text)
        .results()
        .count();
  }

  /// An event as code names it.
  static Pattern named(String event) {
    return Pattern.compile("([\"'`])%s\\1".formatted(Pattern.quote(event)));
  }
}
