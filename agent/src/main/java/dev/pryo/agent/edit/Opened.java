package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Tag.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Writes start tags and texts of JSX. A line that becomes too long is broken as formatters break
/// it: first the content goes on a line of its own, then each attribute.
final class Opened {
  /// @param line on one line
  /// @param lines over several, where one would be too long
  private record Said(Piece words, String line, List<String> lines) {}

  private final Component component;
  private final Hand hand;
  private final Splices splices;
  private final String body;
  private final Map<Tag, List<String>> added = new LinkedHashMap<>();
  private final Map<Attribute, String> replaced = new HashMap<>();
  private final Map<Tag, List<Said>> said = new LinkedHashMap<>();

  private final boolean free;

  /// @param free white space at the ends of an element's content means nothing
  Opened(Component component, Hand hand, Splices splices, boolean free) {
    this.free = free;
    this.component = component;
    this.hand = hand;
    this.splices = splices;
    this.body = component.text().body();
  }

  void add(Tag tag, String attribute) {
    added.computeIfAbsent(tag, _ -> new ArrayList<>()).add(attribute);
  }

  /// Writes an attribute anew, and leaves its name alone; something may be put around that.
  static void value(Splices out, Attribute attribute, String source) {
    var name = source.indexOf(attribute.name());
    var equals = source.indexOf('=', name);
    var nameEnd = attribute.from() + attribute.name().length();
    out.insert(attribute.from(), source.substring(0, name));
    out.insert(nameEnd, source.substring(name + attribute.name().length(), equals));
    var bare = attribute.kind() == Tag.Kind.BARE;
    out.replace(
        attribute.valueFrom(), attribute.valueTo(), source.substring(bare ? equals : equals + 1));
  }

  void replace(Tag tag, Attribute attribute, String source) {
    added.computeIfAbsent(tag, _ -> new ArrayList<>());
    replaced.put(attribute, source);
  }

  void say(Tag tag, Piece words, String line, List<String> lines) {
    said.computeIfAbsent(tag, _ -> new ArrayList<>()).add(new Said(words, line, lines));
  }

  void write() {
    var tags = new LinkedHashSet<>(added.keySet());
    tags.addAll(said.keySet());
    tags.forEach(this::write);
  }

  private void write(Tag tag) {
    var indent = component.text().indentBefore(tag.from());
    var inOneLine = !body.substring(tag.from(), tag.openEnd()).contains("\n");
    var content = body.substring(tag.openEnd(), tag.closeFrom());
    var one = indent.isPresent() && inOneLine && !content.contains("\n");
    if (!one || column(tag) + opening(tag).length() + length(tag) + rest(tag) <= hand.width()) {
      attributes(
          tag,
          indent.isPresent() && inOneLine && column(tag) + opening(tag).length() > hand.width());
      said(tag, false, false);
      return;
    }
    var breaks =
        free
            && !content.isEmpty()
            && content.equals(content.strip())
            && tag.children().stream().noneMatch(Tag.class::isInstance);
    var single =
        !free && said.getOrDefault(tag, List.of()).stream().allMatch(it -> it.lines.size() == 1);
    var broken = single || column(tag) + opening(tag).length() > hand.width();
    attributes(tag, broken);
    if (breaks) {
      splices.insert(tag.openEnd(), newLine(tag) + hand.style().indent());
      said(tag, true, broken);
      splices.insert(tag.closeFrom(), newLine(tag));
    } else {
      said(tag, false, broken);
    }
  }

  /// The start tag on one line.
  private String opening(Tag tag) {
    var parts = new ArrayList<String>();
    parts.add("<" + tag.name());
    tag.attributes()
        .forEach(one ->
            parts.add(
                replaced.containsKey(one)
                    ? replaced.getOrDefault(one, "")
                    : body.substring(one.from(), one.to())));
    parts.addAll(added.getOrDefault(tag, List.of()));
    return String.join(" ", parts) + body.substring(tag.attributesEnd(), tag.openEnd());
  }

  /// How long the content becomes.
  private int length(Tag tag) {
    var change =
        said.getOrDefault(tag, List.of()).stream()
            .mapToInt(one -> one.line.length() - (one.words.to() - one.words.from()))
            .sum();
    return tag.closeFrom() - tag.openEnd() + change;
  }

  /// What follows the start tag's content on its line.
  private int rest(Tag tag) {
    var end = body.indexOf('\n', tag.closeFrom());
    return body.substring(tag.closeFrom(), end < 0 ? body.length() : end).stripTrailing().length();
  }

  private int column(Tag tag) {
    return tag.from() - body.lastIndexOf('\n', tag.from() - 1) - 1;
  }

  private String newLine(Tag tag) {
    return component.text().lineEnding() + component.text().indentBefore(tag.from()).orElse("");
  }

  private void attributes(Tag tag, boolean breaks) {
    var step = newLine(tag) + hand.style().indent();
    var before = tag.nameEnd();
    for (var one : tag.attributes()) {
      if (breaks) {
        splices.replace(before, one.from(), step);
      }
      if (replaced.containsKey(one)) {
        value(splices, one, replaced.getOrDefault(one, ""));
      }
      before = one.to();
    }
    var own =
        tag.attributes().isEmpty()
            ? ""
            : component
                .text()
                .indentBefore(tag.attributes().getLast().from())
                .map(white -> component.text().lineEnding() + white)
                .orElse("");
    for (var one : added.getOrDefault(tag, List.of())) {
      splices.insert(tag.attributesEnd(), (breaks ? step : own.isEmpty() ? " " : own) + one);
    }
    if (breaks) {
      var end = body.substring(tag.attributesEnd(), tag.openEnd());
      splices.replace(tag.attributesEnd(), tag.openEnd(), newLine(tag) + end.strip());
    }
  }

  private void said(Tag tag, boolean onOwnLine, boolean broken) {
    for (var one : said.getOrDefault(tag, List.of())) {
      if (!free) {
        var behind = body.substring(one.words.to()).lines().findFirst().orElse("");
        var inLine = one.words.from() - body.lastIndexOf('\n', one.words.from() - 1) - 1;
        var sameLine = tag.openEnd() > body.lastIndexOf('\n', one.words.from());
        var grown = opening(tag).length() - (tag.openEnd() - tag.from());
        var before = !sameLine ? inLine : broken ? column(tag) + 1 : inLine + grown;
        var tooLong = before + one.line.length() + behind.length() > hand.width();
        var line = component.text().lineEnding() + Standing.indent(body, one.words.from());
        splices.replace(
            one.words.from(), one.words.to(), tooLong ? String.join(line, one.lines) : one.line);
        continue;
      }
      var own = component.text().indentBefore(one.words.from());
      var after = body.substring(one.words.to()).lines().findFirst().orElse("");
      var indent = own.filter(_ -> after.isBlank()).orElse(Standing.indent(body, one.words.from()));
      var column =
          onOwnLine
              ? column(tag) + hand.style().indent().length()
              : one.words.from() - body.lastIndexOf('\n', one.words.from() - 1) - 1;
      var alone = onOwnLine || (own.isPresent() && after.isBlank());
      var braces = one.line.startsWith("{");
      if ((!alone && braces) || column + one.line.length() <= hand.width()) {
        splices.replace(one.words.from(), one.words.to(), one.line);
        continue;
      }
      var newLine =
          onOwnLine ? newLine(tag) + hand.style().indent() : component.text().lineEnding() + indent;
      var lines = String.join(newLine, one.lines);
      var bare = !braces || one.lines.size() == 1;
      splices.replace(one.words.from(), one.words.to(), bare ? lines : "{" + lines + "}");
    }
  }
}
