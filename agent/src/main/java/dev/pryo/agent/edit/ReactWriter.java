package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Code.Function;
import dev.pryo.agent.words.Instruction.Action;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Writes edits into a component of React. Where its function can call a hook, the segment is a
/// value of it and expressions ask for it; elsewhere, as in a component that is rendered on a
/// server alone, `Variant` takes what each segment shows.
final class ReactWriter {
  private final Component component;
  private final List<Edit> edits;
  private final Hand hand;
  private final String body;
  private final Code code;
  private final String read;
  private final boolean server;
  private final Set<Function> hooked = new LinkedHashSet<>();
  private final Set<String> imported = new TreeSet<>();
  private final Splices splices = new Splices();
  private final ReactExpressions expressions;
  private final ReactPresence presence;

  ReactWriter(Component component, List<Edit> edits, Hand hand) {
    this.component = component;
    this.edits = edits;
    this.hand = hand;
    this.body = component.text().body();
    this.code = component.code();
    this.read = hand.name(code.names());
    this.expressions = new ReactExpressions(component, hand, read);
    this.presence = new ReactPresence(component, edits, hand, expressions, splices);
    this.server = React.isServer(component, hand.serverComponents());
  }

  Splices write() {
    var wrapped = wrappedTags();
    for (var tag : wrapped) {
      wrap(tag);
    }
    for (var edit : edits.stream().sorted(Comparator.comparingInt(ReactWriter::rank)).toList()) {
      if (wrapped.stream().noneMatch(tag -> isInside(edit.tag(), tag) && !(isAround(edit)))) {
        write(edit);
      }
    }
    expressions.layout(splices).write();
    for (var function : hooked) {
      hook(function);
    }
    if (!imported.isEmpty()) {
      Imports.add(splices, component.text(), code, hand, imported);
    }
    return splices;
  }

  /// What is put before an element is written before what is put around it, and what is put behind
  /// it afterwards.
  private static int rank(Edit edit) {
    return edit instanceof Edit.Moved moved ? moved.after() ? 2 : 0 : 1;
  }

  /// What is about an element among others stays outside of the copies that are made of it.
  static boolean isAround(Edit edit) {
    return edit instanceof Edit.Moved || edit instanceof Edit.Gone;
  }

  private Optional<Function> function(Tag tag) {
    return server ? Optional.empty() : code.component(tag.from());
  }

  /// The outermost elements of which every segment gets a whole copy, because an attribute cannot
  /// ask for the segment there.
  private List<Tag> wrappedTags() {
    var all = new LinkedHashSet<Tag>();
    for (var edit : edits) {
      var attribute =
          edit instanceof Edit.Give
              || edit instanceof Edit.Dress
              || edit instanceof Edit.Look
              || (edit instanceof Edit.Inside inside && ReactExpressions.hole(inside).isEmpty());
      if (attribute && function(edit.tag()).isEmpty()) {
        all.add(edit.tag());
      }
    }
    return all.stream()
        .filter(tag -> all.stream().noneMatch(other -> other != tag && isInside(tag, other)))
        .toList();
  }

  static boolean isInside(Tag tag, Tag outer) {
    for (var one = Optional.of(tag); one.isPresent(); one = one.get().parent()) {
      if (one.get() == outer) {
        return true;
      }
    }
    return false;
  }

  private void write(Edit edit) {
    var function = function(edit.tag());
    switch (edit) {
      case Edit.Mark mark -> {
        if (edits.stream().noneMatch(other -> isAround(other) && other.tag() == mark.tag())) {
          presence.mark(splices, mark);
        }
      }
      case Edit.Sent sent -> sent(sent);
      default -> {
        function.ifPresent(this::use);
        if (function.isPresent()) {
          here(edit);
        } else {
          standing(edit);
        }
      }
    }
  }

  /// Where the segment has a name.
  private void here(Edit edit) {
    switch (edit) {
      case Edit.Gone gone -> presence.condition(gone.tag(), hand.isNot(read, gone.segments()));
      case Edit.Moved moved -> presence.moved(moved, read);
      default -> expressions.write(splices, edit, null);
    }
  }

  private void use(Function function) {
    hooked.add(function);
    imported.add("useVariant");
  }

