package dev.pryo.agent.framework;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Gatsby: pages are files below `src/pages`, others are made from templates by `gatsby-node`.
final class Gatsby implements Framework {
  @Override
  public Optional<Found> find(App app) {
    if (!app.depends("gatsby")
        || (!app.holds("src/pages/") && app.configuration("gatsby-config").isEmpty())) {
      return Optional.empty();
    }
    var entries = new LinkedHashSet<>(pages(app, "/").stream().limit(1).toList());
    Stream.of("gatsby-browser", "gatsby-ssr", "gatsby-node")
        .flatMap(name -> app.script(name).stream())
        .forEach(entries::add);
    return Optional.of(
        new Found(
            "gatsby", app.version("gatsby").orElse(null), "gatsby-file", List.copyOf(entries)));
  }

  private static List<String> pages(App app, String route) {
    return Routes.matching(
        app.below("src/pages/").filter(path -> path.matches(".*\\.(?:[jt]sx?|mdx?)")),
        path -> {
          var inside = Routes.bare(app.relative(path).substring("src/pages/".length()));
          return Optional.of(
              Routes.pattern(
                  inside.replaceFirst("(?:^|/)index$", "").replace('{', '[').replace('}', ']')));
        },
        route);
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    return pages(app, route).stream().limit(3).toList();
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).matches("src/(?:pages|templates)/.*");
  }

  @Override
  public List<String> served() {
    return List.of("static/");
  }
}
