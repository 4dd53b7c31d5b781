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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Doubts what was written into components, from the written bytes.
final class ComponentChecks {
  private final Site site;
  private final Brief brief;
  private final ComponentPlan plan;
  private final ComponentWriter writer;
  private final ChangeSet changes;
  private final List<Tracked> tracked;

  ComponentChecks(
      Site site,
      Brief brief,
      ComponentPlan plan,
      ComponentWriter writer,
      ChangeSet changes,
      List<Tracked> tracked) {
    this.site = site;
    this.brief = brief;
    this.plan = plan;
    this.writer = writer;
    this.changes = changes;
    this.tracked = tracked;
  }

  List<Check> run() {
    return List.of(
        ChangeChecks.each(changes, "parses", this::broken, "Every written file parses."),
        ChangeChecks.each(changes, "scope", this::unplanned, "Only the planned files change."),
        style(),
        tracking(),
        ChangeChecks.each(
            changes,
            "secrets",
            change -> Secrets.find(change.text()).map(kind -> "it holds " + kind),
            "No file that changes holds a secret."),
        ChangeChecks.each(
            changes,
            "network",
            this::danger,
            "No address is added but that of Pryo in its client file."),
        segmentsDiffer(),
        ChangeChecks.each(
            changes,
            "control_equals_base",
            this::control,
            "What the control shows is still there as it was, and every other line is what it was,"
                + " to the byte."),
        ChangeChecks.size(changes));
  }

  /// The written file, read again.
  private Optional<Component> read(FileChange change) {
    return read(change.path(), change.text());
  }

  private Optional<Component> read(String path, String text) {
    return site.dialect(path)
        .filter(_ -> !LanguageFile.isOne(path))
        .map(dialect -> dialect.read(new SourceText(path, false, text)));
  }

  private Optional<String> broken(FileChange change) {
    if (LanguageFile.isOne(change.path())) {
      var before = LanguageFile.read(new SourceText(change.path(), false, change.baseText()));
      var after = LanguageFile.read(new SourceText(change.path(), false, change.text()));
      return before.isPresent()
              && after.isPresent()
              && after.get().entries().size() > before.get().entries().size()
          ? Optional.empty()
          : Optional.of("it does not parse");
    }
    if (change.path().matches(".*\\.(?:css|scss|less)")) {
      return change.text().replace("{", "").length() == change.text().replace("}", "").length()
          ? Optional.empty()
          : Optional.of("its braces do not match");
    }
    var before = read(change.path(), change.baseText()).map(component -> script(component));
    return read(change)
        .flatMap(component ->
            Scripts.fault(script(component), before.orElseThrow())
                .or(() -> shape(change, component)));
  }

  private static SourceText script(Component component) {
    return component.code().script().text();
  }

  /// Markup has the elements that were planned, and no fewer than before.
  private Optional<String> shape(FileChange change, Component component) {
    var marked = component.elements().stream().filter(one -> one.hasAttr("data-pryo")).findFirst();
    var wanted =
        plan.edits().stream()
            .anyMatch(
                edit -> edit instanceof Edit.Mark && edit.component().path().equals(change.path()));
    return wanted && marked.isEmpty()
        ? Optional.of("the element that changes is not found in it")
        : Optional.empty();
  }

  private Optional<String> unplanned(FileChange change) {
    var planned = new LinkedHashSet<>(plan.byPath().keySet());
    plan.edits()
        .forEach(edit ->
            edit.component().dialect().codeOf(edit.component().path()).ifPresent(planned::add));
    writer.client().styleSheet().ifPresent(sheet -> planned.add(sheet.path()));
    plan.phrases()
        .forEach(phrase ->
            site.languages().stream()
                .filter(file -> file.pattern().equals(phrase.file().pattern()))
                .forEach(file -> planned.add(file.path())));
    var expected = change.base() == null ? writer.added() : planned;
    return Paths.refuseWrite(change.path())
        .or(() ->
            expected.contains(change.path())
                ? Optional.empty()
                : Optional.of("it was not planned"));
  }

  private Check style() {
    var departures = new ArrayList<String>();
    var team = writer.style();
    for (var change : changes.changes()) {
      var now = new SourceText(change.path(), false, change.text());
      if (change.base() == null) {
        team.departs(now).ifPresent(what -> departures.add(what + " in " + change.path()));
      } else if (team.departures(now) > team.departures(now.with(change.baseText()))) {
        departures.add("quotes, semicolons or commas in " + change.path());
      }
    }
    return departures.isEmpty()
        ? Check.pass("style", "What is added is written as the team writes.")
        : Check.warn(
            "style", "What is added departs from the team's " + departures.getFirst() + ".");
  }