  /// Where no hook can be called.
  private void standing(Edit edit) {
    imported.add("Variant");
    var at = new Standing(component, hand);
    switch (edit) {
      case Edit.Say say -> {
        var control = at.property(say.words().value());
        var variants = Hand.mapped(say.texts(), at::property);
        expressions
            .layout(splices)
            .say(say.tag(), say.words(), at.line(control, variants), at.lines(control, variants));
      }
      case Edit.Inside inside -> {
        var hole = ReactExpressions.hole(inside).orElseThrow();
        var control = "{" + body.substring(hole.inFrom(), hole.inTo()) + "}";
        var variants =
            Hand.mapped(
                ReactPresence.keys(inside.texts().keySet()),
                segment ->
                    "{" + applied(hole.inFrom(), hole.inTo(), List.of(inside), segment) + "}");
        expressions
            .layout(splices)
            .say(inside.tag(), hole, at.line(control, variants), at.lines(control, variants));
      }
      case Edit.Gone gone -> presence.gone(gone.tag(), gone.segments());
      case Edit.Moved moved -> presence.movedStanding(moved);
      default -> throw new IllegalStateException("An attribute stands in no element: " + edit);
    }
  }

  /// A copy of the element for every segment.
  private void wrap(Tag tag) {
    imported.add("Variant");
    var inside =
        edits.stream().filter(edit -> isInside(edit.tag(), tag) && !isAround(edit)).toList();
    var segments =
        hand.brief().tests().stream()
            .map(one -> one.key())
            .filter(segment -> inside.stream().anyMatch(edit -> changes(edit, segment)))
            .collect(Collectors.toSet());
    splices.replace(
        tag.from(),
        tag.to(),
        new Standing(component, hand)
            .copies(
                tag,
                "",
                applied(tag.from(), tag.to(), inside, "control"),
                Hand.mapped(
                    ReactPresence.keys(segments),
                    one -> applied(tag.from(), tag.to(), inside, one))));
  }

  private static boolean changes(Edit edit, String segment) {
    return switch (edit) {
      case Edit.Say say -> say.texts().containsKey(segment);
      case Edit.Give give -> give.values().containsKey(segment);
      case Edit.Dress dress -> dress.clothes().containsKey(segment);
      case Edit.Look look -> look.looks().containsKey(segment);
      case Edit.Inside inside -> inside.texts().containsKey(segment);
      default -> false;
    };
  }

  /// A part of the file as one segment shows it.
  private String applied(int from, int to, List<Edit> inside, String segment) {
    var part = new Splices();
    for (var edit : inside) {
      switch (edit) {
        case Edit.Mark mark -> presence.mark(part, mark);
        case Edit.Sent sent when !server -> sentHere(part, sent);
        case Edit.Sent sent -> track(part, sent);
        default -> expressions.write(part, edit, segment);
      }
    }
    expressions.layout(part).write();
    return part.apply(body, from, to);
  }

  private void sent(Edit.Sent sent) {
    if (server) {
      track(splices, sent);
    } else {
      sentHere(splices, sent);
    }
  }

  /// A handler that runs beside the team's own, where there is one.
  private void sentHere(Splices out, Edit.Sent sent) {
    imported.add("trackEvent");
    var name = sent.action() == Action.SUBMIT ? "onSubmit" : "onClick";
    var taken = sent.tag().attribute(name).isPresent();
    var call = "() => trackEvent(" + hand.text(sent.event()) + ")";
    var handler = sent.guard().isEmpty() ? call : sent.guard() + " ? " + call + " : undefined";
    expressions.insert(out, sent.tag(), name + (taken ? "Capture" : "") + "={" + handler + "}");
  }

  /// A component that listens to the element around it.
  private void track(Splices out, Edit.Sent sent) {
    imported.add("Track");
    var quote = hand.style().jsxQuote();
    var action = sent.action() == Action.SUBMIT ? "submit" : "click";
    var source =
        "<Track event="
            + Escapes.attribute(sent.event(), quote)
            + " on="
            + quote
            + action
            + quote
            + " />";
    var tag = sent.tag();
    var last = tag.children().isEmpty() ? tag.openEnd() : tag.children().getLast().to();
    var space =
        body.substring(tag.openEnd(), last).contains("\n")
            ? component.text().lineEnding() + Standing.indent(body, tag.children().getLast().from())
            : "";
    out.insert(last, space + source);
  }

  /// The hook, as the first statement of the component.
  private void hook(Function function) {
    var style = hand.style();
    var statement = "const " + read + " = useVariant(" + hand.text(hand.key()) + ")" + style.end();
    var newLine = component.text().lineEnding();
    var indent = component.text().indentBefore(function.first());
    if (indent.isPresent()) {
      var gap = function.returns() ? newLine : "";
      splices.insert(function.first(), statement + gap + newLine + indent.get());
    } else {
      splices.insert(function.bodyFrom(), " " + (style.semicolons() ? statement : statement + ";"));
    }
  }
}
