package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Laravel: Blade views, or with Inertia the pages of a script framework; routes in
/// `routes/web.php`.
final class Laravel implements Framework {
  private static final Pattern VIEW =
      Pattern.compile(
          "Route::(?:get|view|inertia)\\(\\s{0,40}'/?([^']*)'[^;]{0,400}?(?:view\\(\\s{0,40}'|render\\(\\s{0,40}'|,\\s{0,40}')([\\w./-]+)'");

  @Override
  public Optional<Found> find(App app) {
    if (!app.has("artisan") || !app.has("composer.json")) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            "laravel",
            Versions.composer(app, "laravel/framework").orElse(null),
            Inertia.isIn(app) ? "server (routes/web.php, Inertia)" : "server (routes/web.php)",
            shell(app)));
  }

  private static List<String> shell(App app) {
    var files = new LinkedHashSet<String>();
    app.present(
            "resources/views/layouts/app.blade.php",
            "resources/views/components/layouts/app.blade.php",
            "resources/views/app.blade.php",
            "resources/views/welcome.blade.php")
        .forEach(files::add);
    app.script("resources/js/app").ifPresent(files::add);
    app.present("routes/web.php").forEach(files::add);
    return new ArrayList<>(files);
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    var files = new LinkedHashSet<String>();
    var wanted = String.join("/", Routes.parts(route));
    VIEW.matcher(app.body("routes/web.php"))
        .results()
        .filter(hit -> hit.group(1).equals(wanted))
        .flatMap(hit -> drawn(app, hit.group(2)))
        .forEach(files::add);
    if (Inertia.isIn(app)) {
      files.addAll(Inertia.pages(app, route));
    }
    app.present(
            "resources/views/" + wanted + ".blade.php",
            "resources/views/" + wanted + "/index.blade.php")
        .forEach(files::add);
    files.addAll(shell(app));
    return new ArrayList<>(files);
  }

  private static Stream<String> drawn(App app, String name) {
    var path = name.replace('.', '/');
    return Stream.concat(
        app.present("resources/views/" + path + ".blade.php"),
        Stream.of("vue", "tsx", "jsx", "svelte")
            .flatMap(extension ->
                app.present(
                    "resources/js/pages/" + name + "." + extension,
                    "resources/js/Pages/" + name + "." + extension)));
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).matches("resources/(?:views|js/[pP]ages)/.*");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
