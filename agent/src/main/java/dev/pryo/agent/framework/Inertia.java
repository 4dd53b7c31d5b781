package dev.pryo.agent.framework;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Inertia: pages that a server names and a script framework draws.
final class Inertia {
  private static final List<String> PAGES =
      List.of("resources/js/", "app/frontend/", "app/javascript/", "frontend/", "src/", "static/");

  private Inertia() {}

  static boolean isIn(App app) {
    return app.depends(
        "@inertiajs/vue3",
        "@inertiajs/react",
        "@inertiajs/svelte",
        "@inertiajs/vue2",
        "@inertiajs/inertia");
  }

  /// The pages whose path ends like a route; that of the front page has many usual names.
  static List<String> pages(App app, String route) {
    var parts = Routes.parts(route);
    return PAGES.stream()
        .flatMap(top -> Stream.of(top + "pages/", top + "Pages/"))
        .flatMap(app::below)
        .filter(path -> {
          var bare = Routes.bare(path).toLowerCase(Locale.ROOT).replaceFirst("/index$", "");
          var name = bare.substring(bare.lastIndexOf('/') + 1);
          return parts.isEmpty()
              ? name.matches("home|welcome|landing|pages")
              : bare.endsWith("/" + parts.getLast().toLowerCase(Locale.ROOT));
        })
        .toList();
  }
}
