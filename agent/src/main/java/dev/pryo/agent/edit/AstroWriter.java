package dev.pryo.agent.edit;

import dev.pryo.agent.words.Instruction.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes an experiment into an Astro component: marks on the elements, and a script that does for
/// each segment what its edits say.
final class AstroWriter {
  private final Component component;
  private final List<Edit> edits;
  private final Hand hand;
  private final String body;
  private final Map<Tag, String> marks = new LinkedHashMap<>();
  private final Splices splices = new Splices();

  AstroWriter(Component component, List<Edit> edits, Hand hand) {
    this.component = component;
    this.edits = edits;
    this.hand = hand;
    this.body = component.text().body();
  }

  Splices write() {
    name();
    marks.forEach(this::mark);
    var lines = new ArrayList<String>();
    var imported = new TreeSet<String>();
    for (var tag : marks.entrySet()) {
      show(tag.getKey(), tag.getValue(), lines, imported);
    }
    for (var edit : edits) {
      if (edit instanceof Edit.Sent sent) {
        var mark = marks.getOrDefault(sent.tag(), "");
        var event = sent.action() == Action.SUBMIT ? "submit" : "click";
        imported.add("track");
        lines.add("");
        lines.add(
            "track("
                + hand.text(mark)
                + ", "
                + hand.text(event)
                + ", "
                + hand.text(sent.event())
                + ")"
                + hand.style().end());
      }
    }
    script(lines, imported);
    return splices;
  }

  /// Every element that changes or is listened to has a mark of its own: the key, and a number
  /// where there are several.
  private void name() {
    var tags = new LinkedHashSet<Tag>();
    edits.stream()
        .filter(edit -> !(edit instanceof Edit.Mark mark && isIdle(mark)))
        .forEach(edit -> {
          tags.add(edit.tag());
          if (edit instanceof Edit.Moved moved) {
            tags.add(moved.anchor());
          }
        });
    edits.stream().filter(Edit.Mark.class::isInstance).forEach(edit -> tags.add(edit.tag()));
    var number = 0;
    for (var tag : tags.stream().sorted((a, b) -> a.from() - b.from()).toList()) {
      number++;
      marks.put(tag, hand.key() + (tags.size() == 1 ? "" : ":" + number));
    }
  }

  private boolean isIdle(Edit.Mark mark) {
    return edits.stream().noneMatch(other -> other != mark && other.tag() == mark.tag());
  }

  private void mark(Tag tag, String mark) {
    var around =
        edits.stream()
            .anyMatch(edit -> edit instanceof Edit.Mark one && one.around() && one.tag() == tag);
    var guard =
        edits.stream()
            .filter(edit ->
                edit instanceof Edit.Inside inside
                    && inside.tag() == tag
                    && !inside.guard().isEmpty())
            .map(edit -> ((Edit.Inside) edit).guard())
            .findFirst()
            .or(() -> sentFor(tag));
    var attribute =
        guard
            .map(test -> "data-pryo={" + test + " ? " + hand.text(mark) + " : undefined}")
            .orElse("data-pryo=" + Escapes.attribute(mark, '"'));
    var more = attribute + phrases(tag);
    if (!around) {
      splices.insert(tag.attributesEnd(), " " + more);
      return;
    }
    var newLine = component.text().lineEnding() + Standing.indent(body, tag.from());
    var step = hand.style().indent();
    splices.insert(tag.from(), "<div " + more + " style=\"display: contents\">" + newLine + step);
    Indents.in(splices, body, List.of(), tag.from(), tag.to(), step);
    splices.insert(tag.to(), newLine + "</div>");
  }

  /// The item that sends an event, where nothing else happens to the element.
  private Optional<String> sentFor(Tag tag) {
    var here = edits.stream().filter(edit -> edit.tag() == tag && !(edit instanceof Edit.Mark));
    var guards =
        here.map(edit -> edit instanceof Edit.Sent sent ? sent.guard() : "")
            .collect(Collectors.toSet());
    return guards.size() == 1
        ? guards.stream().filter(one -> !one.isEmpty()).findFirst()
        : Optional.empty();
  }

  /// Phrases of another name are asked for when the page is made, and lie ready in attributes.
  private String phrases(Tag tag) {
    var all = new StringBuilder();
    for (var edit : edits) {
      if (edit instanceof Edit.Inside inside
          && inside.tag() == tag
          && inside.guard().isEmpty()
          && isPhrase(inside)) {
        var hole = hole(inside);
        inside
            .texts()
            .forEach((segment, text) ->
                all.append(" data-pryo-")
                    .append(segment)
                    .append("={")
                    .append(body, hole.inFrom(), inside.from())
                    .append(hand.text(text))
                    .append(body, inside.to(), hole.inTo())
                    .append("}"));
      }
    }
    return all.toString();
  }

  private boolean isPhrase(Edit.Inside inside) {
    var hole = hole(inside);
    return hole.inFrom() < inside.from()
        && body.substring(hole.inFrom(), inside.from()).endsWith("(");
  }

  private Piece.Code hole(Edit.Inside inside) {
    return inside.tag().children().stream()
        .filter(one ->
            one instanceof Piece.Code && one.from() <= inside.from() && inside.to() <= one.to())
        .map(Piece.Code.class::cast)
        .findFirst()
        .orElse(new Piece.Code(inside.from(), inside.to(), inside.from(), inside.to()));
  }

