package dev.pryo.agent.rollout;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.model.Removal.Part;
import dev.pryo.agent.rollout.Footprint.Left;
import dev.pryo.agent.rollout.RollOut.Edited;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of a roll-out that a model does: the files of which the record does not say how they
/// have to be.
///
/// @param own what the experiment left
/// @param live what other experiments left
/// @param edited lines of it that somebody changed since
/// @param paths the files that the model gets
/// @param events what sends them stays, since others count them
record Handed(
    SourceTree tree,
    Footprint own,
    List<Footprint> live,
    String segment,
    List<Edited> edited,
    Set<String> paths,
    List<String> events) {

  static Handed nothing(SourceTree tree, Footprint own, List<Footprint> live, String segment) {
    return new Handed(tree, own, live, segment, List.of(), Set.of(), List.of());
  }

  /// Those files in which lines were changed; one that is gone needs nobody.
  Handed changed(List<Edited> lines) {
    var files = new TreeSet<String>();
    lines.stream().filter(one -> one.to() > 0).map(Edited::file).forEach(files::add);
    return new Handed(tree, own, live, segment, List.copyOf(lines), files, List.of());
  }

  /// All files, since the record does not say what sends these events.
  Handed sending(List<String> counted) {
    var all = all();
    return new Handed(tree, own, live, segment, all.edited, all.paths, counted);
  }

  /// All files, since nobody knows what the segment makes of them.
  Handed all() {
    var lines = new ArrayList<Edited>();
    var files = new TreeSet<String>();
    own.files().stream()
        .filter(left -> !left.shared())
        .forEach(left -> {
          var now = tree.read(left.path()).orElse(null);
          lines.addAll(changedSince(left, now));
          if (now != null) {
            files.add(left.path());
          }
        });
    return new Handed(tree, own, live, segment, List.copyOf(lines), files, List.of());
  }

  private static List<Edited> changedSince(Left left, byte @Nullable [] now) {
    if (now == null) {
      return List.of(new Edited(left.path(), 1, 0));
    }
    if (left.written() == null || Arrays.equals(now, left.written())) {
      return List.of();
    }
    var base = left.base() == null ? "" : RollOut.text(left.base());
    return new Merge(RollOut.text(left.written()), RollOut.text(now), base)
        .edited().stream().map(lines -> new Edited(left.path(), lines.from(), lines.to())).toList();
  }

  /// @param together these changes of the model with those that code makes
  /// @param traces doubts all of them
  Removal removal(
      Brief brief,
      Budget budget,
      UnaryOperator<ChangeSet> together,
      Function<ChangeSet, List<Check>> traces) {
    return new Removal(
        brief,
        tree,
        segment,
        parts(),
        neighbours(),
        events,
        written -> {
          var all = together.apply(written);
          return checks(brief, all, traces.apply(all));
        },
        budget);
  }

  private List<Part> parts() {
    return paths.stream().flatMap(path -> part(path).stream()).toList();
  }

  private Optional<Part> part(String path) {
    var left = own.file(path).orElseThrow();
    return tree.read(path)
        .map(now ->
            new Part(
                new FileChange(path, left.base(), left.written()),
                new FileChange(path, left.written(), now)));
  }

  private List<String> neighbours() {
    return live.stream()
        .filter(one -> paths.stream().anyMatch(path -> one.file(path).isPresent()))
        .map(Footprint::key)
        .toList();
  }

  /// @param traces what was asked of all changes
  private List<Check> checks(Brief brief, ChangeSet all, List<Check> traces) {
    var files =
        parts().stream()
            .flatMap(part -> then(part, all).map(text -> Taken.of(part, text)).stream())
            .toList();
    var deleted =
        all.changes().stream()
            .filter(change -> change.status() == FileChange.Status.DELETED)
            .map(FileChange::path)
            .toList();
    var doubts = new ModelDoubts(files, deleted, brief, segment, live, edited, events);
    return Stream.concat(
            traces.stream().map(check -> clears(check) ? doubts.noTrace() : check),
            doubts.run().stream())
        .toList();
  }

  private static boolean clears(Check check) {
    return check.id().equals("no_trace") && check.status() == Check.Status.PASS;
  }

  private static Optional<String> then(Part part, ChangeSet all) {
    var change = all.of(part.path());
    if (change.isEmpty()) {
      return Optional.of(part.since().text());
    }
    return change.filter(one -> one.status() != FileChange.Status.DELETED).map(FileChange::text);
  }
}
