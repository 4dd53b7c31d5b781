package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Tag.Attribute;
import dev.pryo.agent.edit.Tag.Kind;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes texts, attributes and values of JSX: as expressions that ask for the segment, or as what
/// one segment shows.
final class ReactExpressions {
  private final Component component;
  private final Hand hand;
  private final String read;
  private final String body;
  private final Map<Splices, Opened> layouts = new IdentityHashMap<>();

  /// @param read the name of the segment
  ReactExpressions(Component component, Hand hand, String read) {
    this.component = component;
    this.hand = hand;
    this.read = read;
    this.body = component.text().body();
  }

  /// Writes an edit as an expression that asks for the segment; or, for one segment, as what that
  /// one shows.
  void write(Splices out, Edit edit, @Nullable String segment) {
    switch (edit) {
      case Edit.Say say -> say(out, say, segment);
      case Edit.Give give -> {
        var name = React.attribute(give.name());
        var sources =
            Hand.mapped(
                give.values(), value -> React.isNumber(name, value) ? value : hand.text(value));
        attribute(out, edit.tag(), name, sources, segment);
      }
      case Edit.Dress dress -> dress(out, dress, segment);
      case Edit.Look look -> look(out, look, segment);
      case Edit.Inside inside -> inside(out, inside, segment);
      case Edit.Gone _, Edit.Moved _, Edit.Mark _, Edit.Sent _ -> {}
    }
  }

  private void inside(Splices out, Edit.Inside inside, @Nullable String segment) {
    var control = body.substring(inside.from(), inside.to());
    var texts = hand.texts(inside.texts());
    var given =
        inside.tag().attributes().stream()
            .filter(one -> one.kind() == Kind.LITERAL && one.valueFrom() == inside.from())
            .findFirst();
    if (given.isPresent()) {
      attribute(out, inside.tag(), given.get().name(), texts, segment);
      return;
    }
    var hole =
        hole(inside).filter(one -> one.inFrom() == inside.from() && one.inTo() == inside.to());
    if (segment == null && hole.isPresent()) {
      layout(out)
          .say(
              inside.tag(),
              hole.get(),
              "{" + hand.choice(read, texts, control, inside.guard()) + "}",
              hand.choiceLines(read, texts, control, inside.guard()));
      return;
    }
    out.replace(inside.from(), inside.to(), shown(inside, texts, control, segment));
  }

  private String shown(
      Edit.Inside inside, Map<String, String> texts, String control, @Nullable String segment) {
    if (segment == null) {
      return enclosed(inside, hand.choice(read, texts, control, inside.guard()));
    }
    var text = texts.get(segment);
    if (text == null || inside.guard().isEmpty()) {
      return text == null ? control : text;
    }
    return enclosed(inside, inside.guard() + " ? " + text + " : " + control);
  }

  private String enclosed(Edit.Inside inside, String choice) {
    var before = body.substring(0, inside.from()).stripTrailing();
    var after = body.substring(inside.to()).stripLeading();
    var free =
        before.matches("(?s).*(?:[(,{=\\[:]|=>|\\breturn)")
            && (after.isEmpty() || ")],};:".indexOf(after.charAt(0)) >= 0);
    return free ? choice : "(" + choice + ")";
  }

  private void say(Splices out, Edit.Say say, @Nullable String segment) {
    var words = say.words();
    if (segment != null) {
      if (say.texts().containsKey(segment)) {
        var text = plain(say.texts().getOrDefault(segment, ""));
        layout(out).say(say.tag(), words, text, List.of(text));
      }
      return;
    }
    var control =
        words.literal()
            ? body.substring(words.from() + 1, words.to() - 1).strip()
            : hand.text(words.value());
    var texts = hand.texts(say.texts());
    layout(out)
        .say(
            say.tag(),
            words,
            "{" + hand.choice(read, texts, control, "") + "}",
            hand.choiceLines(read, texts, control, ""));
  }

