package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// SvelteKit: each folder below `src/routes` is a route, its page `+page.svelte`.
final class SvelteKit implements Framework {
  @Override
  public Optional<Found> find(App app) {
    if (!app.depends("@sveltejs/kit") || !app.holds("src/routes/")) {
      return Optional.empty();
    }
    var entries = new LinkedHashSet<>(at(app, "/"));
    app.present("src/app.html").forEach(entries::add);
    return Optional.of(
        new Found(
            "sveltekit",
            app.version("@sveltejs/kit").orElse(null),
            "sveltekit-file",
            new ArrayList<>(entries)));
  }

  private static List<String> at(App app, String route) {
    var files = new LinkedHashSet<String>();
    Routes.matching(
            app.below("src/routes/").filter(path -> path.matches(".*/\\+page(?:@\\w*)?\\.svelte")),
            path -> {
              var inside = app.relative(path).substring("src/routes/".length());
              return Optional.of(Routes.pattern(Repository.folder(inside)));
            },
            route)
        .stream()
        .limit(3)
        .forEach(page -> {
          files.add(page);
          data(app, Repository.folder(page)).forEach(files::add);
          Versions.folders(Repository.folder(page))
              .takeWhile(folder -> folder.startsWith(app.root() + "src/routes"))
              .flatMap(folder -> app.present(app.relative(folder) + "+layout.svelte"))
              .forEach(files::add);
        });
    return new ArrayList<>(files);
  }

  private static Stream<String> data(App app, String folder) {
    return Stream.of("+page", "+page.server")
        .flatMap(name -> app.script(app.relative(folder) + name).stream());
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    return at(app, route);
  }

  @Override
  public Map<String, String> aliases(App app) {
    return Map.of("$lib/", "src/lib/");
  }

  @Override
  public boolean isRoute(App app, String path) {
    return path.matches(".*/\\+[^/]*");
  }

  @Override
  public List<String> served() {
    return List.of("static/");
  }
}
