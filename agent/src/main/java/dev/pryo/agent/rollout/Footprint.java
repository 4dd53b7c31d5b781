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
import java.util.TreeMap;
import java.util.TreeSet;
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
  @SuppressWarnings("ArrayRecordComponent") // compared by content where it is compared
  public record Left(
      String path,
      byte @Nullable [] base,
      byte @Nullable [] written,
      boolean shared,
      Map<String, byte[]> plain) {

    /// Written out, since a compact constructor's parameters lose their nullness in the class file.
    public Left(
        String path,
        byte @Nullable [] base,
        byte @Nullable [] written,
        boolean shared,
        Map<String, byte[]> plain) {
      this.path = path;
      this.base = base;
      this.written = written;
      this.shared = shared;
      this.plain = Map.copyOf(plain);
    }

    private Left without(Left other, String segment) {
      var before = other.written();
      var after = other.under(segment).orElse(null);
      if (before == null || after == null) {
        return this;
      }
      var without = new LinkedHashMap<String, byte[]>();
      plain.forEach((key, bytes) -> without.put(key, Merge.rebased(before, bytes, after)));
      return new Left(
          path,
          base == null ? null : Merge.rebased(before, base, after),
          written == null ? null : Merge.rebased(before, written, after),
          shared,
          without);
    }

    private Left knowing(String segment, ChangeSet taken) {
      var change = taken.of(path).orElse(null);
      var then = change == null ? written : change.content();
      if (shared || then == null || Arrays.equals(then, base)) {
        return this;
      }
      var known = new LinkedHashMap<>(plain);
      known.put(segment, then);
      return new Left(path, base, written, false, known);
    }

    /// What it becomes for good; nothing where it goes.
    Optional<byte[]> under(String segment) {
      return Optional.ofNullable(plain.getOrDefault(segment, base));
    }
  }

  /// @param done what was proposed, measured from the commit that was read
  public static Footprint of(String key, Outcome.Done done) {
    var paths = new TreeMap<String, FileChange>();
    done.plain().values().stream()
        .flatMap(List::stream)
        .forEach(one -> paths.put(one.path(), new FileChange(one.path(), one.base(), one.base())));
    done.changes().changes().forEach(one -> paths.put(one.path(), one));
    return new Footprint(
        key,
        paths.values().stream().map(change -> left(change, done)).toList(),
        done.plain().keySet().stream().sorted().toList());
  }

  private static Left left(FileChange change, Outcome.Done done) {
    var plain = new LinkedHashMap<String, byte[]>();
    done.plain()
        .forEach((segment, changes) ->
            changes.stream()
                .filter(one -> one.path().equals(change.path()))
                .flatMap(one -> Optional.ofNullable(one.content()).stream())
                .forEach(content -> plain.put(segment, content)));
    return new Left(change.path(), change.base(), change.content(), isShared(change), plain);
  }

  private static boolean isShared(FileChange change) {
    return ClientCode.isClient(change.text())
        || (ClientCode.hasRule(change.text()) && !ClientCode.hasRule(change.baseText()));
  }

  /// Whether a segment can be left there for good without a model.
  public boolean knows(String segment) {
    return segment.equals(CONTROL) || segments.contains(segment);
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
                    .footprint()
                    .file(left.path())
                    .filter(one -> !one.shared() && !left.shared())
                    .map(one -> left.without(one, other.segment()))
                    .orElse(left))
            .toList(),
        segments);
  }

  /// What an experiment left that was rolled out before, and the segment that stayed.
  public record Gone(Footprint footprint, String segment) {}

  Optional<Left> file(String path) {
    return files.stream().filter(one -> one.path().equals(path)).findFirst();
  }
}
