package dev.pryo.agent.framework;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Angular: standalone components or modules, routes in a table.
final class Angular implements Framework {
  private static final Pattern TABLE =
      Pattern.compile(
          ":\\s{0,40}Routes\\s{0,40}=|RouterModule\\.for(?:Root|Child)\\s{0,40}\\(|provideRouter\\s{0,40}\\(");

  @Override
  public Optional<Found> find(App app) {
    if (!app.depends("@angular/core")
        || (!app.has("angular.json") && !app.has("project.json") && !app.has("src/main.ts"))) {
      return Optional.empty();
    }
    var entries = new LinkedHashSet<String>();
    app.present(
            "src/index.html",
            "src/main.ts",
            "src/app/app.component.ts",
            "src/app/app.component.html",
            "src/app/app.ts",
            "src/app/app.html",
            "src/app/app.routes.ts",
            "src/app/app-routing.module.ts",
            "src/app/app.config.ts",
            "src/app/app.module.ts")
        .forEach(entries::add);
    var table = Mentions.in(app, "Route", TABLE);
    table.ifPresent(entries::add);
    return Optional.of(
        new Found(
            "angular",
            app.version("@angular/core").orElse(null),
            table.map(_ -> router(app)).orElse("none"),
            List.copyOf(entries)));
  }

  private static String router(App app) {
    return Mentions.anywhere(
            app, "ash", "useHash\\s{0,40}:\\s{0,40}true|withHashLocation\\s{0,40}\\(")
        ? "angular-router (config, hash)"
        : "angular-router (config)";
  }

  @Override
  public List<String> served() {
    return List.of("public/", "src/assets/");
  }
}
