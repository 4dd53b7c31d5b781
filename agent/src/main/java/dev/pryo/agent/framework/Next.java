package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Next.js: the app router, the pages router, or both beside each other.
final class Next implements Framework {
  private static final String PAGE = "(?:.*/)?page\\.(?:[jt]sx?|mdx?)";

  @Override
  public Optional<Found> find(App app) {
    var isNext =
        app.depends("next")
            && (!pages(app).isEmpty()
                || !appPages(app).isEmpty()
                || !app.configuration("next.config").isEmpty()
                || app.manifest().runs("next"));
    if (!isNext) {
      return Optional.empty();
    }
    return Optional.of(
        new Found("next", app.version("next").orElse(null), router(app), entries(app)));
  }

  private static @Nullable String router(App app) {
    var modern = !appPages(app).isEmpty();
    var classic = !pages(app).isEmpty();
    if (modern && classic) {
      return at(app, appPages(app), "/").isEmpty() && !at(app, pages(app), "/").isEmpty()
          ? "next-pages (some routes: next-app)"
          : "next-app (some routes: next-pages)";
    }
    return modern ? "next-app" : classic ? "next-pages" : null;
  }

  private static List<String> entries(App app) {
    var entries = new LinkedHashSet<String>();
    var first = at(app, appPages(app), "/");
    first.stream().limit(1).forEach(page -> addWithLayouts(app, page, entries));
    folder(app, "app/").flatMap(top -> app.script(top + "layout").stream()).forEach(entries::add);
    if (first.isEmpty()) {
      layouts(app).limit(3).forEach(entries::add);
    }
    folder(app, "pages/")
        .flatMap(
            top -> Stream.of("_app", "_document").flatMap(name -> app.script(top + name).stream()))
        .forEach(entries::add);
    at(app, pages(app), "/").stream().limit(1).forEach(entries::add);
    Stream.of("middleware", "src/middleware", "proxy", "src/proxy")
        .flatMap(name -> app.script(name).stream())
        .filter(_ -> first.isEmpty())
        .forEach(entries::add);
    return new ArrayList<>(entries);
  }

  private static Stream<String> layouts(App app) {
    return appFolder(app)
        .flatMap(app::below)
        .filter(path -> path.matches("(?:.*/)?layout\\.[jt]sx?"))
        .sorted(
            (one, other) -> Integer.compare(Routes.parts(one).size(), Routes.parts(other).size()));
  }

  private static void addWithLayouts(App app, String page, LinkedHashSet<String> found) {
    found.add(page);
    found.addAll(Routes.above(app, page, app.root(), "layout"));
    found.addAll(Routes.above(app, page, app.root(), "template"));
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    var files = new LinkedHashSet<String>();
    at(app, appPages(app), route).stream()
        .limit(3)
        .forEach(page -> addWithLayouts(app, page, files));
    at(app, pages(app), route).stream().limit(2).forEach(files::add);
    if (!files.isEmpty()) {
      folder(app, "pages/").flatMap(top -> app.script(top + "_app").stream()).forEach(files::add);
    }
    return new ArrayList<>(files);
  }

  private static List<String> at(App app, List<String> pages, String route) {
    return Routes.matching(
        pages.stream(),
        page -> {
          var inside = app.relative(page).replaceFirst("^(?:src/)?(?:app|pages)/", "");
          return Optional.of(
              Routes.pattern(Routes.bare(inside).replaceFirst("(?:^|/)(?:page|index)$", "")));
        },
        route);
  }

  private static Stream<String> folder(App app, String name) {
    return Stream.of(name, "src/" + name).filter(app::holds).limit(1);
  }

  private static Stream<String> appFolder(App app) {
    return folder(app, "app/");
  }

  private static List<String> appPages(App app) {
    return appFolder(app).flatMap(app::below).filter(path -> path.matches(PAGE)).toList();
  }

  /// The pages of the pages router; `pages/api` alone serves no page.
  private static List<String> pages(App app) {
    return folder(app, "pages/")
        .flatMap(top -> app.below(top).filter(path -> !path.startsWith(app.root() + top + "api/")))
        .filter(path -> path.matches(".*\\.(?:[jt]sx?|mdx?)"))
        .filter(path ->
            !path.matches(
                ".*/_(?:app|document|error|middleware)\\.[jt]sx?|.*\\.(?:test|spec)\\.[jt]sx?"))
        .toList();
  }

  @Override
  public boolean isRoute(App app, String path) {
    return path.matches("(?:.*/)?(?:page|layout|template|loading|error|not-found|route)\\.[jt]sx?")
        || app.relative(path).matches("(?:src/)?pages/.*");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