  /// A text as it may stand between tags.
  private String plain(String text) {
    return text.matches("(?s).*[{}<>&].*") || !text.equals(text.strip())
        ? "{" + hand.text(text) + "}"
        : text;
  }

  private void attribute(
      Splices out, Tag tag, String name, Map<String, String> sources, @Nullable String segment) {
    var there = tag.attribute(name);
    var control =
        there
            .map(one ->
                switch (one.kind()) {
                  case LITERAL -> hand.text(one.value());
                  case EXPRESSION -> simple(one.value());
                  default -> "true";
                })
            .orElse("undefined");
    if (segment != null) {
      var source = sources.get(segment);
      if (source != null) {
        put(out, tag, name, there, literal(source).orElse("{" + source + "}"));
      }
      return;
    }
    put(out, tag, name, there, "{" + hand.choice(read, sources, control, "") + "}");
  }

  /// A string without anything to escape is an attribute as it is.
  private Optional<String> literal(String source) {
    var quote = hand.style().quote();
    var inside = source.length() < 2 ? "" : source.substring(1, source.length() - 1);
    return !source.isEmpty() && source.charAt(0) == quote && inside.matches("[^\"'\\\\&<>{}]*")
        ? Optional.of(hand.style().jsxQuote() + inside + hand.style().jsxQuote())
        : Optional.empty();
  }

  private static String simple(String expression) {
    return expression.matches("[\\w$.]+(?:\\([^()]*\\))?|[\"'`][^\"'`]*[\"'`]")
        ? expression
        : "(" + expression + ")";
  }

  private void put(Splices out, Tag tag, String name, Optional<Attribute> there, String value) {
    if (there.isPresent()) {
      layout(out).replace(tag, there.get(), name + "=" + value);
    } else {
      insert(out, tag, name + "=" + value);
    }
  }

  Opened layout(Splices out) {
    return layouts.computeIfAbsent(out, one -> new Opened(component, hand, one, true));
  }

  /// Another attribute behind those that are there.
  void insert(Splices out, Tag tag, String attribute) {
    layout(out).add(tag, attribute);
  }

  private void dress(Splices out, Edit.Dress dress, @Nullable String segment) {
    var there = dress.tag().attribute("className");
    var expression = there.filter(one -> one.kind() == Kind.EXPRESSION);
    if (expression.isEmpty()) {
      var written = there.map(Attribute::value).orElse("");
      var sources =
          Hand.mapped(
              dress.clothes().keySet().stream().collect(Collectors.toMap(one -> one, one -> one)),
              one -> hand.text(Classes.changed(written, dress.clothes().get(one))));
      attribute(out, dress.tag(), "className", sources, segment);
      return;
    }
    new Classes(hand, read, expression.get(), dress.clothes())
        .write(segment)
        .ifPresent(source -> put(out, dress.tag(), "className", expression, "{" + source + "}"));
  }

  private void look(Splices out, Edit.Look look, @Nullable String segment) {
    var sources = new LinkedHashMap<String, String>();
    look.looks()
        .forEach((one, declarations) ->
            sources.put(
                one,
                declarations.stream()
                    .map(each -> camel(each.property()) + ": " + hand.text(each.value()))
                    .collect(Collectors.joining(", ", "{ ", " }"))));
    attribute(out, look.tag(), "style", sources, segment);
  }

  static String camel(String property) {
    var name = new StringBuilder();
    for (var part : property.split("-")) {
      name.append(
          name.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return name.toString();
  }

  /// The braces around an expression that is content of an element.
  static Optional<Piece.Code> hole(Edit.Inside inside) {
    return inside.tag().children().stream()
        .filter(Piece.Code.class::isInstance)
        .map(Piece.Code.class::cast)
        .filter(hole -> hole.from() <= inside.from() && inside.to() <= hole.to())
        .findFirst();
  }
}
