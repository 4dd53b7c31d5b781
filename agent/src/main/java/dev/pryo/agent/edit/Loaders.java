package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which plain pages load which script.
record Loaders(Site site) {
  /// The pages that load a script, by a tag or through the imports of another script; with whether
  /// every tag that leads to it is of type module.
  List<Loader> of(String script) {
    return site.pages().stream().flatMap(page -> loader(page, script).stream()).toList();
  }

  record Loader(Page page, boolean asModule) {}

  private Optional<Loader> loader(Page page, String wanted) {
    for (var tag : page.document().select("script[src]")) {
      var module = tag.attr("type").equalsIgnoreCase("module");
      var entry = site.resolve(page.path(), tag.attr("src"));
      if (entry.isPresent()
          && (entry.get().equals(wanted) || (module && imports(entry.get(), wanted)))) {
        return Optional.of(new Loader(page, module));
      }
    }
    return page.document().select("script[type=module]:not([src])").stream()
        .filter(
            inline -> inlineImports(page, inline.data()).anyMatch(found -> reaches(found, wanted)))
        .findFirst()
        .map(_ -> new Loader(page, true));
  }

  private Stream<String> inlineImports(Page page, String code) {
    return Scripts.parse(new SourceText(page.path(), false, code)).imports().stream()
        .flatMap(address -> site.resolve(page.path(), address).stream());
  }

  private boolean reaches(String entry, String wanted) {
    return entry.equals(wanted) || imports(entry, wanted);
  }

  private boolean imports(String entry, String wanted) {
    var seen = new LinkedHashSet<String>();
    var waiting = new ArrayDeque<>(List.of(entry));
    while (!waiting.isEmpty()) {
      var path = waiting.pop();
      if (!seen.add(path)) {
        continue;
      }
      site.script(path)
          .ifPresent(script ->
              script.imports().stream()
                  .flatMap(address -> site.resolve(path, address).stream())
                  .forEach(waiting::add));
    }
    return seen.contains(wanted);
  }
}
