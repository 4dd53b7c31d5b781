package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// TanStack Start: file routes below `src/routes` (before: `app/routes`), folders and dots divide.
final class TanStackStart implements Framework {
  private static final List<String> PACKAGES =
      List.of("@tanstack/react-start", "@tanstack/start", "@tanstack/solid-start");

  @Override
  public Optional<Found> find(App app) {
    if (PACKAGES.stream().noneMatch(app::depends)) {
      return Optional.empty();
    }
    var entries = new LinkedHashSet<String>(shell(app, "/"));
    Stream.of("src/router", "app/router", "src/client", "src/server", "app/client")
        .flatMap(name -> app.script(name).stream())
        .forEach(entries::add);
    return Optional.of(
        new Found(
            "tanstack-start",
            PACKAGES.stream().flatMap(name -> app.version(name).stream()).findFirst().orElse(null),
            "tanstack-router (file routes)",
            List.copyOf(entries)));
  }

  private static List<String> shell(App app, String route) {
    var files = new LinkedHashSet<>(pages(app, route).stream().limit(3).toList());
    folder(app).flatMap(top -> app.script(top + "__root").stream()).forEach(files::add);
    return new ArrayList<>(files);
  }

  private static Stream<String> folder(App app) {
    return Stream.of("src/routes/", "app/routes/").filter(app::holds).limit(1);
  }

  private static List<String> pages(App app, String route) {
    return Routes.matching(
        folder(app).flatMap(app::below).filter(App::isScript),
        path -> pattern(app.relative(path).replaceFirst("^(?:src|app)/routes/", "")),
        route);
  }

  private static Optional<List<String>> pattern(String inside) {
    var parts =
        Arrays.stream(Routes.bare(inside).split("[/.]"))
            .filter(part -> !part.isEmpty() && !part.matches("index|route|lazy"))
            .map(part -> part.endsWith("_") ? part.substring(0, part.length() - 1) : part)
            .toList();
    return parts.stream().anyMatch(part -> part.startsWith("__") || part.startsWith("-"))
        ? Optional.empty()
        : Optional.of(Routes.pattern(String.join("/", parts)));
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    return shell(app, route);
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).matches("(?:src|app)/routes/.*");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
