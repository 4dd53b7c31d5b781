package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.Footprint.Left;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Leaves one segment of an experiment in a repository for good and takes the experiment out, by
/// the record of what was written and without a model.
///
/// Start reading here: each file that the experiment touched becomes what it would be, had the
/// segment been written alone ([Merge]); what experiments share goes with the last one that uses it
/// ([Shared]); and what comes out is doubted ([Traces]). Where the record alone does not know, it
/// says what a model has to do ([#removal]), whose work is doubted too ([ModelDoubts]).
public final class RollOut {
  private static final Pattern SOURCE =
      Pattern.compile("(?i).*\\.(?:[cm]?[jt]sx?|vue|svelte|astro|html?)");
  private static final Pattern USE =
      Pattern.compile("data-pryo|[\"'][^\"'\\n]*\\bpryo(?:\\.[jt]s)?[\"']");

  private final SourceTree tree;
  private final Footprint own;
  private final List<Footprint> live;
  private final List<Footprint> gone;
  private final String segment;
  private final Map<String, FileChange> changes = new TreeMap<>();
  private final List<Edited> edited = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private Handed handed;

  /// @param tree the repository as it is now
  /// @param live what other experiments left that are there still or wait for their merge
  /// @param gone what experiments left that were rolled out before
  public RollOut(
      SourceTree tree, Footprint own, List<Footprint> live, List<Gone> gone, String segment) {
    this.tree = tree;
    var known = own;
    for (var one : gone) {
      known = known.without(one);
    }
    this.own = known;
    this.live = List.copyOf(live);
    this.gone = gone.stream().map(Gone::footprint).toList();
    this.segment = segment;
    this.handed = Handed.nothing(tree, this.own, this.live, segment);
  }

  /// How it ended.
  public sealed interface Result {
    /// It is written.
    ///
    /// @param changes from the repository as it is now; none where nothing of it is there any more
    /// @param kept sentences about what stays, and why
    /// @param edited lines that somebody had changed since, which a model saw to
    /// @param words a model's, of what it did; none where none was asked
    record Done(
        ChangeSet changes,
        List<Check> checks,
        List<String> kept,
        List<Edited> edited,
        List<String> words)
        implements Result {
      public boolean passed() {
        return checks.stream().noneMatch(check -> check.status() == Check.Status.FAIL);
      }
    }

    /// Lines that the experiment wrote are others by now.
    ///
    /// @param experiments keys of the experiments that wrote into the same files
    record Changed(List<Edited> lines, List<String> experiments) implements Result {}

    /// What the segment is without the experiment is not in the record: a model wrote it, and
    /// nothing came of its [Preparation].
    record Unknown(String segment) implements Result {}
  }

  /// Lines of a file that somebody changed since, counted from 1.
  ///
  /// @param to 0 where the whole file is gone
  public record Edited(String file, int from, int to) {
    @Override
    public String toString() {
      if (to == 0) {
        return file + " (it is gone)";
      }
      return from == to ? file + ":" + from : file + ":" + from + "-" + to;
    }
  }

  public Result run() {
    if (!own.knows(segment)) {
      return new Result.Unknown(segment);
    }
    for (var left : own.files()) {
      if (!left.shared()) {
        file(left);
      }
    }
    if (!edited.isEmpty()) {
      return new Result.Changed(List.copyOf(edited), neighbours());
    }
    client();
    return new Result.Done(all(), traces(all()).run(), List.copyOf(kept), List.of(), List.of());
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
    return new Traces(own, all, segment, touched, handed.paths());
  }

  /// What is left to a model where [#run] has not come to an end: the files in which lines were
  /// changed, or all of them where the segment is not known.
  public Removal removal(Brief brief, Budget budget) {
    handed = own.knows(segment) ? handed.changed(edited) : handed.all();
    return handed.removal(brief, budget, this::together, all -> traces(all).run());
  }

  private ChangeSet together(ChangeSet byModel) {
    var both = new TreeMap<>(changes);
    byModel.changes().forEach(change -> both.put(change.path(), change));
    return new ChangeSet(List.copyOf(both.values()));
  }

  /// The whole of it, with what a model did of what was left to it.
  public Result.Done completed(Removal removal, Outcome.Done done) {
    done.changes().changes().forEach(change -> changes.put(change.path(), change));
    handed.edited().stream()
        .filter(one -> one.to() == 0)
        .forEach(one -> kept.add(one.file() + " was gone already."));
    handed.paths().stream()
        .filter(this::outlives)
        .forEach(path ->
            kept.add(path + " came with the experiment and was changed since, so it stays."));
    client();
    return new Result.Done(
        all(), removal.doubts().apply(all()), List.copyOf(kept), handed.edited(), done.summary());
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
    return Math.max(1, (int) text(bytes).lines().count());
  }

  private void merge(Left left, byte[] written, byte[] now, byte[] target) {
    var merge = new Merge(text(written), text(now), text(target));
    merge.edited().forEach(lines -> edited.add(new Edited(left.path(), lines.from(), lines.to())));
    if (merge.edited().isEmpty()) {
      var tag = live.stream().anyMatch(one -> one.file(left.path()).isPresent()) || alien(left);
      become(left.path(), now, merge.apply(tag).getBytes(ISO_8859_1));
    }
  }

  /// A page that loads the client and on which no experiment of ours put that: it stays.
  private boolean alien(Left left) {
    return Stream.concat(Stream.of(own), gone.stream())
        .flatMap(one -> one.file(left.path()).stream())
        .noneMatch(one -> !loads(one.base()) && loads(one.written()));
  }

  private static boolean loads(byte @Nullable [] bytes) {
    return bytes != null && text(bytes).contains("/pryo.js");
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
    if (files.isEmpty() || live.stream().anyMatch(RollOut::needsClient) || isUsed(files)) {
      return;
    }
    files.stream()
        .sorted(Comparator.comparing(Left::path))
        .filter(left -> tree.read(left.path()).isPresent())
        .forEach(this::unshare);
  }

  private static boolean needsClient(Footprint other) {
    return other.files().stream()
        .anyMatch(left ->
            left.shared() || (left.written() != null && USE.matcher(text(left.written())).find()));
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
    var merge = new Merge(text(left.written()), text(now), text(left.base()));
    if (merge.edited().isEmpty()) {
      become(left.path(), now, merge.apply(true).getBytes(ISO_8859_1));
    } else if (ClientCode.hasRule(text(now))) {
      kept.add(
          left.path()
              + " keeps the rule by which tested elements wait: its lines were changed since.");
    }
  }

  private boolean isUsed(List<Left> shared) {
    var own = shared.stream().map(Left::path).toList();
    return tree.paths().stream()
        .filter(path -> SOURCE.matcher(path).matches() && !own.contains(path))
        .flatMap(path -> after(path).stream())
        .anyMatch(text -> USE.matcher(text).find());
  }

  private Optional<String> after(String path) {
    var change = changes.get(path);
    return change == null
        ? tree.read(path).map(RollOut::text)
        : Optional.ofNullable(change.content()).map(RollOut::text);
  }

  /// The forms in which files name an experiment.
  static Pattern names(String key) {
    return Pattern.compile(
        "([\"'`])%1$s(?::[\\w-]+)?\\1|\\bpryo[-/]%1$s\\.(?:js|css)".formatted(Pattern.quote(key)));
  }

  /// One character for each byte, so that every byte comes back as it was.
  static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