  private Check tracking() {
    for (var goal : brief.goals()) {
      if (tracked.stream().noneMatch(one -> one.event().equals(goal.event()))) {
        return Check.fail("tracking", "Nothing sends the event “" + goal.event() + "”.");
      }
    }
    var asking =
        changes.changes().stream()
            .filter(change -> writer.splices().containsKey(change.path()))
            .anyMatch(change ->
                change.addedLines().stream().anyMatch(line -> line.contains(brief.key())));
    return asking
        ? Check.pass(
            "tracking",
            "Every goal is sent, and the segment is asked for only where the difference is shown.")
        : Check.fail("tracking", "Nothing asks for the segment.");
  }

  /// The client file has to be what its source makes; every other line may add neither an address
  /// nor a way to run text as code.
  private Optional<String> danger(FileChange change) {
    if (change.path().equals(writer.client().path())) {
      return change.text().equals(writer.clientText())
          ? Optional.empty()
          : Optional.of("it is not what its source makes");
    }
    var added = String.join("\n", change.addedLines());
    var shown = shown();
    var bare = shown.stream().reduce(added, (left, text) -> left.replace(text, ""));
    var address =
        Checks.ADDRESS
            .matcher(bare)
            .results()
            .map(hit -> hit.group())
            .filter(one -> !change.baseText().contains(one))
            .findFirst();
    if (address.isPresent()) {
      return Optional.of("it adds the address " + address.get());
    }
    return Checks.DANGEROUS.stream()
        .filter(name ->
            bare.matches("(?s).*\\b" + name + "\\b\\s*[(=].*") && !change.baseText().contains(name))
        .findFirst()
        .map(name -> "it adds " + name);
  }

  private List<String> shown() {
    return plan.edits().stream()
        .flatMap(edit ->
            switch (edit) {
              case Edit.Say say -> say.texts().values().stream();
              case Edit.Give give ->
                  give.name().equals("src")
                      ? Stream.<String>empty()
                      : give.values().values().stream();
              case Edit.Inside inside -> inside.texts().values().stream();
              default -> Stream.<String>empty();
            })
        .toList();
  }

  private Check segmentsDiffer() {
    var seen = new HashMap<String, String>();
    for (var segment : brief.segments()) {
      var same = seen.put(shown(segment.key()), segment.name());
      if (same != null) {
        return Check.fail(
            "segments_differ", "“" + segment.name() + "” shows the same as “" + same + "”.");
      }
    }
    return Check.pass("segments_differ", "Every segment shows something else.");
  }

  /// What a segment shows at every place that changes.
  private String shown(String segment) {
    var all = new ArrayList<String>();
    for (var edit : plan.edits()) {
      all.add(
          switch (edit) {
            case Edit.Say say -> say.texts().getOrDefault(segment, say.words().value());
            case Edit.Give give ->
                value(
                    give.values(),
                    segment,
                    give.tag()
                        .attribute(give.name(), React.attribute(give.name()))
                        .map(Tag.Attribute::value)
                        .orElse("\u0000"));
            case Edit.Dress dress -> {
              var written =
                  dress.tag().attribute("className", "class").map(Tag.Attribute::value).orElse("");
              var clothes = dress.clothes().get(segment);
              yield new TreeSet<>(List.of(Classes.changed(written, clothes).split(" "))).toString()
                  + (clothes == null ? "" : clothes.added());
            }
            case Edit.Look look -> String.valueOf(look.looks().get(segment));
            case Edit.Inside inside ->
                value(
                    inside.texts(),
                    segment,
                    inside
                        .component()
                        .text()
                        .body()
                        .substring(inside.from(), inside.to())
                        .replaceAll("^[\"'`]|[\"'`]$", ""));
            case Edit.Gone gone -> String.valueOf(gone.segments().contains(segment));
            case Edit.Moved moved -> String.valueOf(moved.segments().contains(segment));
            case Edit.Mark _, Edit.Sent _ -> "";
          });
    }
    plan.phrases()
        .forEach(phrase -> all.add(value(phrase.texts(), segment, phrase.entry().value())));
    return String.join("\u0000", all);
  }

  private static String value(Map<String, String> values, String segment, String control) {
    return values.getOrDefault(segment, control);
  }

  private Optional<String> control(FileChange change) {
    var splices = writer.splices().get(change.path());
    if (splices == null) {
      return change.deletions() > (change.baseText().endsWith("\n") ? 1 : 2)
          ? Optional.of("lines that were there are gone")
          : Optional.empty();
    }
    if (!splices
        .undo(change.baseText(), change.text())
        .filter(change.baseText()::equals)
        .isPresent()) {
      return Optional.of("without what was added it is not what it was");
    }
    return splices.keeps(change.baseText())
        ? Optional.empty()
        : Optional.of("what the control shows is not there as it was");
  }
}
