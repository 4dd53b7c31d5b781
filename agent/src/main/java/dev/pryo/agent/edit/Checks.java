package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeChecks;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.Paths;
import dev.pryo.agent.Secrets;
import dev.pryo.agent.SourceText;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Doubts what was written, from the written bytes.
final class Checks {
  static final Pattern ADDRESS =
      Pattern.compile("(?i)(?:https?:|wss?:)?//[\\w.-]+\\.?[\\w-]*(?::\\d+)?[^\\s\"'`<>)]*");
  static final List<String> DANGEROUS =
      List.of(
          "eval",
          "Function",
          "innerHTML",
          "outerHTML",
          "insertAdjacentHTML",
          "write",
          "writeln",
          "dangerouslySetInnerHTML",
          "setHTMLUnsafe",
          "createContextualFragment");

  private final Site site;
  private final Brief brief;
  private final Plan plan;
  private final Writer writer;
  private final ChangeSet changes;
  private final List<Tracked> tracked;

  Checks(
      Site site, Brief brief, Plan plan, Writer writer, ChangeSet changes, List<Tracked> tracked) {
    this.site = site;
    this.brief = brief;
    this.plan = plan;
    this.writer = writer;
    this.changes = changes;
    this.tracked = tracked;
  }

  List<Check> run() {
    return List.of(
        parses(),
        scope(),
        style(),
        tracking(),
        secrets(),
        network(),
        segmentsDiffer(),
        controlEqualsBase(),
        ChangeChecks.size(changes));
  }

  private Check parses() {
    return each("parses", this::broken, "Every written file parses.");
  }

  private Optional<String> broken(FileChange change) {
    var text = new SourceText(change.path(), false, change.text());
    return switch (Site.extension(change.path())) {
      case "js", "mjs" -> Scripts.fault(text, text.with(change.baseText()));
      case "css" ->
          change.text().replace("{", "").length() == change.text().replace("}", "").length()
              ? Optional.empty()
              : Optional.of("its braces do not match");
      default -> {
        var before = Page.parse(text.with(change.baseText())).errors();
        yield Page.parse(text).errors() > before
            ? Optional.of("it has parse errors that were not there")
            : Optional.empty();
      }
    };
  }

  private Check scope() {
    var planned = new LinkedHashSet<String>();
    plan.markedPages().forEach(page -> planned.add(page.path()));
    for (var edit : plan.strings()) {
      planned.add(edit.script().path());
      new Loaders(site)
          .of(edit.script().path())
          .forEach(loader -> planned.add(loader.page().path()));
    }
    var added = List.of(writer.homes().script(), writer.homes().styleSheet());
    return each(
        "scope",
        change -> {
          var expected = change.base() == null ? added : planned;
          return Paths.refuseWrite(change.path())
              .or(() ->
                  expected.contains(change.path())
                      ? Optional.empty()
                      : Optional.of("it was not planned"));
        },
        "Only the planned files change.");
  }

  private Check style() {
    var departures =
        changes.of(writer.homes().script()).stream()
            .map(change -> new SourceText(change.path(), false, change.text()))
            .flatMap(script -> writer.style().departs(script).stream())
            .toList();
    return departures.isEmpty()
        ? Check.pass("style", "What is added is written as the team writes.")
        : Check.warn(
            "style", "The added script departs from the team's " + departures.getFirst() + ".");
  }

  private Check tracking() {
    for (var goal : brief.goals()) {
      if (tracked.stream().noneMatch(one -> one.event().equals(goal.event()))) {
        return Check.fail("tracking", "Nothing sends the event “" + goal.event() + "”.");
      }
    }
    var asked =
        changes.changes().stream()
            .filter(change -> List.of("js", "mjs").contains(Site.extension(change.path())))
            .map(change -> Scripts.parse(new SourceText(change.path(), false, change.text())))
            .flatMap(script -> script.asked().stream())
            .filter(call -> call.name().equals(brief.key()))
            .count();
    var expected = (writer.addsStyleSheet() ? 1 : 0) + plan.strings().size();
    return asked == expected
        ? Check.pass(
            "tracking",
            "Every goal is sent, and the segment is asked for only where the difference is shown.")
        : Check.fail(
            "tracking",
            "The segment is asked for " + asked + " times instead of " + expected + ".");
  }

