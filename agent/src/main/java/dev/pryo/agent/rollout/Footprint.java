package dev.pryo.agent.rollout;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.edit.ClientCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one experiment left in a repository: each file before and after, and as each segment would
/// have it for good. It is all that a roll-out needs, so that it needs no commit that may be gone
/// by then.
///
/// @param key the experiment's
/// @param segments those that can be left there for good without a model
public record Footprint(String key, List<Left> files, List<String> segments) {
  static final String CONTROL = "control";

  public Footprint {
    files = List.copyOf(files);
    segments = List.copyOf(segments);
  }

  /// One file.
  ///
  /// @param base as it was, null where the experiment added it
  /// @param written as the experiment made it; the same as `base` where only a segment changes it
  /// @param shared it is of the client, which serves all experiments of the app
  /// @param plain what it becomes under the segments that leave something else than `base`
  /// @param sending what it becomes under each segment, the control too, while the goals' events
  ///   are sent all the same, where that is something else
  @SuppressWarnings("ArrayRecordComponent") // compared by content where it is compared
  public record Left(
      String path,
      byte @Nullable [] base,
      byte @Nullable [] written,
      boolean shared,
      Map<String, byte[]> plain,
      Map<String, byte[]> sending) {

    /// Written out, since a compact constructor's parameters lose their nullness in the class file.
    public Left(
        String path,
        byte @Nullable [] base,
        byte @Nullable [] written,
        boolean shared,
        Map<String, byte[]> plain,
        Map<String, byte[]> sending) {
      this.path = path;
      this.base = base;
      this.written = written;
      this.shared = shared;
      this.plain = Map.copyOf(plain);
      this.sending = Map.copyOf(sending);
    }

    /// Where this was written on top of the other one, that is taken out; else what stays of it is
    /// put in.
    private Left without(Left other, String segment) {
      var before = other.written();
      var after = other.under(segment).orElse(null);
      if (base == null || before == null || after == null) {
        return this;
      }
      if (!Arrays.equals(Merge.rebased(before, base, after), base)) {
        return each(text -> Merge.rebased(before, text, after));
      }
      var first = other.base();
      return first == null ? this : each(text -> Merge.added(first, text, after));
    }

    private Left each(UnaryOperator<byte[]> change) {
      return new Left(
          path,
          base == null ? null : change.apply(base),
          written == null ? null : change.apply(written),
          shared,
          each(plain, change),
          each(sending, change));
    }

    private static Map<String, byte[]> each(
        Map<String, byte[]> texts, UnaryOperator<byte[]> change) {
      var all = new LinkedHashMap<String, byte[]>();
      texts.forEach((segment, text) -> all.put(segment, change.apply(text)));
      return all;
    }

    private Left sending(String segment) {
      var then = sending.get(segment);
      if (then == null) {
        return this;
      }
      var all = new LinkedHashMap<>(plain);
      all.put(segment, then);
      return new Left(path, base, written, shared, all, sending);
    }

    private Left tellingCalls(String segment, byte @Nullable [] then) {
      if (then == null || Arrays.equals(then, under(segment).orElse(null))) {
        return this;
      }
      var all = new LinkedHashMap<>(sending);
      all.put(segment, then);
      return new Left(path, base, written, shared, plain, all);
    }

    private Left all(String segment) {
      return new Left(path, under(segment).orElse(null), written, shared, Map.of(), Map.of());
    }

    private Optional<Left> calls(String segment) {
      return Optional.ofNullable(sending.get(segment))
          .map(
              then -> new Left(path, under(segment).orElse(null), then, false, Map.of(), Map.of()));
    }

    private Left knowing(String segment, ChangeSet taken) {
      var change = taken.of(path).orElse(null);
      var then = change == null ? written : change.content();
      if (shared || then == null || Arrays.equals(then, base)) {
        return this;
      }
      var known = new LinkedHashMap<>(plain);
      known.put(segment, then);
      return new Left(path, base, written, false, known, sending);
    }

    /// What it becomes for good; nothing where it goes.
    Optional<byte[]> under(String segment) {
      return Optional.ofNullable(plain.getOrDefault(segment, base));
    }
  }

  /// @param done what was proposed, measured from the commit that was read
  public static Footprint of(String key, Outcome.Done done) {
    var paths = new TreeMap<String, FileChange>();
    Stream.of(done.plain(), done.sending())
        .flatMap(changes -> changes.values().stream())
        .flatMap(List::stream)
        .filter(one -> one.base() != null)
        .forEach(one -> paths.put(one.path(), new FileChange(one.path(), one.base(), one.base())));
    done.changes().changes().forEach(one -> paths.put(one.path(), one));
    return new Footprint(
        key,
        paths.values().stream().map(change -> left(change, done)).toList(),
        done.plain().keySet().stream().sorted().toList());
  }

