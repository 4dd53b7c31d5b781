package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.Footprint.Left;
import dev.pryo.agent.rollout.RollOut.Edited;
import dev.pryo.agent.rollout.RollOut.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One way to take an experiment out: whole, with what was left of others that are gone, or so that
/// events are sent still.
final class Attempt {
  private final SourceTree tree;
  private final Footprint own;
  private final List<Footprint> live;
  private final List<Footprint> gone;
  private final List<Footprint> calls;
  private final List<Footprint> staying;
  private final String segment;
  private final boolean sending;
  private final Map<String, FileChange> changes = new TreeMap<>();
  private final List<Edited> edited = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private Handed handed;

  /// @param settled the same as `gone`, each without those before it ([#settled])
  /// @param needed events whose calls stay, this experiment's and those of others before
  Attempt(
      SourceTree tree,
      Footprint own,
      List<Footprint> live,
      List<Gone> gone,
      List<Gone> settled,
      String segment,
      Set<String> needed) {
    this.tree = tree;
    this.sending = own.tellsCalls(segment) && own.sends(needed, segment);
    var known = sending ? own.sending(segment) : own;
    for (var one : settled) {
      known = known.without(one);
    }
    this.own = known;
    this.live = live;
    this.gone = gone.stream().map(Gone::footprint).toList();
    this.calls = calls(settled, needed, new Gone(known, segment));
    this.staying = gone.stream().filter(one -> one.sends(needed)).map(Gone::calls).toList();
    this.segment = segment;
    this.handed = Handed.nothing(tree, this.own, live, segment);
  }

  /// Each as it would be, had it been written after those before it were taken out.
  static List<Gone> settled(List<Gone> gone) {
    var all = new ArrayList<Gone>();
    for (var one : gone) {
      var alone = one.footprint();
      for (var before : all) {
        alone = alone.without(before);
      }
      all.add(new Gone(alone, one.segment(), one.sending()));
    }
    return List.copyOf(all);
  }

  /// What sends events that nobody needs, in the files as they are once all others are gone.
  private static List<Footprint> calls(List<Gone> gone, Set<String> needed, Gone own) {
    var all = new ArrayList<Footprint>();
    for (var at = gone.size() - 1; at >= 0; at--) {
      if (!gone.get(at).sending() || gone.get(at).sends(needed)) {
        continue;
      }
      var calls = gone.get(at).calls();
      for (var later : gone.subList(at + 1, gone.size())) {
        calls = calls.without(later);
      }
      all.add(calls.without(own));
    }
    return List.copyOf(all);
  }

  Result run() {
    for (var left : own.files()) {
      if (!left.shared()) {
        file(left);
      }
    }
    if (!edited.isEmpty()) {
      return new Result.Changed(List.copyOf(edited), neighbours());
    }
    rest();
    return new Result.Done(
        all(), traces(all()).run(), List.copyOf(kept), List.of(), List.of(), sending);
  }

  /// What is not this experiment's alone.
  private void rest() {
    calls.stream().flatMap(one -> one.files().stream()).forEach(this::silence);
    client();
  }

  private ChangeSet all() {
    return new ChangeSet(List.copyOf(changes.values()));
  }

  private Traces traces(ChangeSet all) {
    var touched =
        Stream.concat(Stream.of(own), gone.stream())
            .flatMap(one -> one.files().stream())
            .map(Left::path)
            .collect(Collectors.toSet());
    var steps =
        Stream.concat(
                own.files().stream()
                    .filter(left -> !left.shared())
                    .map(left -> Traces.Step.of(left, segment)),
                calls.stream()
                    .flatMap(one -> one.files().stream())
                    .map(left -> Traces.Step.of(left, Footprint.CONTROL)))
            .toList();
    return new Traces(own.key(), steps, all, segment, touched, handed.paths());
  }

  /// @param events what sends them stays, and the record does not tell what that is
  Removal removal(Brief brief, Budget budget, List<String> events) {
    handed =
        !events.isEmpty()
            ? handed.sending(events)
            : own.knows(segment) ? handed.changed(edited) : handed.all();
    return handed.removal(brief, budget, this::together, all -> traces(all).run());
  }

  private ChangeSet together(ChangeSet byModel) {
    var both = new TreeMap<>(changes);
    byModel.changes().forEach(change -> both.put(change.path(), change));
    return new ChangeSet(List.copyOf(both.values()));
  }

  Result.Done completed(Removal removal, Outcome.Done done) {
    done.changes().changes().forEach(change -> changes.put(change.path(), change));
    handed.edited().stream()
        .filter(one -> one.to() == 0)
        .forEach(one -> kept.add(one.file() + " was gone already."));
    handed.paths().stream()
        .filter(this::outlives)
        .forEach(path ->
            kept.add(path + " came with the experiment and was changed since, so it stays."));
    rest();
    return new Result.Done(
        all(),
        removal.doubts().apply(all()),
        List.copyOf(kept),
        handed.edited(),
        done.summary(),
        sending || !handed.events().isEmpty());
  }

  private boolean outlives(String path) {
    return own.knows(segment)
        && own.file(path).flatMap(left -> left.under(segment)).isEmpty()
        && after(path).isPresent();
  }

