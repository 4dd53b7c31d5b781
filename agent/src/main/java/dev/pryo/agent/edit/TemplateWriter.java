package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Tag.Attribute;
import dev.pryo.agent.edit.Tag.Kind;
import dev.pryo.agent.words.Instruction.Action;
import dev.pryo.agent.words.Instruction.Declaration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes edits into markup that is HTML with expressions. What differs between frameworks is how
/// an expression stands in a text or an attribute, how an element is there under a condition, and
/// how the script names the segment.
abstract class TemplateWriter {
  /// What a script takes from the team's own hooks, right at its beginning.
  private static final Pattern HOOKS =
      Pattern.compile("(?:\\s*(?:const|let) [^=\\n]+= use[A-Z]\\w*\\([^\\n]*\\);?(?=\\r?\\n))+");

  final Component component;
  final List<Edit> edits;
  final Hand hand;
  final String body;
  final String name;
  final Set<String> imported = new TreeSet<>();
  final Splices splices = new Splices();
  private final Opened opened;

  /// @param taken the names that the component's code has already
  TemplateWriter(Component component, List<Edit> edits, Hand hand, Set<String> taken) {
    this.component = component;
    this.edits = edits;
    this.hand = hand;
    this.body = component.text().body();
    this.name = hand.name(taken);
    this.opened = new Opened(component, hand, splices, false);
  }

  /// How an expression of the markup reads the segment.
  abstract String read();

  /// An expression in a text.
  abstract String hole(String expression);

  /// The same over lines, where one line would be too long.
  List<String> holeLines(String expression) {
    return List.of(hole(expression));
  }

  /// An attribute whose value is an expression; `tag` is what has it.
  abstract String bound(Tag tag, String name, String expression);

  /// The quote around expressions in attributes, or a space where braces are around them.
  abstract char quote();

  /// The value of an attribute that is not there.
  abstract String absent();

  /// A handler for an event; `taken` is the team's own.
  abstract void sent(Edit.Sent sent);

  /// What goes before and behind an element that is there under a condition.
  abstract void condition(Tag tag, String condition, String copy, int at, boolean after);

  /// The script names the segment and imports what is used.
  abstract void script(boolean segment);

  final Splices write() {
    for (var edit : edits.stream().sorted(Comparator.comparingInt(TemplateWriter::rank)).toList()) {
      write(edit);
    }
    opened.write();
    var asks =
        edits.stream().anyMatch(edit -> !(edit instanceof Edit.Mark || edit instanceof Edit.Sent));
    if (asks) {
      imported.add("useVariant");
    }
    if (!imported.isEmpty()) {
      script(asks);
    }
    return splices;
  }

  private static int rank(Edit edit) {
    return edit instanceof Edit.Moved moved ? moved.after() ? 2 : 0 : 1;
  }

  private void write(Edit edit) {
    switch (edit) {
      case Edit.Say say -> {
        var choice =
            hand.choice(read(), hand.texts(say.texts()), hand.text(say.words().value()), "");
        opened.say(say.tag(), say.words(), hole(choice), holeLines(choice));
      }
      case Edit.Give give -> give(give);
      case Edit.Dress dress -> dress(dress);
      case Edit.Look look ->
          insert(
              look.tag(),
              bound(
                  look.tag(), "style", inner().choice(read(), mapped(look.looks()), absent(), "")));
      case Edit.Inside inside -> inside(inside);
      case Edit.Gone gone ->
          condition(
              gone.tag(), inner().isNot(read(), gone.segments()), "", gone.tag().from(), false);
      case Edit.Moved moved -> {
        condition(
            moved.tag(),
            inner().is(read(), moved.segments(), false),
            body.substring(moved.tag().from(), moved.tag().to()),
            moved.after() ? moved.anchor().to() : moved.anchor().from(),
            moved.after());
        condition(
            moved.tag(), inner().isNot(read(), moved.segments()), "", moved.tag().from(), false);
      }
      case Edit.Mark mark -> mark(mark);
      case Edit.Sent sent -> {
        imported.add("trackEvent");
        sent(sent);
      }
    }
  }

