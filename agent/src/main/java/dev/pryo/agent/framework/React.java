package dev.pryo.agent.framework;

import java.util.List;
import java.util.Optional;

/// React drawn in the browser, built by Vite, Create React App, webpack or Parcel.
final class React implements Framework {
  @Override
  public Optional<Found> find(App app) {
    var isApp =
        app.depends("react-dom")
            && (app.depends("react-scripts", "@craco/craco", "react-app-rewired")
                || Pages.loadsModule(app)
                || (!Pages.entries(app).isEmpty()
                    && app.depends(
                        "vite",
                        "webpack",
                        "parcel",
                        "parcel-bundler",
                        "@rspack/core",
                        "@rsbuild/core",
                        "esbuild")));
    if (!isApp) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(
            "react",
            app.version("react").orElse(null),
            router(app),
            Pages.entries(app, "src/main", "src/index", "index", "src/App", "App")));
  }

  /// A router that is installed and wraps the app is none yet: there have to be routes.
  private static String router(App app) {
    if (app.depends("@tanstack/react-router")
        && Mentions.anywhere(app, "@tanstack/react-router", "createRouter|createFileRoute")) {
      return "tanstack-router";
    }
    if (app.depends("wouter") && Mentions.anywhere(app, "wouter", "<Route\\b")) {
      return "wouter";
    }
    if (!app.depends("react-router-dom", "react-router")) {
      return "none";
    }
    if (Mentions.anywhere(
            app, "HashRouter", "createHashRouter\\s{0,40}\\(|<HashRouter\\b|HashRouter as")
        && hasRoutes(app)) {
      return "react-router (config, hash history)";
    }
    return hasRoutes(app) ? "react-router (config)" : "none";
  }

  private static boolean hasRoutes(App app) {
    return Mentions.anywhere(
        app,
        "Route",
        "<\\w{0,40}Route\\b|create\\w{1,40}Router\\s{0,40}\\(|useRoutes\\s{0,40}\\(|createRoutesFrom");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