  private Check secrets() {
    return each(
        "secrets",
        change -> Secrets.find(change.text()).map(kind -> "it holds " + kind),
        "No file that changes holds a secret.");
  }

  private Check network() {
    var dangerous = changes.changes().stream().flatMap(this::danger).findFirst();
    if (dangerous.isPresent()) {
      return Check.fail("network", dangerous.get());
    }
    var links =
        steps()
            .filter(step ->
                step instanceof Step.Attribute(var name, var value)
                    && name.equals("href")
                    && value.matches("(?i)https?:.*"))
            .findFirst();
    return links.isPresent()
        ? Check.warn("network", "A segment links to another address: " + links.get() + ".")
        : Check.pass("network", "No address is added but that of Pryo's client.");
  }

  private Stream<Step> steps() {
    return plan.edits().stream()
        .flatMap(edit -> edit.steps().values().stream())
        .flatMap(List::stream);
  }

  private Stream<String> danger(FileChange change) {
    var before = counts(change.path(), change.baseText());
    var code =
        counts(change.path(), change.text()).entrySet().stream()
            .filter(one -> one.getValue() > before.getOrDefault(one.getKey(), 0))
            .map(one -> change.path() + " adds " + one.getKey() + ".");
    var lines = change.addedLines().stream().map(this::withoutCopy);
    var addresses =
        lines
            .flatMap(line -> ADDRESS.matcher(line).results().map(hit -> hit.group()))
            .filter(address -> !isClient(address) && !change.baseText().contains(address))
            .map(address -> change.path() + " adds the address " + address + ".");
    return Stream.concat(code, addresses);
  }

  private boolean isClient(String address) {
    return address.equals(brief.client().origin())
        || address.startsWith(brief.client().origin() + "/");
  }

  /// A line without the words that a segment shows, and without comments: those are no
  /// destinations.
  private String withoutCopy(String line) {
    var quote = writer.style().quote();
    var shown =
        Stream.concat(
            steps().flatMap(Checks::copy),
            plan.strings().stream().flatMap(edit -> edit.texts().values().stream()));
    var rest = line.strip().startsWith("//") || line.strip().startsWith("/*") ? "" : line;
    return shown
        .map(text -> Escapes.script(text, quote))
        .reduce(rest, (left, text) -> left.replace(text, ""));
  }

  private static Stream<String> copy(Step step) {
    return switch (step) {
      case Step.Text(var to) -> Stream.of(to);
      case Step.TextPart(var from, var to) -> Stream.of(from, to);
      case Step.Attribute(var name, var value) ->
          name.equals("src") ? Stream.empty() : Stream.of(value);
      default -> Stream.empty();
    };
  }

  private static HashMap<String, Integer> counts(String path, String text) {
    var counts = new HashMap<String, Integer>();
    if (List.of("js", "mjs").contains(Site.extension(path))) {
      Scripts.parse(new SourceText(path, false, text)).calls().stream()
          .map(Script.Mention::name)
          .filter(DANGEROUS::contains)
          .forEach(name -> counts.merge(name, 1, Integer::sum));
    }
    return counts;
  }

  private Check segmentsDiffer() {
    var seen = new HashMap<String, String>();
    for (var segment : brief.segments()) {
      var same = seen.put(Shown.to(segment.key(), plan), segment.name());
      if (same != null) {
        return Check.fail(
            "segments_differ", "“" + segment.name() + "” shows the same as “" + same + "”.");
      }
    }
    return Check.pass("segments_differ", "Every segment shows something else.");
  }

  private Check controlEqualsBase() {
    var control = new Control(brief, plan, writer);
    return each(
        "control_equals_base",
        change ->
            change.base() == null || control.of(change).equals(change.baseText())
                ? Optional.empty()
                : Optional.of("without Pryo's marks it is not what it was"),
        "Without Pryo's marks and tags every file is what it was, to the byte.");
  }

  private Check each(String id, Function<FileChange, Optional<String>> problem, String fine) {
    return ChangeChecks.each(changes, id, problem, fine);
  }
}