  private void show(Tag tag, String mark, List<String> lines, TreeSet<String> imported) {
    var bySegment = new TreeMap<String, List<String>>();
    for (var edit : edits) {
      if (edit.tag() == tag) {
        steps(edit, bySegment, imported);
      }
    }
    if (bySegment.isEmpty()) {
      return;
    }
    imported.add("show");
    var step = hand.style().indent();
    lines.add("");
    lines.add("show(" + hand.text(hand.key()) + ", " + hand.text(mark) + ", {");
    var last = bySegment.lastKey();
    bySegment.forEach((segment, steps) -> {
      lines.add(step + segment + ": (element) => {");
      steps.forEach(one -> lines.add(step + step + one + hand.style().end()));
      lines.add(step + "}" + (segment.equals(last) ? hand.style().comma() : ","));
    });
    lines.add("})" + hand.style().end());
  }

  private void steps(Edit edit, Map<String, List<String>> all, TreeSet<String> imported) {
    switch (edit) {
      case Edit.Say say ->
          say.texts()
              .forEach((segment, text) ->
                  say(all, imported, segment, say.words().value(), hand.text(text)));
      case Edit.Give give ->
          give.values()
              .forEach((segment, value) -> {
                if (Astro.isText(give)) {
                  var control =
                      give.tag().attribute(give.name()).map(Tag.Attribute::value).orElse("");
                  say(all, imported, segment, control, hand.text(value));
                } else {
                  add(
                      all,
                      segment,
                      "element.setAttribute("
                          + hand.text(give.name())
                          + ", "
                          + hand.text(value)
                          + ")");
                }
              });
      case Edit.Dress dress ->
          dress
              .clothes()
              .forEach((segment, clothes) -> {
                clothes
                    .removed()
                    .forEach(one ->
                        add(all, segment, "element.classList.remove(" + hand.text(one) + ")"));
                clothes
                    .added()
                    .forEach(
                        one -> add(all, segment, "element.classList.add(" + hand.text(one) + ")"));
              });
      case Edit.Look look ->
          look.looks()
              .forEach((segment, declarations) ->
                  declarations.forEach(one ->
                      add(
                          all,
                          segment,
                          "element.style.setProperty("
                              + hand.text(one.property())
                              + ", "
                              + hand.text(one.value())
                              + ")")));
      case Edit.Inside inside ->
          inside
              .texts()
              .forEach((segment, text) -> {
                if (inside.guard().isEmpty() && isPhrase(inside)) {
                  var held =
                      "element.dataset.pryo"
                          + segment.substring(0, 1).toUpperCase(Locale.ROOT)
                          + segment.substring(1);
                  add(all, segment, "element.textContent = " + held + " ?? element.textContent");
                } else {
                  var control =
                      inside.guard().isEmpty()
                          ? ""
                          : inside.guard().replaceFirst("(?s).*=== [\"'](.*)[\"']$", "$1");
                  var plain =
                      body.substring(inside.from(), inside.to()).replaceAll("^[\"'`]|[\"'`]$", "");
                  say(all, imported, segment, control.isEmpty() ? plain : control, hand.text(text));
                }
              });
      case Edit.Gone gone ->
          gone.segments()
              .forEach(segment ->
                  add(
                      all,
                      segment,
                      "element.style.setProperty("
                          + hand.text("display")
                          + ", "
                          + hand.text("none")
                          + ")"));
      case Edit.Moved moved ->
          moved
              .segments()
              .forEach(segment -> {
                var quote = hand.style().innerQuote();
                var anchor =
                    "[data-pryo=" + quote + marks.getOrDefault(moved.anchor(), "") + quote + "]";
                add(
                    all,
                    segment,
                    "document.querySelector("
                        + hand.text(anchor)
                        + ")?."
                        + (moved.after() ? "after" : "before")
                        + "(element)");
              });
      case Edit.Mark _, Edit.Sent _ -> {}
    }
  }

  private void say(
      Map<String, List<String>> all,
      TreeSet<String> imported,
      String segment,
      String control,
      String text) {
    imported.add("say");
    add(all, segment, "say(element, " + hand.text(control) + ", " + text + ")");
  }

  private static void add(Map<String, List<String>> all, String segment, String step) {
    all.computeIfAbsent(segment, _ -> new ArrayList<>()).add(step);
  }

  /// The script goes behind the markup, before the component's own style.
  private void script(List<String> lines, TreeSet<String> imported) {
    var newLine = component.text().lineEnding();
    var step = hand.style().indent();
    var source = hand.client().from(component.path());
    var all = new ArrayList<String>();
    all.add("<script>");
    all.add(
        step
            + "import { "
            + String.join(", ", imported)
            + " } from "
            + hand.text(source)
            + hand.style().end());
    lines.forEach(line -> all.add(line.isEmpty() ? "" : step + line));
    all.add("</script>");
    var style =
        component.roots().getFirst().children().stream()
            .filter(one -> one instanceof Tag tag && tag.name().equals("style"))
            .findFirst();
    var text = String.join(newLine, all);
    if (style.isPresent()) {
      splices.insert(style.get().from(), text + newLine + newLine);
    } else {
      var end = body.stripTrailing().length();
      splices.insert(end, newLine + newLine + text);
    }
  }
}