  /// The hand for expressions inside attributes.
  final Hand inner() {
    return quote() == ' ' ? hand : hand.within(quote());
  }

  private Map<String, String> mapped(Map<String, List<Declaration>> looks) {
    var all = new TreeMap<String, String>();
    looks.forEach((segment, declarations) ->
        all.put(
            segment,
            inner()
                .text(
                    declarations.stream()
                        .map(one -> one.property() + ": " + one.value())
                        .collect(Collectors.joining("; ")))));
    return all;
  }

  private void give(Edit.Give give) {
    var there =
        give.tag()
            .attribute(
                give.name(),
                ":" + give.name(),
                "[" + give.name() + "]",
                "[attr." + give.name() + "]");
    var control =
        there
            .map(one ->
                one.kind() == Kind.LITERAL
                    ? inner().text(one.value())
                    : one.kind() == Kind.BARE ? "true" : "(" + one.value() + ")")
            .orElse(absent());
    put(
        give.tag(),
        give.name(),
        there,
        inner().choice(read(), inner().texts(give.values()), control, ""));
  }

  void dress(Edit.Dress dress) {
    var there = dress.tag().attribute("class");
    var written = there.filter(one -> one.kind() == Kind.LITERAL).map(Attribute::value).orElse("");
    var sources = new TreeMap<String, String>();
    dress
        .clothes()
        .forEach((segment, clothes) ->
            sources.put(segment, inner().text(Classes.changed(written, clothes))));
    put(dress.tag(), "class", there, inner().choice(read(), sources, inner().text(written), ""));
  }

  final void put(Tag tag, String attribute, Optional<Attribute> there, String expression) {
    var source = bound(tag, attribute, expression);
    if (there.isPresent()) {
      opened.replace(tag, there.get(), source);
    } else {
      insert(tag, source);
    }
  }

  private void inside(Edit.Inside inside) {
    var around =
        inside.tag().attributes().stream()
            .filter(one -> one.from() <= inside.from() && inside.to() <= one.to())
            .findFirst();
    var own = around.isPresent() ? inner() : hand;
    var control = body.substring(inside.from(), inside.to());
    var choice =
        own.choice(read(), own.texts(inside.texts()), control, requoted(inside.guard(), own));
    var whole = isWhole(inside.from(), inside.to());
    var hole =
        inside.tag().children().stream()
            .filter(one ->
                one instanceof Piece.Code && one.from() <= inside.from() && inside.to() <= one.to())
            .map(Piece.Code.class::cast)
            .findFirst();
    if (hole.isPresent()) {
      var expression =
          body.substring(hole.get().inFrom(), inside.from())
              + (whole || hole.get().inFrom() == inside.from() && hole.get().inTo() == inside.to()
                  ? choice
                  : "(" + choice + ")")
              + body.substring(inside.to(), hole.get().inTo());
      opened.say(inside.tag(), hole.get(), hole(expression), holeLines(expression));
      return;
    }
    var escaped = around.isPresent() && quote() != ' ' ? choice.replace("\"", "&quot;") : choice;
    splices.replace(inside.from(), inside.to(), whole ? escaped : "(" + escaped + ")");
  }

  /// A guard is written with the team's quotes, which an attribute may not take.
  static String requoted(String guard, Hand own) {
    var quote = own.style().quote();
    return guard.replace(quote == '"' ? '\'' : '"', quote);
  }

  private boolean isWhole(int from, int to) {
    var before = body.substring(0, from).stripTrailing();
    var after = body.substring(to).stripLeading();
    return before.matches("(?s).*[({=\"'\\[,]") && after.matches("(?s)[)}\"'\\],].*");
  }

  final void insert(Tag tag, String attribute) {
    opened.add(tag, attribute);
  }

  /// Whether an element is written under a condition, which then sees to its mark.
  private boolean isConditional(Tag tag) {
    return edits.stream()
        .anyMatch(
            edit -> (edit instanceof Edit.Moved || edit instanceof Edit.Gone) && edit.tag() == tag);
  }

