package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.Footprint.Gone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Leaves one segment of an experiment in a repository for good and takes the experiment out, by
/// the record of what was written and without a model.
///
/// Start reading here: each file that the experiment touched becomes what it would be, had the
/// segment been written alone ([Attempt], [Merge]); what sends an event that others count stays
/// ([Calls]); what else experiments share goes with the last one that uses it ([Shared]); and what
/// comes out is doubted ([Traces]). Where the record alone does not know, it says what a model has
/// to do ([#removal]), whose work is doubted too ([ModelDoubts]).
public final class RollOut {
  private final Footprint own;
  private final List<Footprint> live;
  private final List<Gone> gone;
  private final List<Gone> settled;
  private final String segment;
  private final Map<String, Set<String>> counted;
  private final SourceTree tree;
  private Attempt attempt;
  private List<String> needed = List.of();
  private boolean silent;

  /// @param tree the repository as it is now
  /// @param live what other experiments left that are there still or wait for their merge
  /// @param gone what experiments left that were rolled out before
  /// @param counted the events that other experiments count still, by their keys: where nothing
  ///   else sends one for them, what sends it stays
  public RollOut(
      SourceTree tree,
      Footprint own,
      List<Footprint> live,
      List<Gone> gone,
      String segment,
      Map<String, Set<String>> counted) {
    this.tree = tree;
    this.own = own;
    this.live = List.copyOf(live);
    this.gone = List.copyOf(gone);
    this.segment = segment;
    this.counted = Map.copyOf(counted);
    this.settled = Attempt.settled(gone);
    this.attempt = new Attempt(tree, own, this.live, this.gone, settled, segment, Set.of());
  }

  /// The same where nobody else counts its events.
  public RollOut(
      SourceTree tree, Footprint own, List<Footprint> live, List<Gone> gone, String segment) {
    this(tree, own, live, gone, segment, Map.of());
  }

  /// How it ended.
  public sealed interface Result {
    /// It is written.
    ///
    /// @param changes from the repository as it is now; none where nothing of it is there any more
    /// @param kept sentences about what stays, and why
    /// @param edited lines that somebody had changed since, which a model saw to
    /// @param words a model's, of what it did; none where none was asked
    /// @param sending whether its calls stay, one of which sends an event that others count
    record Done(
        ChangeSet changes,
        List<Check> checks,
        List<String> kept,
        List<Edited> edited,
        List<String> words,
        boolean sending)
        implements Result {
      private Done keeping(List<String> more) {
        return new Done(
            changes,
            checks,
            Stream.concat(kept.stream(), more.stream()).toList(),
            edited,
            words,
            sending);
      }

      public boolean passed() {
        return checks.stream().noneMatch(check -> check.status() == Check.Status.FAIL);
      }
    }

    /// Lines that the experiment wrote are others by now.
    ///
    /// @param experiments keys of the experiments that wrote into the same files
    record Changed(List<Edited> lines, List<String> experiments) implements Result {}

    /// Others count events that the experiment sends, and the record does not tell what sends them
    /// from the rest: a model wrote it. Behind this, [#removal] has a model leave that there.
    ///
    /// @param whole all of the experiment taken out by the record, after which nobody sends them
    record Silent(Done whole) implements Result {}

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
    var whole = run(attempt);
    needed =
        Calls.of(own, gone, segment)
            .needed(counted, live, path -> tree.read(path).map(RollOut::text), attempt::after);
    if (needed.isEmpty()) {
      return whole;
    }
    var sending = new Attempt(tree, own, live, gone, settled, segment, Set.copyOf(needed));
    var result = run(sending);
    if (whole instanceof Result.Done && !(result instanceof Result.Done done && done.passed())) {
      return whole;
    }
    attempt = sending;
    if (!(result instanceof Result.Done done)) {
      return result;
    }
    silent =
        !own.tellsCalls(segment)
            && needed.stream().anyMatch(Calls.of(own, List.of(), segment)::send);
    return silent ? new Result.Silent(told(done)) : told(done);
  }

  private Result run(Attempt one) {
    return own.knows(segment) ? one.run() : new Result.Unknown(segment);
  }

  /// With what stays for others.
  private Result.Done told(Result.Done done) {
    return done.keeping(
        needed.stream()
            .filter(event -> Calls.of(own, gone, segment).isSent(event, attempt::after))
            .map(
                "What sends “%s” stays, since another experiment counts it, and goes with that one."
                    ::formatted)
            .toList());
  }

  /// What is left to a model where [#run] has not come to an end: the files in which lines were
  /// changed, or all of them where the segment is not known.
  public Removal removal(Brief brief, Budget budget) {
    return attempt.removal(brief, budget, silent ? needed : List.of());
  }

  /// The whole of it, with what a model did of what was left to it.
  public Result.Done completed(Removal removal, Outcome.Done done) {
    return told(attempt.completed(removal, done));
  }

  /// The record that tells what sends the events which others count, from what a model left there;
  /// nothing where it could not be rolled out by that.
  public Optional<Footprint> telling() {
    var texts = new LinkedHashMap<String, byte[]>();
    for (var left : own.files()) {
      var now = tree.read(left.path()).orElse(null);
      var then = attempt.after(left.path()).map(text -> text.getBytes(ISO_8859_1)).orElse(null);
      if (!left.shared() && left.written() != null && now != null && then != null) {
        texts.put(left.path(), Merge.added(now, left.written(), then));
      }
    }
    return Optional.of(own.tellingCalls(segment, texts)).filter(this::rollsOut);
  }

  private boolean rollsOut(Footprint known) {
    return new RollOut(tree, known, live, gone, segment, counted).run() instanceof Result.Done done
        && done.passed()
        && done.sending()
        && own.files().stream()
            .filter(left -> !left.shared())
            .allMatch(left -> attempt.after(left.path()).equals(after(left.path(), done)));
  }

  private Optional<String> after(String path, Result.Done done) {
    return done.changes()
        .of(path)
        .map(change -> Optional.ofNullable(change.content()))
        .orElseGet(() -> tree.read(path))
        .map(RollOut::text);
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
