package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeChecks;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.Paths;
import dev.pryo.agent.Secrets;
import dev.pryo.agent.SourceText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Doubts what a model wrote, in code. What Pryo adds by itself is left out but for its size.
final class WrittenChecks {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)\\b(?:https?|wss?):\\\\?/\\\\?/[^\\s\"'`<>)]+|[\"'`(=]//[\\w-]+\\.[\\w.-]+"
              + "|\\b(?:https?|wss?):[\\\\/]*[a-z0-9-]+\\.[a-z]{2,}");
  private static final List<String> DANGEROUS =
      List.of(
          "eval\\s*\\(",
          "\\bFunction\\s*\\(",
          "\\bset(?:Timeout|Interval)\\s*\\(\\s*[\"'`]",
          "(?i)\\bjavascript:",
          "\\bsrcdoc\\b",
          "\\bimportScripts\\b",
          "\\binnerHTML\\b",
          "\\bouterHTML\\b",
          "insertAdjacentHTML",
          "document\\.write",
          "dangerouslySetInnerHTML",
          "setHTMLUnsafe",
          "createContextualFragment",
          "v-html",
          "\\{@html",
          "set:html",
          "\\[innerHTML\\]",
          "bypassSecurityTrust",
          "sendBeacon",
          "XMLHttpRequest",
          "\\bfetch\\s*\\(",
          "new\\s+(?:WebSocket|EventSource)\\b",
          "\\bimport\\s*\\(\\s*[^\"'`]",
          "createElement\\(\\s*[\"'`]script");
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}]{2,}");

  private final Brief brief;
  private final Plan plan;
  private final Runtime runtime;
  private final ChangeSet changes;
  private final ChangeSet all;
  private final Function<String, Optional<SourceText>> text;

  /// @param changes what the model wrote
  /// @param all that and what Pryo adds
  /// @param text any file as it would be
  WrittenChecks(
      Brief brief,
      Plan plan,
      Runtime runtime,
      ChangeSet changes,
      ChangeSet all,
      Function<String, Optional<SourceText>> text) {
    this.brief = brief;
    this.plan = plan;
    this.runtime = runtime;
    this.changes = changes;
    this.all = all;
    this.text = text;
  }

  List<Check> run() {
    return List.of(
        each(
            "parses",
            change -> Syntax.broken(change.path(), change.baseText(), change.text()),
            "Every written file parses."),
        each("scope", this::outside, "Only the planned files change."),
        style(),
        tracking(),
        each(
            "secrets",
            change -> Secrets.find(change.text()).map(kind -> "it holds " + kind),
            "No file that changes holds a secret."),
        each("network", this::danger, "No address and no way to run text as code is added."),
        segmentsDiffer(),
        controlEqualsBase(),
        ChangeChecks.size(all));
  }

  private Optional<String> outside(FileChange change) {
    return Paths.refuseWrite(change.path())
        .or(() ->
            plan.paths().contains(change.path())
                ? Optional.empty()
                : Optional.of("it was not planned"));
  }

  /// In a file that changes, what is added looks as the file does.
  private Check style() {
    var departures =
        changes.changes().stream()
            .filter(change -> change.base() != null)
            .flatMap(
                change -> House.departs(change).map(what -> change.path() + ": " + what).stream())
            .toList();
    return departures.isEmpty()
        ? Check.pass("style", "What is added is written as the files around it.")
        : Check.warn(
            "style", "Not written as the rest of the file: " + departures.getFirst() + ".");
  }

  private Check tracking() {
    var added = added();
    if (added.contains("$exposure")) {
      return Check.fail(
          "tracking", "The exposure is sent by hand; asking for the segment sends it.");
    }
    if (called(runtime.ask(), brief.key(), added).isEmpty()) {
      return Check.fail(
          "tracking",
          "Nothing asks for the segment of “"
              + brief.key()
              + "” with "
              + String.join(" or ", runtime.ask())
              + ".");
    }
    return brief.goals().stream()
        .filter(goal -> tracked(goal.event()).isEmpty())
        .findFirst()
        .map(goal ->
            Check.fail(
                "tracking",
                "Nothing sends the event “"
                    + goal.event()
                    + "” with "
                    + String.join(" or ", runtime.track())
                    + "."))
        .orElseGet(
            () -> Check.pass("tracking", "Every goal is sent, and the segment is asked for."));
  }

  private String added() {
    return changes.changes().stream()
        .flatMap(change -> change.addedLines().stream())
        .collect(Collectors.joining("\n"));
  }

  /// Where one of these is called with this text first; a framework may call it in an attribute.
  private static Optional<Integer> called(Set<String> names, String text, String code) {
    return names.stream()
        .flatMap(name ->
            Pattern.compile(
                    "\\b"
                        + Pattern.quote(name)
                        + "(?:<[^>]*>)?\\s*[(=]\\s*\\{?\\s*[\"'`]"
                        + Pattern.quote(text)
                        + "[\"'`]")
                .matcher(code)
                .results())
        .map(hit -> hit.start())
        .findFirst();
  }

  /// Where each goal is sent, in what was written or in the planned files as they are.
  List<Tracked> tracked() {
    return brief.goals().stream().flatMap(goal -> tracked(goal.event()).stream()).toList();
  }

  private Optional<Tracked> tracked(String event) {
    var where =
        plan.goals().stream()
            .filter(goal -> goal.event().equals(event))
            .findFirst()
            .map(Plan.Goal::where)
            .orElse("");
    return plan.paths().stream()
        .flatMap(path -> text.apply(path).stream())
        .flatMap(file ->
            called(runtime.track(), event, file.body()).stream()
                .map(at -> new Tracked(event, file.path(), file.line(at), where)))
        .findFirst();
  }

  private Optional<String> danger(FileChange change) {
    var added = String.join("\n", change.addedLines());
    var address =
        ADDRESS
            .matcher(added)
            .results()
            .map(hit -> hit.group())
            .filter(one -> !isClient(one) && !change.baseText().contains(one))
            .findFirst();
    if (address.isPresent()) {
      return Optional.of("it adds the address " + address.get());
    }
    return DANGEROUS.stream()
        .filter(form -> count(form, change.text()) > count(form, change.baseText()))
        .findFirst()
        .map(form -> "it adds " + found(form, added));
  }

  private boolean isClient(String address) {
    var origin = brief.client().origin();
    return address.equals(origin) || address.startsWith(origin + "/");
  }

  private static long count(String form, String code) {
    return Pattern.compile(form).matcher(code).results().count();
  }

  private static String found(String form, String code) {
    return Pattern.compile(form)
        .matcher(code)
        .results()
        .findFirst()
        .map(hit -> "“" + hit.group() + "”")
        .orElse("a way to run text as code");
  }

  /// Each segment has code of its own: with several every key is told apart, with one either its
  /// own key or the control's is.
  private Check segmentsDiffer() {
    var added = added();
    var missing =
        brief.tests().stream().map(Brief.Variant::key).filter(key -> !quoted(key, added)).toList();
    var either = missing.size() == 1 && quoted("control", added);
    var alike =
        plan.segments().stream()
            .collect(Collectors.groupingBy(one -> one.differs().strip().toLowerCase(Locale.ROOT)))
            .values()
            .stream()
            .filter(same -> same.size() > 1)
            .findFirst();
    if (alike.isPresent()) {
      return Check.fail(
          "segments_differ",
          "The plan says the same of "
              + alike.get().stream().map(Plan.Segment::key).collect(Collectors.joining(" and "))
              + ".");
    }
    return missing.isEmpty() || either
        ? Check.pass("segments_differ", "Every segment has code of its own.")
        : Check.fail(
            "segments_differ", "No added code tells the segment " + missing.getFirst() + " apart.");
  }

  private static boolean quoted(String key, String code) {
    return Pattern.compile("[\"'`.-]" + key + "\\b|\\b" + key + "\\s*[:=]").matcher(code).find();
  }

  /// The words of lines that went away still stand somewhere in what was written: the control shows
  /// them.
  private Check controlEqualsBase() {
    var now = changes.changes().stream().map(FileChange::text).collect(Collectors.joining("\n"));
    var kept = words(now).collect(Collectors.toSet());
    return each(
        "control_equals_base",
        change ->
            words(change.baseText())
                .filter(word -> !kept.contains(word))
                .findFirst()
                .map(word -> "“" + word + "”, which was there, is gone"),
        "All that was there is still there for the control.");
  }

  private static Stream<String> words(String text) {
    return WORD.matcher(text).results().map(hit -> hit.group());
  }

  private Check each(String id, Function<FileChange, Optional<String>> problem, String fine) {
    return ChangeChecks.each(changes, id, problem, fine);
  }
}
