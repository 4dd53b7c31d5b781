package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/// Takes everything of one experiment out of a written file again, found by parsing what was
/// written. What is left has to be the file as it was.
final class Control {
  private final Brief brief;
  private final Plan plan;
  private final Writer writer;

  Control(Brief brief, Plan plan, Writer writer) {
    this.brief = brief;
    this.plan = plan;
    this.writer = writer;
  }

  String of(FileChange change) {
    return List.of("html", "htm").contains(Site.extension(change.path()))
        ? page(change)
        : script(change);
  }

  private String page(FileChange change) {
    var page = Page.parse(new SourceText(change.path(), false, change.text()));
    var hadClient = Page.parse(new SourceText(change.path(), false, change.baseText())).hasClient();
    var splices = new Splices();
    var before =
        Optional.ofNullable(writer.pages().get(change.path()))
            .map(PageWriter::before)
            .orElse(List.of())
            .iterator();
    for (var element : page.elements()) {
      if (isOurs(element, change.path(), hadClient)) {
        cut(splices, change.text(), Page.start(element), element.endSourceRange().endPos());
      } else if (mark(element).isPresent()) {
        page.startTag(element)
            .attribute("data-pryo")
            .ifPresent(one -> {
              var was = before.hasNext() ? before.next() : Optional.<String>empty();
              if (was.isPresent()) {
                splices.replace(one.from(), one.to(), was.get());
              } else {
                cut(splices, change.text(), one.from(), one.to());
              }
            });
      }
    }
    return splices.apply(change.text());
  }

  private Optional<String> mark(Element element) {
    return Optional.of(element.attr("data-pryo"))
        .filter(mark -> mark.equals(brief.key()) || mark.startsWith(brief.key() + ":"));
  }

  private boolean isOurs(Element element, String path, boolean hadClient) {
    var address = element.attr(element.normalName().equals("link") ? "href" : "src");
    if (address.isEmpty() || !List.of("link", "script").contains(element.normalName())) {
      return false;
    }
    var client = address.equals(brief.client().origin() + "/pryo.js");
    return (client && !hadClient)
        || leadsTo(path, address, writer.homes().script())
        || leadsTo(path, address, writer.homes().styleSheet());
  }

  private boolean leadsTo(String page, String address, String added) {
    var relative = PageWriter.relative(Site.folder(page), added);
    return address.equals(relative)
        || address.equals("./" + relative)
        || (address.startsWith("/") && ("/" + added).endsWith(address));
  }

  /// With the white space before it.
  private static void cut(Splices splices, String text, int from, int to) {
    var start = from;
    while (start > 0 && Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    splices.replace(start, to, "");
  }

  private String script(FileChange change) {
    var text = new SourceText(change.path(), false, change.text());
    var newLine = text.lineEnding();
    var wait = String.join(newLine, ScriptWriter.waiting(writer.style()));
    var rest =
        change.text().startsWith(wait)
            ? change.text().replace(wait + newLine + newLine, "")
            : change.text().replace(newLine + newLine + wait, "");
    for (var edit : plan.strings()) {
      if (edit.script().path().equals(change.path())) {
        var body = edit.script().text().body();
        var raw = body.substring(edit.literal().from(), edit.literal().to());
        var written = new ScriptWriter(edit.script(), brief.key(), writer.style());
        rest = rest.replace(written.conditional(edit.texts(), raw), raw);
      }
    }
    return rest;
  }
}
