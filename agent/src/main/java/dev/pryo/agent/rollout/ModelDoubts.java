package dev.pryo.agent.rollout;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Check;
import dev.pryo.agent.rollout.RollOut.Edited;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Doubts what a model left of the files out of which it took an experiment. No record says how
/// they have to be then, so the questions are what may not be there any more ([Leftovers]), what
/// has to be there still ([Losses]), and what was never there.
final class ModelDoubts {
  /// Words that scripts and pages are put together with, wherever they come from.
  private static final Set<String> COMMON =
      Set.of(
          "document",
          "querySelector",
          "querySelectorAll",
          "forEach",
          "class",
          "className",
          "const",
          "return",
          "true",
          "false",
          "null");

  private final List<Taken> files;
  private final Leftovers leftovers;
  private final Losses losses;
  private final Brief brief;
  private final List<String> events;

  /// @param files all that the model could change and that are there still
  /// @param deleted the paths of all files that go
  /// @param live what other experiments left
  /// @param edited lines of the experiment that somebody changed since
  /// @param events what sends them stays
  ModelDoubts(
      List<Taken> files,
      List<String> deleted,
      Brief brief,
      String segment,
      List<Footprint> live,
      List<Edited> edited,
      List<String> events) {
    this.files = files;
    this.events = events;
    this.leftovers = new Leftovers(files, deleted, brief, live, events);
    this.losses = new Losses(segment, edited);
    this.brief = brief;
  }

  Check noTrace() {
    return each("no_trace", leftovers::trace, "Nothing asks for the experiment any more.");
  }

  List<Check> run() {
    var checks = new ArrayList<Check>();
    checks.add(othersStay());
    checks.add(each("nothing_new", this::invented, "Every word that comes was there before."));
    checks.add(each("in_use", leftovers::idle, "Nothing is left that nothing uses."));
    if (!events.isEmpty()) {
      checks.add(stillSent());
    }
    return List.copyOf(checks);
  }

  private Check stillSent() {
    return events.stream()
        .filter(event ->
            files.stream().noneMatch(file -> Calls.named(event).matcher(file.then()).find()))
        .findFirst()
        .map(event -> Check.fail("still_sent", "Nothing sends “" + event + "” any more."))
        .orElseGet(() -> Check.pass("still_sent", "What others count is sent still."));
  }

  private Check othersStay() {
    var check = each("others_stay", losses::lost, "What others wrote is there still.");
    if (check.status() == Check.Status.FAIL) {
      return check;
    }
    return files.stream()
        .flatMap(file -> losses.missed(file).map(why -> file.path() + ": " + why + ".").stream())
        .findFirst()
        .map(detail -> Check.warn("others_stay", detail))
        .orElse(check);
  }

  private Check each(String id, Function<Taken, Optional<String>> doubt, String fine) {
    return files.stream()
        .flatMap(file -> doubt.apply(file).map(why -> file.path() + ": " + why + ".").stream())
        .findFirst()
        .map(detail -> Check.fail(id, detail))
        .orElseGet(() -> Check.pass(id, fine));
  }

  /// A word that neither the site nor the experiment had.
  private Optional<String> invented(Taken file) {
    var known =
        files.stream()
            .flatMap(one -> Stream.of(one.base(), one.written(), one.now()))
            .flatMap(Taken::words)
            .collect(Collectors.toSet());
    brief.segments().stream().flatMap(one -> Taken.words(one.instructions())).forEach(known::add);
    return Taken.less(Taken.lines(file.then()), Taken.lines(file.now())).stream()
        .flatMap(Taken::words)
        .filter(word -> !known.contains(word) && !COMMON.contains(word))
        .findFirst()
        .map(word -> "“" + word + "” comes from nowhere");
  }
}
