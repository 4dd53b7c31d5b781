package dev.pryo.agent.edit;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Tag.Attribute;
import dev.pryo.agent.edit.Tag.Kind;
import dev.pryo.agent.words.Instruction.Declaration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes one segment into components, data and files of languages for good: a text where it
/// stands, a value of data in the data, a phrase under the name that it has.
final class PlainComponents {
  private final Site site;
  private final ComponentPlan plan;
  private final Hand hand;
  private final Map<String, Rearranged> texts = new TreeMap<>();
  private final Map<String, SourceText> sources = new TreeMap<>();

  PlainComponents(Site site, ComponentPlan plan, Hand hand) {
    this.site = site;
    this.plan = plan;
    this.hand = hand;
  }

  /// What changes of the files as they are; empty where one edit cannot be written so.
  Optional<List<FileChange>> of(String segment) {
    return write(segment) ? changes() : Optional.empty();
  }

  /// The same, with what sends the goals' events, where the element that sends one stays.
  Optional<List<FileChange>> sending(String segment) {
    if (!write(segment)) {
      return Optional.empty();
    }
    plan.byPath().values().forEach(edits -> send(edits, segment));
    return changes();
  }

  /// Whether all of it can be written.
  private boolean write(String segment) {
    for (var edit : plan.edits()) {
      if (!edit(edit, segment)) {
        return false;
      }
    }
    plan.origins().forEach(origin -> origin(origin, segment));
    plan.phrases().forEach(phrase -> phrase(phrase, segment));
    return true;
  }

  private Optional<List<FileChange>> changes() {
    return PlainText.changes(sources, texts).filter(all -> all.stream().noneMatch(this::isBroken));
  }

  private void send(List<Edit> edits, String segment) {
    var component = edits.getFirst().component();
    var sent =
        edits.stream()
            .filter(edit -> edit instanceof Edit.Sent && !goes(edit, edits, segment))
            .map(edit -> guarded((Edit.Sent) edit, edits, segment))
            .toList();
    if (sent.isEmpty()) {
      return;
    }
    var dialect = component.dialect();
    rearranged(component.text()).add(dialect.write(component, sent, hand));
    dialect
        .beside(component, sent, hand)
        .ifPresent(other -> rearranged(other.text()).add(other.splices()));
  }

  /// The item of a list by what it says then.
  private Edit guarded(Edit.Sent sent, List<Edit> edits, String segment) {
    for (var edit : edits) {
      if (edit instanceof Edit.Inside inside
          && plan.hasOrigin(inside)
          && inside.guard().equals(sent.guard())) {
        var text = inside.texts().get(segment);
        var body = inside.component().text().body();
        var is = body.substring(inside.from(), inside.to()) + " === ";
        if (text != null && sent.guard().startsWith(is)) {
          return new Edit.Sent(
              sent.component(),
              sent.tag(),
              sent.event(),
              sent.action(),
              is + Escapes.script(text, site.style().quote()));
        }
      }
    }
    return sent;
  }

  private static boolean goes(Edit edit, List<Edit> edits, String segment) {
    return edits.stream()
        .anyMatch(other ->
            other instanceof Edit.Gone gone
                && gone.segments().contains(segment)
                && gone.tag().all().anyMatch(edit.tag()::equals));
  }

  private boolean isBroken(FileChange change) {
    var before = new SourceText(change.path(), false, change.baseText());
    var after = before.with(change.text());
    if (LanguageFile.isOne(change.path())) {
      return LanguageFile.read(after).isEmpty();
    }
    return site.dialect(change.path())
        .flatMap(dialect ->
            Scripts.fault(
                dialect.read(after).code().script().text(),
                dialect.read(before).code().script().text()))
        .isPresent();
  }

  private Rearranged rearranged(SourceText text) {
    sources.put(text.path(), text);
    return texts.computeIfAbsent(text.path(), _ -> new Rearranged(text));
  }

  private Rearranged rearranged(Edit edit) {
    return rearranged(edit.component().text());
  }

  /// Whether it can be written.
  private boolean edit(Edit edit, String segment) {
    switch (edit) {
      case Edit.Say say -> {
        var text = say.texts().get(segment);
        if (text != null) {
          rearranged(edit).replace(say.words().from(), say.words().to(), shown(edit, text));
        }
      }
      case Edit.Give give -> {
        var value = give.values().get(segment);
        if (value != null) {
          give(edit, give.name(), value);
        }
      }
      case Edit.Dress dress -> {
        return !dress.clothes().containsKey(segment) || dress(dress, segment);
      }
      case Edit.Look look -> {
        var style = look.looks().get(segment);
        if (style != null) {
          put(edit, Optional.empty(), "style=" + style(edit, style));
        }
      }
      case Edit.Inside inside -> {
        var text = inside.texts().get(segment);
        if (text != null && !plan.hasOrigin(inside)) {
          inside(inside, text);
        }
      }
      case Edit.Gone gone -> {
        if (gone.segments().contains(segment)) {
          rearranged(edit).remove(gone.tag().from(), gone.tag().to());
        }
      }
      case Edit.Moved moved -> {
        if (moved.segments().contains(segment)) {
          var anchor = moved.anchor();
          rearranged(edit)
              .move(
                  moved.tag().from(), moved.tag().to(), anchor.from(), anchor.to(), moved.after());
        }
      }
      case Edit.Mark _, Edit.Sent _ -> {}
    }
    return true;
  }

