package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Astro: pages are files below `src/pages`, layouts what they import from `layouts`.
final class Astro implements Framework {
  private static final Pattern LAYOUT = Pattern.compile("layouts/([\\w/-]+\\.astro)");

  @Override
  public Optional<Found> find(App app) {
    if (!app.depends("astro")
        || (!app.holds("src/pages/") && app.configuration("astro.config").isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Found("astro", app.version("astro").orElse(null), "astro-file", at(app, "/")));
  }

  private static List<String> at(App app, String route) {
    var files = new LinkedHashSet<String>();
    Routes.matching(
            app.below("src/pages/").filter(path -> path.matches(".*\\.(?:astro|mdx?|html)")),
            path -> {
              var inside = Routes.bare(app.relative(path).substring("src/pages/".length()));
              return Optional.of(Routes.pattern(inside.replaceFirst("(?:^|/)index$", "")));
            },
            route)
        .stream()
        .limit(3)
        .forEach(page -> {
          files.add(page);
          LAYOUT
              .matcher(app.repository().body(page))
              .results()
              .flatMap(hit -> app.present("src/layouts/" + hit.group(1)))
              .forEach(files::add);
        });
    if (files.isEmpty()) {
      documents(app, route).forEach(files::add);
    }
    return new ArrayList<>(files);
  }

  /// Where an integration makes pages of documents.
  private static Stream<String> documents(App app, String route) {
    var name = route.equals("/") ? "index" : String.join("/", Routes.parts(route));
    return app.present(
        "src/content/docs/" + name + ".mdx",
        "src/content/docs/" + name + ".md",
        "src/content/docs/" + name + "/index.mdx");
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    return at(app, route);
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).startsWith("src/pages/");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
