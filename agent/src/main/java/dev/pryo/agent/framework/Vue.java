package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Vue 2 and 3, built by Vite or Vue CLI.
final class Vue implements Framework {
  private static final Pattern ROUTER =
      Pattern.compile("createRouter\\s{0,40}\\(|new\\s{1,40}(?:Vue)?Router\\s{0,40}\\(");

  private static final Pattern OLD = Pattern.compile("new\\s{1,40}(?:Vue)?Router\\s{0,40}\\(");

  @Override
  public Optional<Found> find(App app) {
    var isApp =
        app.depends("vue")
            && (app.depends("@vue/cli-service")
                || Pages.loadsModule(app)
                || (!Pages.entries(app).isEmpty()
                    && app.depends("vite", "webpack", "laravel-mix")));
    if (!isApp) {
      return Optional.empty();
    }
    var version = app.version("vue");
    var table = table(app);
    var entries = new LinkedHashSet<>(Pages.entries(app, "src/main", "src/index"));
    app.present("src/App.vue", "src/app.vue", "App.vue").limit(1).forEach(entries::add);
    table.ifPresent(entries::add);
    return Optional.of(
        new Found(
            "vue",
            version.orElse(null),
            table.map(file -> router(app, file)).orElse("none"),
            new ArrayList<>(entries)));
  }

  private static Optional<String> table(App app) {
    return app.depends("vue-router") ? Mentions.in(app, "outer", ROUTER) : Optional.empty();
  }

  /// From version 4 the history is named; before, the mode is the hash unless something else is
  /// said.
  private static String router(App app, String file) {
    var code = Comments.blank(file, app.repository().body(file));
    if (code.contains("createWebHashHistory")) {
      return "vue-router (config, hash history)";
    }
    if (code.contains("createWebHistory")) {
      return "vue-router (config)";
    }
    var old = OLD.matcher(code).find();
    var said = Pattern.compile("mode\\s{0,40}:\\s{0,40}([^,\\n}]+)").matcher(code);
    if (old && !said.find()) {
      return "vue-router (config, hash mode)";
    }
    return old && said.group(1).contains("hash")
        ? "vue-router (config, hash mode)"
        : "vue-router (config)";
  }

  @Override
  public Map<String, String> aliases(App app) {
    return app.depends("@vue/cli-service") ? Map.of("@/", "src/") : Map.of();
  }

  /// What a table of routes shows lies in a folder of its own.
  @Override
  public boolean isRoute(App app, String path) {
    return app.relative(path).matches("(?:src/)?(?:views|pages)/.*\\.vue");
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