  private List<String> neighbours() {
    var files = edited.stream().map(Edited::file).toList();
    return live.stream()
        .filter(one -> files.stream().anyMatch(path -> one.file(path).isPresent()))
        .map(Footprint::key)
        .toList();
  }

  private void file(Left left) {
    var now = tree.read(left.path()).orElse(null);
    var target = left.under(segment).orElse(null);
    if (Arrays.equals(now, left.written()) && (now == null || target == null || isAlone(left))) {
      become(left.path(), now, target);
    } else if (Arrays.equals(now, target)) {
      return;
    } else if (now == null || left.written() == null || target == null) {
      edited.add(new Edited(left.path(), 1, now == null ? 0 : lines(now)));
    } else {
      merge(left, left.written(), now, target);
    }
  }

  /// Whether no experiment that is gone by now left something here that is shared.
  private boolean isAlone(Left left) {
    return gone.stream().noneMatch(one -> one.file(left.path()).isPresent());
  }

  private static int lines(byte[] bytes) {
    return Math.max(1, (int) RollOut.text(bytes).lines().count());
  }

  private void merge(Left left, byte[] written, byte[] now, byte[] target) {
    var merge = new Merge(RollOut.text(written), RollOut.text(now), RollOut.text(target));
    merge.edited().forEach(lines -> edited.add(new Edited(left.path(), lines.from(), lines.to())));
    if (merge.edited().isEmpty()) {
      become(left.path(), now, merge.apply(needsTag(left)).getBytes(ISO_8859_1));
    }
  }

  private boolean needsTag(Left left) {
    return (sending && left.sending().containsKey(segment))
        || staying.stream().anyMatch(one -> one.file(left.path()).isPresent())
        || live.stream().anyMatch(one -> one.file(left.path()).isPresent())
        || alien(left);
  }

  /// Takes out what sends the events of an experiment that is gone, once nobody counts them.
  private void silence(Left left) {
    var now = after(left.path()).map(text -> text.getBytes(ISO_8859_1)).orElse(null);
    var target = left.base();
    if (now == null || left.written() == null) {
      return;
    }
    if (target == null) {
      if (Arrays.equals(now, left.written())) {
        change(left.path(), null);
      } else {
        kept.add(left.path() + " was changed since Pryo added it, so it stays.");
      }
      return;
    }
    var merge = new Merge(RollOut.text(left.written()), RollOut.text(now), RollOut.text(target));
    if (merge.edited().isEmpty()) {
      change(left.path(), merge.apply(needsTag(left)).getBytes(ISO_8859_1));
    } else if (merge.isOpen()) {
      kept.add(
          left.path() + " sends events that nobody counts any more: its lines were changed since.");
    }
  }

  private void change(String path, byte @Nullable [] then) {
    changes.remove(path);
    become(path, tree.read(path).orElse(null), then);
  }

  /// A page that loads the client and on which no experiment of ours put that: it stays.
  private boolean alien(Left left) {
    return Stream.concat(Stream.of(own), gone.stream())
        .flatMap(one -> one.file(left.path()).stream())
        .noneMatch(one -> !loads(one.base()) && loads(one.written()));
  }

  private static boolean loads(byte @Nullable [] bytes) {
    return bytes != null && RollOut.text(bytes).contains("/pryo.js");
  }

  private void become(String path, byte @Nullable [] now, byte @Nullable [] then) {
    if (!Arrays.equals(now, then)) {
      changes.put(path, new FileChange(path, now, then));
    }
  }

  /// The client goes with the last experiment that uses it, whichever brought it.
  private void client() {
    var ours = Stream.concat(Stream.of(own), gone.stream()).toList();
    var files = ours.stream().flatMap(one -> one.files().stream()).filter(Left::shared).toList();
    if (files.isEmpty() || new Client(tree, live).stays(files, this::after)) {
      return;
    }
    files.stream()
        .sorted(Comparator.comparing(Left::path))
        .filter(left -> tree.read(left.path()).isPresent())
        .forEach(this::unshare);
  }

  private void unshare(Left left) {
    if (changes.containsKey(left.path())) {
      return;
    }
    var now = tree.read(left.path()).orElseThrow();
    if (Arrays.equals(now, left.written())) {
      become(left.path(), now, left.base());
      return;
    }
    if (left.written() == null || left.base() == null) {
      kept.add(
          left.path() + " was changed since Pryo added it, so it stays, though nothing uses it.");
      return;
    }
    var merge =
        new Merge(RollOut.text(left.written()), RollOut.text(now), RollOut.text(left.base()));
    if (merge.edited().isEmpty()) {
      become(left.path(), now, merge.apply(true).getBytes(ISO_8859_1));
    } else if (ClientCode.hasRule(RollOut.text(now))) {
      kept.add(
          left.path()
              + " keeps the rule by which tested elements wait: its lines were changed since.");
    }
  }

  /// A file as it is left.
  Optional<String> after(String path) {
    var change = changes.get(path);
    return change == null
        ? tree.read(path).map(RollOut::text)
        : Optional.ofNullable(change.content()).map(RollOut::text);
  }
}