  private static Left left(FileChange change, Outcome.Done done) {
    var plain = texts(change.path(), done.plain());
    var sending = texts(change.path(), done.sending());
    sending.entrySet().removeIf(one -> Arrays.equals(one.getValue(), plain.get(one.getKey())));
    return new Left(
        change.path(), change.base(), change.content(), isShared(change), plain, sending);
  }

  private static Map<String, byte[]> texts(String path, Map<String, List<FileChange>> all) {
    var texts = new LinkedHashMap<String, byte[]>();
    all.forEach((segment, changes) ->
        changes.stream()
            .filter(one -> one.path().equals(path))
            .flatMap(one -> Optional.ofNullable(one.content()).stream())
            .forEach(content -> texts.put(segment, content)));
    return texts;
  }

  private static boolean isShared(FileChange change) {
    return ClientCode.isClient(change.text())
        || (ClientCode.hasRule(change.text()) && !ClientCode.hasRule(change.baseText()));
  }

  /// Whether a segment can be left there for good without a model.
  public boolean knows(String segment) {
    return segment.equals(CONTROL) || segments.contains(segment);
  }

  /// Whether one of these events is sent by what goes where this segment stays.
  public boolean sends(Set<String> events, String segment) {
    return events.stream().anyMatch(Calls.of(this, List.of(), segment)::send);
  }

  /// Those of these events that were sent before the experiment was written.
  public Set<String> found(Set<String> events) {
    var added = new Calls(files);
    return events.stream().filter(event -> !added.send(event)).collect(Collectors.toSet());
  }

  /// The record with one segment more that can be left there without a model.
  ///
  /// @param taken what has to change for it of the files as they were written
  Footprint knowing(String segment, ChangeSet taken) {
    var known = new TreeSet<>(segments);
    known.add(segment);
    return new Footprint(
        key, files.stream().map(left -> left.knowing(segment, taken)).toList(), List.copyOf(known));
  }

  /// The record as it would be, had this experiment been written after the other was taken out.
  Footprint without(Gone other) {
    return new Footprint(
        key,
        files.stream()
            .map(left ->
                other
                    .left()
                    .file(left.path())
                    .filter(one -> !one.shared() && !left.shared())
                    .map(one -> left.without(one, other.segment()))
                    .orElse(left))
            .toList(),
        segments);
  }

  /// The record by which the goals' events are still sent when a segment stays for good.
  Footprint sending(String segment) {
    return new Footprint(key, files.stream().map(left -> left.sending(segment)).toList(), segments);
  }

  /// What sends the goals' events beside a segment that stays for good, as if it were an experiment
  /// of its own; all that was written where the record does not tell it from the rest.
  Footprint calls(String segment) {
    var told = files.stream().flatMap(left -> left.calls(segment).stream()).toList();
    return new Footprint(
        key,
        told.isEmpty()
            ? files.stream().filter(left -> !left.shared()).map(left -> left.all(segment)).toList()
            : told,
        List.of());
  }

  /// Whether the record tells what sends the goals' events beside a segment that stays for good.
  boolean tellsCalls(String segment) {
    return files.stream().anyMatch(left -> left.sending().containsKey(segment));
  }

  /// The record that tells it.
  ///
  /// @param texts files with what sends the events, beside this segment, by their paths
  Footprint tellingCalls(String segment, Map<String, byte[]> texts) {
    return new Footprint(
        key,
        files.stream().map(left -> left.tellingCalls(segment, texts.get(left.path()))).toList(),
        segments);
  }

  /// What an experiment left that was rolled out before, and the segment that stayed.
  ///
  /// @param sending whether what sends its goals' events stayed too, since others counted them
  public record Gone(Footprint footprint, String segment, boolean sending) {
    public Gone(Footprint footprint, String segment) {
      this(footprint, segment, false);
    }

    private Footprint left() {
      return sending ? footprint.sending(segment) : footprint;
    }

    /// Whether what stayed of it sends one of these events.
    boolean sends(Set<String> events) {
      return sending && footprint.sends(events, segment);
    }

    /// What of it has to go when nobody counts its events any more.
    Footprint calls() {
      return sending && footprint.tellsCalls(segment)
          ? footprint.calls(segment)
          : new Footprint(footprint.key, List.of(), List.of());
    }
  }

  Optional<Left> file(String path) {
    return files.stream().filter(one -> one.path().equals(path)).findFirst();
  }
}
