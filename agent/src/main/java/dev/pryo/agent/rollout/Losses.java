package dev.pryo.agent.rollout;

import dev.pryo.agent.rollout.RollOut.Edited;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What has to be there when a model has taken an experiment out: the lines of all others.
final class Losses {
  private static final Pattern IMPORT = Pattern.compile("import\\b.*|.*\\bfrom\\s*[\"'].*");

  private final String segment;
  private final List<Edited> edited;

  Losses(String segment, List<Edited> edited) {
    this.segment = segment;
    this.edited = edited;
  }

  /// A line that goes, though the experiment neither wrote nor wrapped it.
  Optional<String> lost(Taken file) {
    var gone = Taken.less(Taken.lines(file.now()), Taken.lines(file.then()));
    var free = new ArrayList<>(Taken.less(Taken.lines(file.written()), Taken.lines(file.base())));
    free.addAll(edited(file));
    if (!segment.equals(Footprint.CONTROL)) {
      free.addAll(wrapped(file));
    }
    return Taken.less(gone, free).stream()
        .filter(line -> !isUnused(line, file.then()))
        .findFirst()
        .map(line -> "“" + line + "” goes, which the experiment did not write")
        .or(() -> lostWord(file));
  }

  private List<String> edited(Taken file) {
    var lines = file.now().lines().toList();
    return edited.stream()
        .filter(one -> one.file().equals(file.path()) && one.to() > 0)
        .flatMap(one -> Taken.lines(part(lines, one.from() - 1, one.to())).stream())
        .toList();
  }

  private static String part(List<String> lines, int from, int to) {
    var end = Math.min(to, lines.size());
    return String.join("\n", lines.subList(Math.min(from, end), end));
  }

  /// Lines of the site between the first and the last that the experiment wrote: a segment may hide
  /// what stands there. Imports stand apart.
  private static List<String> wrapped(Taken file) {
    var own = new HashSet<>(Taken.less(Taken.lines(file.written()), Taken.lines(file.base())));
    var all = Taken.lines(file.written());
    Predicate<String> counts = line -> own.contains(line) && !IMPORT.matcher(line).matches();
    var from = 0;
    while (from < all.size() && !counts.test(all.get(from))) {
      from++;
    }
    var to = all.size();
    while (to > from && !counts.test(all.get(to - 1))) {
      to--;
    }
    return all.subList(from, to);
  }

  /// An import of what the segment has no use for.
  private static boolean isUnused(String line, String then) {
    return IMPORT.matcher(line).matches()
        && Taken.words(line.replaceAll("\\bfrom\\b.*|[\"'].*|\\b(?:import|type|as)\\b", ""))
            .noneMatch(Taken.words(then).collect(Collectors.toSet())::contains);
  }

  /// With the control every word of the site stays that is still there.
  private Optional<String> lostWord(Taken file) {
    if (!segment.equals(Footprint.CONTROL)) {
      return Optional.empty();
    }
    var now = Taken.words(file.now()).collect(Collectors.toSet());
    var then = Taken.words(file.then()).collect(Collectors.toSet());
    return Taken.words(file.base())
        .filter(word -> now.contains(word) && !then.contains(word))
        .findFirst()
        .map(word -> "“" + word + "” goes, which was there before the experiment");
  }

  /// A word of somebody who changed the experiment's lines; it may have been of a segment that
  /// goes, so people have to look.
  Optional<String> missed(Taken file) {
    var then = Taken.words(file.then()).collect(Collectors.toSet());
    var written = Taken.words(file.written()).collect(Collectors.toSet());
    return Taken.less(Taken.lines(file.now()), Taken.lines(file.written())).stream()
        .flatMap(Taken::words)
        .filter(word -> !written.contains(word) && !then.contains(word))
        .findFirst()
        .map(word -> "“" + word + "” goes, which somebody wrote after the experiment");
  }
}
