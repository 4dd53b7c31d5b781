package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// React Router as a framework, and Remix, which became it.
final class ReactRouter implements Framework {
  @Override
  public Optional<Found> find(App app) {
    var remix =
        app.depends("@remix-run/dev", "@remix-run/react", "@remix-run/serve")
            && root(app).isPresent();
    var modern =
        app.depends("@react-router/dev")
            && (root(app).isPresent() || !app.configuration("react-router.config").isEmpty());
    if (!remix && !modern) {
      return Optional.empty();
    }
    var version =
        modern
            ? app.version("react-router").or(() -> app.version("@react-router/dev"))
            : app.version("@remix-run/react").or(() -> app.version("@remix-run/dev"));
    return Optional.of(
        new Found(
            modern ? "react-router" : "remix",
            version.orElse(null),
            modern ? "react-router-framework (" + kind(app) + ")" : "remix-file",
            entries(app)));
  }

  private static Optional<String> root(App app) {
    return app.script("app/root").or(() -> app.script("src/root"));
  }

  private static String kind(App app) {
    var table = app.script("app/routes").map(app.repository()::body).orElse("");
    return table.contains("flatRoutes") || table.contains("autoRoutes") || table.isEmpty()
        ? "file routes"
        : "routes in app/routes";
  }

  private static List<String> entries(App app) {
    var entries = new LinkedHashSet<String>();
    root(app).ifPresent(entries::add);
    Stream.of("app/entry.client", "app/entry.server", "app/routes")
        .flatMap(name -> app.script(name).stream())
        .forEach(entries::add);
    pages(app, "/").stream().limit(1).forEach(entries::add);
    return new ArrayList<>(entries);
  }

  private static List<String> files(App app) {
    return app.below("app/routes/").filter(App::isScript).filter(path -> !isTesting(path)).toList();
  }

  private static List<String> pages(App app, String route) {
    return Routes.matching(files(app).stream(), path -> pattern(parts(app, path)), route);
  }

  /// Folders and dots both divide, and `+` only marks a folder.
  private static List<String> parts(App app, String path) {
    var inside = Routes.bare(app.relative(path).substring("app/routes/".length()));
    return Arrays.stream(inside.split("[/.]"))
        .map(part -> part.replace("+", "").replaceFirst("^\\((.*)\\)$", "$1"))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// `_index` and `index` are the folder's own page, `route` a file of the route that its folder
  /// names; another name with `_` is a layout.
  private static Optional<List<String>> pattern(List<String> parts) {
    if (parts.isEmpty() || parts.getLast().matches("layout|_(?!index$).*")) {
      return Optional.empty();
    }
    var own =
        parts.getLast().matches("_?index|route|page") ? parts.subList(0, parts.size() - 1) : parts;
    return Optional.of(Routes.pattern(String.join("/", own)));
  }

  private static boolean isTesting(String path) {
    return path.matches(".*\\.(?:test|spec|server)\\.[jt]sx?|.*/__\\w+__?/.*");
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    var pages = pages(app, route).stream().limit(3).toList();
    var files = new LinkedHashSet<>(pages);
    pages.stream()
        .limit(1)
        .forEach(page -> files.addAll(Routes.around(files(app), page, path -> parts(app, path))));
    root(app).ifPresent(files::add);
    return new ArrayList<>(files);
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).matches("app/(?:routes/.*|root\\.[jt]sx)");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
