package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The client of plain pages: a module beside their own scripts, which these import, and the rule
/// by which tested elements wait, in the style sheet that most pages load.
final class PagesClient {
  private final Site site;
  private final Brief brief;
  private final TeamStyle style;

  PagesClient(Site site, Brief brief) {
    this.site = site;
    this.brief = brief;
    this.style = site.style();
  }

  ClientCode code() {
    var folder = Site.folder(Homes.of(site, site.pages(), brief.key()).script());
    var known = known();
    var path = known.orElse(folder + "pryo.js");
    var sheet = mostLoaded();
    var sheetPath = sheet.map(SourceText::path).orElse(folder + "pryo.css");
    if (known.isPresent()) {
      return new ClientCode("html", path, sheetPath, List.of());
    }
    var files = new ArrayList<FileChange>();
    files.add(added(path, ClientSource.write(brief, "astro", false, false, "", style)));
    files.add(
        sheet
            .map(text ->
                new FileChange(sheetPath, text.bytes(), text.with(Waiting.in(text, style)).bytes()))
            .orElseGet(() -> added(sheetPath, Waiting.alone(style))));
    return new ClientCode("html", path, sheetPath, files);
  }

  private Optional<String> known() {
    return site.scripts().stream()
        .filter(script -> script.text().body().contains(ClientSource.HEADER))
        .map(Script::path)
        .findFirst();
  }

  private Optional<SourceText> mostLoaded() {
    var counts = new HashMap<String, Integer>();
    var order = new ArrayList<String>();
    for (var page : site.pages()) {
      for (var address : page.styleSheets()) {
        site.resolve(page.path(), address)
            .ifPresent(path -> {
              counts.merge(path, 1, Integer::sum);
              order.add(path);
            });
      }
    }
    return order.stream()
        .distinct()
        .reduce((best, next) ->
            counts.getOrDefault(next, 0) > counts.getOrDefault(best, 0) ? next : best)
        .flatMap(site::text);
  }

  private static FileChange added(String path, String text) {
    return FileChange.added(path, text.getBytes(StandardCharsets.UTF_8));
  }
}
