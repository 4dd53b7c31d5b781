package dev.pryo.agent.framework;

import java.util.List;
import java.util.Optional;

/// All frameworks that Pryo knows. The order matters: what another one builds upon comes behind it.
public final class Frameworks {
  /// Those that rule over a whole app.
  private static final List<Framework> WHOLE =
      List.of(
          new Next(),
          new Nuxt(),
          new SvelteKit(),
          new Astro(),
          new Gatsby(),
          new TanStackStart(),
          new ReactRouter(),
          new Angular(),
          new Rails(),
          new Laravel(),
          new Django());

  /// Those that others build upon.
  private static final List<Framework> PARTS = List.of(new Vue(), new Svelte(), new React());

  /// What draws an app by rules that are not known here; what else it depends on tells nothing.
  private static final List<String> UNKNOWN =
      List.of(
          "@docusaurus/core",
          "@builder.io/qwik",
          "@redwoodjs/core",
          "@solidjs/start",
          "expo",
          "react-native",
          "ember-source",
          "vitepress",
          "waku",
          "umi",
          "@umijs/max",
          "quasar",
          "@ionic/core",
          "preact-cli",
          "solid-js",
          "preact",
          "@11ty/eleventy",
          "hexo",
          "lit",
          "elm");

  private Frameworks() {}

  /// An app and what it was found to be.
  public record Known(App app, Framework kind, Framework.Found found) {}

  /// What an app is; empty where no framework knows it.
  static Optional<Known> of(App app) {
    return first(app, WHOLE).or(() -> isUnknown(app) ? Optional.empty() : first(app, PARTS));
  }

  /// Pages that are served as they lie there, where nothing else draws them.
  static Optional<Known> plain(App app) {
    return isUnknown(app) ? Optional.empty() : first(app, List.of(new Html()));
  }

  /// An app of no framework that is known here.
  static Known none(App app) {
    return new Known(app, _ -> Optional.empty(), new Framework.Found("", null, null, List.of()));
  }

  private static boolean isUnknown(App app) {
    return UNKNOWN.stream().anyMatch(app::depends);
  }

  private static Optional<Known> first(App app, List<Framework> kinds) {
    return kinds.stream()
        .flatMap(kind -> kind.find(app).map(found -> new Known(app, kind, found)).stream())
        .findFirst();
  }
}
