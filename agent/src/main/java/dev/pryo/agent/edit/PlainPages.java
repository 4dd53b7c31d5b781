package dev.pryo.agent.edit;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.words.Instruction.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// Writes one segment into pages and scripts for good: what its steps do is written where it
/// stands, and nothing asks for the segment any more.
final class PlainPages {
  private final Site site;
  private final Plan plan;
  private final Map<String, Rearranged> texts = new TreeMap<>();
  private final Map<String, SourceText> sources = new TreeMap<>();

  PlainPages(Site site, Plan plan) {
    this.site = site;
    this.plan = plan;
  }

  /// What changes of the files as they are; empty where one step cannot be written so.
  Optional<List<FileChange>> of(String segment) {
    return write(segment) ? changes() : Optional.empty();
  }

  /// The same, with what sends the goals' events: a module, and the marks that it asks for.
  Optional<List<FileChange>> sending(String segment, Writer listening) {
    if (!write(segment)) {
      return Optional.empty();
    }
    listening.pages().values().forEach(page -> rearranged(page.source()).add(page.splices()));
    return changes()
        .map(all -> Stream.concat(all.stream(), Stream.of(listening.module())).toList());
  }

  /// Whether all of it can be written.
  private boolean write(String segment) {
    for (var edit : plan.edits()) {
      if (!edit(edit, edit.steps().getOrDefault(segment, List.of()))) {
        return false;
      }
    }
    for (var edit : plan.strings()) {
      var text = edit.texts().get(segment);
      if (text != null) {
        var body = edit.script().text().body();
        var literal = edit.literal();
        var quoted = Escapes.script(text, body.charAt(literal.from()));
        rearranged(edit.script().text()).replace(literal.from(), literal.to(), quoted);
      }
    }
    return true;
  }

  private Optional<List<FileChange>> changes() {
    return PlainText.changes(sources, texts).filter(all -> all.stream().noneMatch(this::isWorse));
  }

  private boolean isWorse(FileChange change) {
    if (!List.of("html", "htm").contains(Site.extension(change.path()))) {
      var before = new SourceText(change.path(), false, change.baseText());
      return Scripts.fault(before.with(change.text()), before).isPresent();
    }
    var before = Page.parse(new SourceText(change.path(), false, change.baseText()));
    return Page.parse(before.text().with(change.text())).errors() > before.errors();
  }

  private Rearranged rearranged(SourceText text) {
    sources.put(text.path(), text);
    return texts.computeIfAbsent(text.path(), _ -> new Rearranged(text));
  }

  /// Whether all steps can be written.
  private boolean edit(Plan.Edit edit, List<Step> steps) {
    if (steps.isEmpty()) {
      return true;
    }
    var out = rearranged(edit.page().text());
    var element = edit.element();
    var attributes = new LinkedHashMap<String, String>();
    var done = true;
    for (var step : steps) {
      switch (step) {
        case Step.Text(var to) -> content(out, edit.page(), element, to);
        case Step.TextPart(var from, var to) -> done &= part(out, edit.page(), element, from, to);
        case Step.Attribute(var name, var value) -> attributes.put(name, value);
        case Step.AddClass(var name) ->
            attributes.put("class", classes(attributes, element, name, true));
        case Step.RemoveClass(var name) ->
            attributes.put("class", classes(attributes, element, name, false));
        case Step.Move(var anchor, var after) ->
            out.move(
                Page.start(element),
                element.endSourceRange().endPos(),
                Page.start(anchor.element()),
                anchor.element().endSourceRange().endPos(),
                after);
        case Step.Style(var declarations) ->
            attributes.put("style", style(attributes, element, declarations));
      }
    }
    attributes.forEach((name, value) -> attribute(out, edit.page(), element, name, value));
    return done;
  }

  /// The white space around the old content stays.
  private static void content(Rearranged out, Page page, Element element, String to) {
    var from = element.sourceRange().endPos();
    var end = element.endSourceRange().startPos();
    var old = page.text().body().substring(from, end);
    var lead = old.length() - old.stripLeading().length();
    var trail = old.isBlank() ? 0 : old.length() - old.stripTrailing().length();
    out.replace(from + lead, end - trail, PlainText.markup(to));
  }

  /// As the experiment did it: in each text of the element's own that has it.
  private static boolean part(Rearranged out, Page page, Element element, String from, String to) {
    var found = false;
    for (TextNode node : element.textNodes()) {
      if (!node.getWholeText().replace("\r\n", "\n").contains(from)) {
        continue;
      }
      var start = node.sourceRange().startPos();
      var source = page.text().body().substring(start, node.sourceRange().endPos());
      var written =
          List.of(from, PlainText.markup(from), from.replace("\n", "\r\n")).stream()
              .filter(source::contains)
              .findFirst();
      if (written.isEmpty()) {
        return false;
      }
      var at = start + source.indexOf(written.get());
      out.replace(at, at + written.get().length(), PlainText.markup(to));
      found = true;
    }
    return found;
  }

  private static String classes(
      Map<String, String> attributes, Element element, String name, boolean add) {
    var written = attributes.getOrDefault("class", element.attr("class")).strip();
    var all = new ArrayList<>(List.of(written.split("\\s+")));
    all.removeIf(one -> one.isEmpty() || one.equals(name));
    if (add) {
      all.add(name);
    }
    return String.join(" ", all);
  }

  /// An attribute is stronger than any rule but one that the team forces.
  private String style(
      Map<String, String> attributes, Element element, List<Declaration> declarations) {
    var css = site.styleSheets().stream().map(SourceText::body).collect(Collectors.joining("\n"));
    var written = attributes.getOrDefault("style", element.attr("style")).strip();
    var more =
        declarations.stream()
            .map(one ->
                one.property()
                    + ": "
                    + one.value()
                    + (StyleSheetWriter.isForced(css, one) ? " !important" : ""))
            .collect(Collectors.joining("; "));
    if (written.isEmpty()) {
      return more;
    }
    return written + (written.endsWith(";") ? " " : "; ") + more;
  }

  private static void attribute(
      Rearranged out, Page page, Element element, String name, String value) {
    var tag = page.startTag(element);
    var there = tag.attribute(name);
    if (there.isPresent()) {
      var one = there.get();
      out.replace(one.from(), one.to(), name + "=" + Escapes.attribute(value, quote(one.quote())));
      return;
    }
    var last = tag.attributes().isEmpty() ? null : tag.attributes().getLast();
    var indent = last == null ? Optional.<String>empty() : page.text().indentBefore(last.from());
    var space = indent.map(white -> page.text().lineEnding() + white).orElse(" ");
    var quote = last == null ? '"' : quote(last.quote());
    out.replace(tag.end(), tag.end(), space + name + "=" + Escapes.attribute(value, quote));
  }

  private static char quote(char written) {
    return written == '\'' ? '\'' : '"';
  }
}
