package dev.pryo.agent.edit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes where elements of React are, and in which segments: those that are gone or stand
/// elsewhere, and the marks by which they wait.
final class ReactPresence {
  private final Component component;
  private final List<Edit> edits;
  private final Hand hand;
  private final String body;
  private final Code code;
  private final ReactExpressions expressions;
  private final Splices splices;

  ReactPresence(
      Component component,
      List<Edit> edits,
      Hand hand,
      ReactExpressions expressions,
      Splices splices) {
    this.component = component;
    this.edits = edits;
    this.hand = hand;
    this.body = component.text().body();
    this.code = component.code();
    this.expressions = expressions;
    this.splices = splices;
  }

  void mark(Splices out, Edit.Mark mark) {
    if (!mark.around()) {
      expressions.insert(out, mark.tag(), mark());
      return;
    }
    var around = around(mark.tag());
    out.insert(mark.tag().from(), around.getFirst());
    Indents.in(out, body, code.kept(), mark.tag().from(), mark.tag().to(), hand.style().indent());
    out.insert(mark.tag().to(), around.getLast());
  }

  private String mark() {
    return "data-pryo=" + Escapes.attribute(hand.key(), hand.style().jsxQuote());
  }

  /// An element that has no box of its own, for what hands no mark on.
  private List<String> around(Tag tag) {
    var newLine = component.text().lineEnding() + Standing.indent(body, tag.from());
    return List.of(
        "<div "
            + mark()
            + " style={{ display: "
            + hand.text("contents")
            + " }}>"
            + newLine
            + hand.style().indent(),
        newLine + "</div>");
  }

  /// Whether an element that is there under a condition has its mark around it.
  private boolean isMarkedAround(Tag tag) {
    return edits.stream()
        .anyMatch(edit -> edit instanceof Edit.Mark mark && mark.around() && mark.tag() == tag);
  }

  /// An element that is there under a condition.
  void condition(Tag tag, String condition) {
    var around = isMarkedAround(tag) ? around(tag) : List.of("", "");
    var step = isMarkedAround(tag) ? hand.style().indent() : "";
    var source = body.substring(tag.from(), tag.to());
    var copy = marked(tag);
    if (!source.contains("\n") && copy.contains("\n") && isOnlyMarked(tag)) {
      var newLine = component.text().lineEnding() + Standing.indent(body, tag.from()) + step;
      var inside = Indents.moved(copy, step + hand.style().indent());
      splices.replace(
          tag.from(),
          tag.to(),
          around.getFirst()
              + "{"
              + condition
              + " && ("
              + newLine
              + hand.style().indent()
              + inside
              + newLine
              + ")}"
              + around.getLast());
      return;
    }
    if (!source.contains("\n")) {
      splices.insert(tag.from(), around.getFirst() + "{" + condition + " && ");
      marks(splices, tag);
      splices.insert(tag.to(), "}" + around.getLast());
      return;
    }
    var newLine = component.text().lineEnding() + Standing.indent(body, tag.from()) + step;
    splices.insert(
        tag.from(),
        around.getFirst() + "{" + condition + " && (" + newLine + hand.style().indent());
    marks(splices, tag);
    Indents.in(splices, body, code.kept(), tag.from(), tag.to(), step + hand.style().indent());
    splices.insert(tag.to(), newLine + ")}" + around.getLast());
  }

  private boolean isOnlyMarked(Tag tag) {
    return edits.stream()
        .noneMatch(edit ->
            ReactWriter.isInside(edit.tag(), tag)
                && !ReactWriter.isAround(edit)
                && !(edit instanceof Edit.Mark));
  }

  private void marks(Splices out, Tag tag) {
    edits.stream()
        .filter(edit -> edit instanceof Edit.Mark mark && mark.tag() == tag && !mark.around())
        .forEach(edit -> mark(out, (Edit.Mark) edit));
  }

  /// The element stands elsewhere in some segments, where the segment has a name.
  void moved(Edit.Moved moved, String read) {
    var copy = marked(moved.tag());
    var step = hand.style().indent();
    var newLine = component.text().lineEnding() + Standing.indent(body, moved.anchor().from());
    var deeper = isMarkedAround(moved.tag()) ? step : "";
    var shown =
        copy.contains("\n")
            ? "("
                + newLine
                + deeper
                + step
                + Indents.moved(copy, deeper + step)
                + newLine
                + deeper
                + ")"
            : copy;
    beside(moved, "{" + hand.is(read, moved.segments(), true) + " && " + shown + "}");
    condition(moved.tag(), hand.isNot(read, moved.segments()));
  }

  /// Puts what moves beside the element that it moves to.
  private void beside(Edit.Moved moved, String piece) {
    var newLine = component.text().lineEnding() + Standing.indent(body, moved.anchor().from());
    var around = isMarkedAround(moved.tag()) ? around(moved.anchor()) : List.of("", "");
    var whole = around.getFirst() + piece + around.getLast();
    if (moved.after()) {
      splices.insert(moved.anchor().to(), newLine + whole);
    } else {
      splices.insert(moved.anchor().from(), whole + newLine);
    }
  }

  /// The same where no hook can be called.
  void movedStanding(Edit.Moved moved) {
    var deeper = isMarkedAround(moved.tag()) ? hand.style().indent() : "";
    beside(
        moved,
        new Standing(component, hand)
            .copies(
                moved.anchor(),
                deeper,
                "",
                Hand.mapped(keys(moved.segments()), _ -> marked(moved.tag()))));
    gone(moved.tag(), moved.segments());
  }

  /// The element is not there in these segments.
  void gone(Tag tag, Set<String> segments) {
    var around = isMarkedAround(tag) ? around(tag) : List.of("", "");
    var deeper = isMarkedAround(tag) ? hand.style().indent() : "";
    splices.replace(
        tag.from(),
        tag.to(),
        around.getFirst()
            + new Standing(component, hand)
                .copies(tag, deeper, marked(tag), Hand.mapped(keys(segments), _ -> "null"))
            + around.getLast());
  }

  /// An element with its mark.
  private String marked(Tag tag) {
    var part = new Splices();
    marks(part, tag);
    expressions.layout(part).write();
    return part.apply(body, tag.from(), tag.to());
  }

  static Map<String, String> keys(Set<String> segments) {
    return segments.stream().collect(Collectors.toMap(one -> one, one -> one));
  }
}
