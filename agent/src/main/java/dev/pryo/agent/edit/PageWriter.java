package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Writes marks and tags into a page, and touches nothing else of it.
final class PageWriter {
  private final Site site;
  private final Page page;
  private final Brief brief;
  private final Map<Element, String> marks = new LinkedHashMap<>();
  private @Nullable String module;
  private @Nullable String styleSheet;

  PageWriter(Site site, Page page, Brief brief) {
    this.site = site;
    this.page = page;
    this.brief = brief;
  }

  SourceText source() {
    return page.text();
  }

  void mark(Element element, String mark) {
    marks.put(element, mark);
  }

  void load(@Nullable String module, @Nullable String styleSheet) {
    this.module = module;
    this.styleSheet = styleSheet;
  }

  /// The new text of the page.
  String write() {
    return splices().apply(page.text().body());
  }

  Splices splices() {
    var splices = new Splices();
    marks.forEach((element, mark) -> mark(splices, element, mark));
    var tags = tags();
    if (!tags.isEmpty()) {
      insert(splices, tags);
    }
    return splices;
  }

  /// What the marks of ended experiments were, as they were written, for each marked element in the
  /// order of the page; empty where it had none.
  List<Optional<String>> before() {
    return marks.keySet().stream()
        .sorted(Comparator.comparingInt(Page::start))
        .map(element ->
            page.startTag(element)
                .attribute("data-pryo")
                .map(one -> page.text().body().substring(one.from(), one.to())))
        .toList();
  }

  /// One more attribute behind the last one, on a line of its own where that one has its own.
  private void mark(Splices splices, Element element, String mark) {
    var tag = page.startTag(element);
    var ended = tag.attribute("data-pryo");
    if (ended.isPresent()) { // of an experiment that is over: its module finds nothing any more
      splices.replace(ended.get().from(), ended.get().to(), "data-pryo=" + value(mark));
      return;
    }
    var before =
        tag.attributes().isEmpty()
            ? Optional.<String>empty()
            : page.text().indentBefore(tag.attributes().getLast().from());
    var space = before.map(indent -> page.text().lineEnding() + indent).orElse(" ");
    splices.insert(tag.end(), space + "data-pryo=" + value(mark));
  }

  private List<String> tags() {
    var tags = new ArrayList<String>();
    if (styleSheet != null) {
      tags.add(
          "<link rel="
              + value("stylesheet")
              + " href="
              + value(address(styleSheet))
              + closing()
              + ">");
    }
    if (!page.hasClient()) {
      var client = brief.client();
      tags.add(
          "<script src="
              + value(client.origin() + "/pryo.js")
              + " data-key="
              + value(client.writeKey())
              + " data-consent="
              + value(client.consent().value())
              + " defer></script>");
    }
    if (module != null) {
      tags.add("<script type=" + value("module") + " src=" + value(address(module)) + "></script>");
    }
    return tags;
  }

  /// Behind the last style sheet of the head, so that the added one comes later in the cascade;
  /// where there is none, at the end of the head.
  private void insert(Splices splices, List<String> tags) {
    var head = page.document().head();
    var sheets = head.select("link[rel~=(?i)stylesheet], style").stream().filter(Page::isWritten);
    var children = head.children().stream().filter(Page::isWritten).toList();
    var anchor =
        sheets
            .reduce((_, later) -> later)
            .or(() -> children.isEmpty() ? Optional.empty() : Optional.of(children.getLast()));
    var body = page.text().body();
    if (anchor.isPresent()) {
      var at = anchor.get().endSourceRange().endPos();
      var indent = page.text().indentBefore(Page.start(anchor.get()));
      var newLine = indent.map(white -> page.text().lineEnding() + white).orElse("");
      splices.insert(at, newLine + String.join(newLine, tags));
    } else {
      var at = head.sourceRange().endPos();
      var indent = page.text().indentBefore(Page.start(head)).map(white -> white + step(body));
      var newLine = indent.map(white -> page.text().lineEnding() + white).orElse("");
      splices.insert(at, newLine + String.join(newLine, tags));
    }
  }

  private static String step(String body) {
    return Pattern.compile("\n([ \t]+)<")
        .matcher(body)
        .results()
        .findFirst()
        .map(hit -> hit.group(1))
        .orElse("  ");
  }

  private String value(String text) {
    return Escapes.attribute(text, quote());
  }

  /// The quote most attributes of the page have.
  private char quote() {
    var quotes =
        page.elements().stream()
            .flatMap(element -> page.startTag(element).attributes().stream())
            .map(StartTag.Attribute::quote)
            .toList();
    var single = quotes.stream().filter(quote -> quote == '\'').count();
    var doubled = quotes.stream().filter(quote -> quote == '"').count();
    return single > doubled ? '\'' : '"';
  }

  /// `/` before `>` where the page closes its void tags so.
  private String closing() {
    var voids =
        page.document().head().select("link, meta").stream()
            .filter(Page::isWritten)
            .map(tag -> page.text().body().substring(0, tag.sourceRange().endPos()))
            .toList();
    var closed = voids.stream().filter(tag -> tag.endsWith("/>")).toList();
    if (closed.size() * 2 <= voids.size()) {
      return "";
    }
    return closed.getFirst().endsWith(" />") ? " /" : "/";
  }

  /// How this page writes the address of a file: from the top where it writes its own so, else from
  /// its own folder.
  private String address(String path) {
    var own = new ArrayList<>(page.styleSheets());
    own.addAll(page.scripts());
    var local = own.stream().filter(one -> site.resolve(page.path(), one).isPresent()).toList();
    var rooted = local.stream().filter(one -> one.startsWith("/")).toList();
    if (rooted.size() * 2 > local.size()) {
      var top = site.webRoot(rooted.getFirst()).orElse(site.root());
      if (path.startsWith(top)) {
        return "/" + path.substring(top.length());
      }
    }
    var address = relative(Site.folder(page.path()), path);
    var dotted = local.stream().filter(one -> one.startsWith("./")).count();
    return dotted * 2 > local.size() && !address.startsWith(".") ? "./" + address : address;
  }

  static String relative(String folder, String path) {
    var from = folder;
    var up = new StringBuilder();
    while (!path.startsWith(from)) {
      from = from.substring(0, from.lastIndexOf('/', from.length() - 2) + 1);
      up.append("../");
    }
    return up + path.substring(from.length());
  }
}
