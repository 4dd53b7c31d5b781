package dev.pryo.agent.framework;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Svelte without SvelteKit.
final class Svelte implements Framework {
  @Override
  public Optional<Found> find(App app) {
    if (!app.depends("svelte") || Pages.entries(app, "src/main", "src/index").isEmpty()) {
      return Optional.empty();
    }
    var entries = new LinkedHashSet<>(Pages.entries(app, "src/main", "src/index"));
    app.present("src/App.svelte").forEach(entries::add);
    var router = app.depends("svelte-spa-router") ? "svelte-spa-router (hash)" : null;
    return Optional.of(
        new Found("svelte", app.version("svelte").orElse(null), router, List.copyOf(entries)));
  }

  @Override
  public List<String> served() {
    return List.of("public/");
  }
}
