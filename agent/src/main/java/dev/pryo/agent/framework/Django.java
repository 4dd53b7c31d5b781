package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Django: templates, and tables of addresses in `urls.py`.
final class Django implements Framework {
  @Override
  public Optional<Found> find(App app) {
    if (!app.has("manage.py")) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            "django",
            Versions.python(app, "django").orElse(null),
            Inertia.isIn(app) ? "server (urls.py, Inertia)" : "server (urls.py)",
            Stream.concat(
                    Stream.concat(bases(app), templates(app, List.of("index", "home")).limit(2)),
                    tables(app).limit(2))
                .distinct()
                .toList()));
  }

  private static Stream<String> bases(App app) {
    return app.files().stream()
        .filter(path -> path.matches(".*templates/(?:.*/)?_?(?:base|layout)\\.html"))
        .limit(3);
  }

  private static Stream<String> templates(App app, List<String> names) {
    return app.files().stream()
        .filter(path -> path.matches(".*templates/.*\\.html"))
        .filter(path -> names.stream().anyMatch(name -> path.endsWith("/" + name + ".html")));
  }

  private static Stream<String> tables(App app) {
    return app.files().stream().filter(path -> path.matches("(?:.*/)?urls\\.py"));
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    var parts = Routes.parts(route);
    var files = new LinkedHashSet<String>();
    templates(
            app,
            parts.isEmpty()
                ? List.of("index", "home")
                : List.of(parts.getLast(), parts.getLast() + "/index"))
        .limit(5)
        .forEach(files::add);
    bases(app).forEach(files::add);
    return new ArrayList<>(files);
  }

  @Override
  public boolean isRoute(App app, String path) {
    return path.matches(".*templates/.*");
  }

  @Override
  public List<String> served() {
    return List.of();
  }
}