  private static boolean isReact(Edit edit) {
    return edit.component().dialect() instanceof React;
  }

  /// A text as it may stand between tags.
  private String shown(Edit edit, String text) {
    if (isReact(edit)) {
      var plain = text.matches("[^{}<>&]*") && text.equals(text.strip());
      return plain ? text : "{" + hand.text(text) + "}";
    }
    return PlainText.markup(text)
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("@", edit.component().dialect() instanceof Angular ? "&#64;" : "@");
  }

  private void give(Edit edit, String html, String value) {
    var name = isReact(edit) ? React.attribute(html) : html;
    var there =
        edit.tag()
            .attribute(name, ":" + name, "v-bind:" + name, "[" + name + "]", "[attr." + name + "]");
    if (isReact(edit) && React.isNumber(name, value)) {
      put(edit, there, name + "={" + value + "}");
    } else {
      put(edit, there, name + "=" + literal(edit, value));
    }
  }

  /// An attribute's value with its quotes.
  private String literal(Edit edit, String value) {
    if (!isReact(edit)) {
      return Escapes.attribute(value, '"').replace("{", "&#123;").replace("}", "&#125;");
    }
    var quote = hand.style().jsxQuote();
    return value.matches("[^\"'\\\\&<>{}\\n]*")
        ? quote + value + quote
        : "{" + hand.text(value) + "}";
  }

  private void put(Edit edit, Optional<Attribute> there, String source) {
    if (there.isPresent()) {
      rearranged(edit).replace(there.get().from(), there.get().to(), source);
      return;
    }
    var tag = edit.tag();
    var text = edit.component().text();
    var indent =
        tag.attributes().isEmpty()
            ? Optional.<String>empty()
            : text.indentBefore(tag.attributes().getLast().from());
    var space = indent.map(white -> text.lineEnding() + white).orElse(" ");
    rearranged(edit).replace(tag.attributesEnd(), tag.attributesEnd(), space + source);
  }

  private boolean dress(Edit.Dress dress, String segment) {
    var clothes = dress.clothes().get(segment);
    var name = isReact(dress) ? "className" : "class";
    var there = dress.tag().attribute(name);
    var written = there.filter(one -> one.kind() == Kind.LITERAL);
    if (written.isPresent() || (isReact(dress) && there.isEmpty())) {
      var value = Classes.changed(written.map(Attribute::value).orElse(""), clothes);
      put(dress, there, name + "=" + literal(dress, value));
      return true;
    }
    if (isReact(dress)) {
      return new Classes(hand, "", there.orElseThrow(), dress.clothes())
          .write(segment)
          .map(source -> {
            put(dress, there, name + "={" + source + "}");
            return true;
          })
          .orElse(false);
    }
    if (clothes == null
        || !clothes.removed().isEmpty()
        || there.isPresent()
        || dress.tag().attribute("class:list").isPresent()) {
      return false;
    }
    put(dress, there, "class=" + literal(dress, String.join(" ", clothes.added())));
    return true;
  }

  private String style(Edit edit, List<Declaration> declarations) {
    if (isReact(edit)) {
      return declarations.stream()
          .map(one -> ReactExpressions.camel(one.property()) + ": " + hand.text(one.value()))
          .collect(Collectors.joining(", ", "{{ ", " }}"));
    }
    return declarations.stream()
        .map(one -> one.property() + ": " + one.value())
        .collect(Collectors.joining("; ", "\"", "\""));
  }

  private void inside(Edit.Inside inside, String text) {
    var given =
        inside.tag().attributes().stream()
            .filter(one -> one.kind() == Kind.LITERAL && one.valueFrom() == inside.from())
            .findFirst();
    if (given.isPresent()) {
      put(inside, given, given.get().name() + "=" + literal(inside, text));
      return;
    }
    var first = inside.component().text().body().charAt(inside.from());
    var quote = "\"'`".indexOf(first) >= 0 ? first : hand.style().quote();
    rearranged(inside).replace(inside.from(), inside.to(), Escapes.script(text, quote));
  }

  private void origin(ComponentPlan.Origin origin, String segment) {
    var text = origin.texts().get(segment);
    if (text != null) {
      var quote = origin.source().body().charAt(origin.from());
      rearranged(origin.source()).replace(origin.from(), origin.to(), Escapes.script(text, quote));
    }
  }

  /// In the languages that the experiment's words are of; the others wait for a translation.
  private void phrase(ComponentPlan.Phrase phrase, String segment) {
    var text = phrase.texts().get(segment);
    if (text == null) {
      return;
    }
    for (var file : site.languages()) {
      var same =
          file.pattern().equals(phrase.file().pattern())
              && Phrases.sameLanguage(file, phrase.file());
      file.entry(phrase.entry().path())
          .filter(_ -> same)
          .ifPresent(entry ->
              rearranged(file.text())
                  .replace(entry.valueFrom(), entry.valueTo(), written(file, entry, text)));
    }
  }

  private static String written(LanguageFile file, LanguageFile.Entry entry, String text) {
    return file.path().endsWith(".json")
        ? Phrases.json(text)
        : Escapes.script(text, file.text().body().charAt(entry.valueFrom()));
  }
}
