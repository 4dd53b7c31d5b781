package dev.pryo.agent.framework;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Plain pages: HTML that is served as it lies there.
final class Html implements Framework {
  private static final List<String> ROOTS =
      List.of("", "public/", "src/", "static/", "www/", "site/", "docs/", "app/");

  @Override
  public Optional<Found> find(App app) {
    var first = first(app);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var entries = new LinkedHashSet<>(List.of(first.get()));
    entries.addAll(Pages.loaded(app, first.get()));
    return Optional.of(new Found("html", null, "none", List.copyOf(entries)));
  }

  private static Optional<String> first(App app) {
    return app.first(
            ROOTS.stream()
                .flatMap(root -> Stream.of(root + "index.html", root + "index.htm"))
                .toArray(String[]::new))
        .or(() -> pages(app).findFirst());
  }

  private static Stream<String> pages(App app) {
    return app.files().stream().filter(path -> app.relative(path).matches("[^/]+\\.html?"));
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    var name = String.join("/", Routes.parts(route)).replaceFirst("\\.html?$", "");
    var files = new LinkedHashSet<String>();
    var names =
        name.isEmpty()
            ? Stream.of("index.html")
            : Stream.of(name + ".html", name + "/index.html", name + ".htm");
    var root = Repository.folder(app.relative(found.entries().getFirst()));
    names
        .flatMap(file -> app.present(root + file))
        .forEach(page -> {
          files.add(page);
          files.addAll(Pages.loaded(app, page));
        });
    return List.copyOf(files);
  }

  @Override
  public List<String> served() {
    return List.of();
  }
}
