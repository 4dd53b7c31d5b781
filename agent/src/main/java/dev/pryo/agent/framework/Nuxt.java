package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Nuxt 2, 3 and 4; the source may lie in `app/` or `src/`.
final class Nuxt implements Framework {
  private static final List<String> SOURCES = List.of("", "app/", "src/");

  @Override
  public Optional<Found> find(App app) {
    if (!app.depends("nuxt", "nuxt3", "nuxt-edge", "nuxt-nightly")
        || (app.configuration("nuxt.config").isEmpty() && source(app).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            "nuxt",
            Stream.of("nuxt", "nuxt3", "nuxt-edge", "nuxt-nightly")
                .flatMap(name -> app.version(name).stream())
                .findFirst()
                .orElse(null),
            pages(app).findAny().isPresent() ? "nuxt-file" : "none",
            shell(app, "/")));
  }

  private static Optional<String> source(App app) {
    return SOURCES.stream()
        .filter(folder -> app.holds(folder + "pages/") || app.has(folder + "app.vue"))
        .findFirst();
  }

  private static Stream<String> pages(App app) {
    return source(app).stream()
        .flatMap(folder -> app.below(folder + "pages/"))
        .filter(path -> path.matches(".*\\.(?:vue|[jt]sx?)"));
  }

  private static List<String> at(App app, String route) {
    return Routes.matching(
        pages(app),
        path -> {
          var inside = app.relative(path).replaceFirst("^(?:app/|src/)?pages/", "");
          return Optional.of(
              Routes.pattern(
                  Routes.bare(inside).replaceFirst("(?:^|/)index$", "").replaceFirst("^_", "\\$")));
        },
        route);
  }

  private static List<String> shell(App app, String route) {
    var files = new LinkedHashSet<>(at(app, route).stream().limit(3).toList());
    source(app)
        .ifPresent(folder ->
            app.present(folder + "app.vue", folder + "layouts/default.vue").forEach(files::add));
    return new ArrayList<>(files);
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    return shell(app, route);
  }

  @Override
  public Map<String, String> aliases(App app) {
    var source = source(app).orElse("");
    return Map.of("~/", source, "@/", source, "~~/", "", "@@/", "");
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).matches("(?:app/|src/)?(?:pages|layouts)/.*");
  }
}
