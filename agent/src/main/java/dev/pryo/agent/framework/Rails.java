package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Ruby on Rails: views are named after controllers and actions, which `config/routes.rb` assigns.
/// With Inertia the pages are components of a script framework instead.
final class Rails implements Framework {
  private static final Pattern ROUTE =
      Pattern.compile(
          "^\\s{0,40}(?:get|match)\\s{1,40}[\"']/?([^\"']*)[\"']\\s{0,40}(?:=>|,\\s{0,40}(?:to:|:to\\s{0,40}=>))\\s{0,40}[\"'](\\w[\\w/]*)#(\\w+)",
          Pattern.MULTILINE);
  private static final Pattern ROOT =
      Pattern.compile(
          "^\\s{0,40}root\\s{0,40}\\(?\\s{0,40}(?:to:|:to\\s{0,40}=>)?\\s{0,40}[\"'](\\w[\\w/]*)#(\\w+)",
          Pattern.MULTILINE);

  @Override
  public Optional<Found> find(App app) {
    var isRails =
        app.has("Gemfile") && (app.has("config/routes.rb") || app.has("config/application.rb"));
    if (!isRails) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            "rails",
            Versions.gem(app, "rails").or(() -> Versions.gem(app, "railties")).orElse(null),
            Inertia.isIn(app) ? "server (config/routes.rb, Inertia)" : "server (config/routes.rb)",
            entries(app)));
  }

  /// The layout, the view of the root route, the scripts and the table of routes.
  private static List<String> entries(App app) {
    var files = new LinkedHashSet<String>();
    app.below("app/views/layouts/application.").forEach(files::add);
    views(app, "/").forEach(files::add);
    files.addAll(shell(app));
    return new ArrayList<>(files);
  }

  private static List<String> shell(App app) {
    var files = new LinkedHashSet<String>();
    app.below("app/views/layouts/application.").forEach(files::add);
    Stream.of(
            "app/javascript/application",
            "app/frontend/entrypoints/application",
            "app/frontend/entrypoints/inertia")
        .flatMap(name -> app.script(name).stream())
        .forEach(files::add);
    app.present("config/routes.rb").forEach(files::add);
    return new ArrayList<>(files);
  }

  @Override
  public List<String> at(App app, Found found, String route) {
    var files = new LinkedHashSet<String>();
    if (Inertia.isIn(app)) {
      files.addAll(Inertia.pages(app, route));
    }
    views(app, route).forEach(files::add);
    files.addAll(shell(app));
    return new ArrayList<>(files);
  }

  private static Stream<String> views(App app, String route) {
    var table = app.body("config/routes.rb").replaceAll("(?m)^\\s{0,40}#.*$", "");
    var wanted = String.join("/", Routes.parts(route));
    var root = ROOT.matcher(table);
    if (wanted.isEmpty()) {
      return root.find() ? views(app, root.group(1), root.group(2)) : Stream.empty();
    }
    var said =
        ROUTE
            .matcher(table)
            .results()
            .filter(hit -> hit.group(1).replaceAll("\\(.*", "").equals(wanted))
            .findFirst();
    return said.map(hit -> views(app, hit.group(2), hit.group(3)))
        .orElseGet(() ->
            Stream.of("index", "show", "new")
                .flatMap(action -> views(app, wanted.replaceFirst("/.*", ""), action)));
  }

  private static Stream<String> views(App app, String controller, String action) {
    return app.below("app/views/" + controller + "/" + action + ".");
  }

  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).startsWith("app/views/");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