  /// An element between the two ends of a block; a copy of it where there is one, else itself.
  final void block(String open, String close, Tag tag, String copy, int at, boolean after) {
    var step = hand.style().indent();
    if (!copy.isEmpty()) {
      var newLine = component.text().lineEnding() + Standing.indent(body, at);
      var inside = Indents.moved(marked(tag, copy, newLine), step);
      var shown = open + newLine + step + inside + newLine + close;
      splices.insert(at, after ? newLine + shown : shown + newLine);
      return;
    }
    var around = isMarkedAround(tag);
    var newLine = component.text().lineEnding() + Standing.indent(body, tag.from());
    var attribute = "data-pryo=" + Escapes.attribute(hand.key(), '"');
    var deeper = around ? step + step : step;
    splices.insert(
        tag.from(),
        open
            + newLine
            + step
            + (around
                ? "<div " + attribute + " style=\"display: contents\">" + newLine + deeper
                : ""));
    if (isMarked(tag) && !around) {
      insert(tag, attribute);
    }
    Indents.in(splices, body, List.of(), tag.from(), tag.to(), deeper);
    splices.insert(tag.to(), (around ? newLine + step + "</div>" : "") + newLine + close);
  }

  /// The element with its mark, as it stands under a condition; `copy` is its source.
  final String marked(Tag tag, String copy, String newLine) {
    if (!isMarked(tag)) {
      return copy;
    }
    var attribute = "data-pryo=" + Escapes.attribute(hand.key(), '"');
    var step = hand.style().indent();
    if (isMarkedAround(tag)) {
      return "<div "
          + attribute
          + " style=\"display: contents\">"
          + newLine
          + step
          + Indents.moved(copy, step)
          + newLine
          + "</div>";
    }
    var more = copy.length() - (tag.to() - tag.from());
    var at = tag.attributesEnd() - tag.from() + more;
    return copy.substring(0, at) + " " + attribute + copy.substring(at);
  }

  /// Whether the mark is on the element or around it, and not inside its component.
  final boolean isMarked(Tag tag) {
    return edits.stream().anyMatch(edit -> edit instanceof Edit.Mark && edit.tag() == tag);
  }

  final boolean isMarkedAround(Tag tag) {
    return edits.stream()
        .anyMatch(edit -> edit instanceof Edit.Mark mark && mark.around() && mark.tag() == tag);
  }

  private void mark(Edit.Mark mark) {
    if (isConditional(mark.tag())) {
      return;
    }
    var attribute = "data-pryo=" + Escapes.attribute(hand.key(), '"');
    if (!mark.around()) {
      insert(mark.tag(), attribute);
      return;
    }
    var newLine = component.text().lineEnding() + Standing.indent(body, mark.tag().from());
    splices.insert(
        mark.tag().from(),
        "<div " + attribute + " style=\"display: contents\">" + newLine + hand.style().indent());
    Indents.in(splices, body, List.of(), mark.tag().from(), mark.tag().to(), hand.style().indent());
    splices.insert(mark.tag().to(), newLine + "</div>");
  }

  static String event(Edit.Sent sent) {
    return sent.action() == Action.SUBMIT ? "submit" : "click";
  }

  /// What the markup calls to send an event.
  String sender() {
    return "trackEvent";
  }

  final String call(Edit.Sent sent, Hand own) {
    var call = sender() + "(" + own.text(sent.event()) + ")";
    return sent.guard().isEmpty() ? call : requoted(sent.guard(), own) + " && " + call;
  }

  /// The white space that lines of a script begin with.
  final String scriptIndent() {
    return Standing.indent(body, component.code().start());
  }

  /// Import and segment, into a script that is there.
  final void into(String segment) {
    var code = component.code();
    var newLine = component.text().lineEnding();
    Imports.add(splices, component.text(), code, hand, imported);
    if (segment.isEmpty()) {
      return;
    }
    var indent = scriptIndent();
    var from = code.imports().isEmpty() ? code.start() : code.imports().getLast().to();
    var hooks = HOOKS.matcher(body).region(from, body.length());
    if (hooks.lookingAt()) {
      splices.insert(hooks.end(), newLine + indent + segment);
    } else if (code.imports().isEmpty()) {
      splices.insert(code.start(), segment + newLine + newLine + indent);
    } else {
      splices.insert(from, newLine + newLine + indent + segment);
    }
  }
}
