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
    var pages = pages(app, route).stream().limit(3).toList();
    var files = new LinkedHashSet<>(pages);
    pages.stream()
        .limit(1)
        .forEach(page -> files.addAll(Routes.around(files(app), page, path -> parts(app, path))));
    folder(app).flatMap(top -> app.script(top + "__root").stream()).forEach(files::add);
    return new ArrayList<>(files);
  }

  private static Stream<String> folder(App app) {
    return Stream.of("src/routes/", "app/routes/").filter(app::holds).limit(1);
  }

  private static List<String> files(App app) {
    return folder(app).flatMap(app::below).filter(App::isScript).toList();
  }

  private static List<String> pages(App app, String route) {
    return Routes.matching(files(app).stream(), path -> pattern(parts(app, path)), route);
  }

  private static List<String> parts(App app, String path) {
    var inside = app.relative(path).replaceFirst("^(?:src|app)/routes/", "");
    return Arrays.stream(Routes.bare(inside).split("[/.]"))
        .filter(part -> !part.isEmpty() && !part.equals("lazy"))
        .map(part -> part.endsWith("_") ? part.substring(0, part.length() - 1) : part)
        .toList();
  }

  /// A name with `_` is a layout, one with `-` no route at all.
  private static Optional<List<String>> pattern(List<String> parts) {
    if (parts.isEmpty()
        || parts.getLast().matches("[_-].*|layout")
        || parts.stream().anyMatch(part -> part.startsWith("-"))) {
      return Optional.empty();
    }
    var own = parts.getLast().matches("index|route") ? parts.subList(0, parts.size() - 1) : parts;
    return Optional.of(Routes.pattern(String.join("/", own)));
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
