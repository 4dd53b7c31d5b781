package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.framework.Release;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The oldest releases that the client file runs on. What is written into an older app would pass
/// every check and break the page.
///
/// @param name of the framework, for people
/// @param binding whose part of the client file asks for it
/// @param dependency that tells the release
record Oldest(String name, String binding, String dependency, Release release) {
  /// React has `useSyncExternalStore` from 18 on; Vue its hooks and `<script setup>` from 2.7 on,
  /// and Nuxt that Vue from 2.16 on, which counts where an app leaves Vue to it; Angular has
  /// signals and `@if` from 17 on.
  private static final List<Oldest> ALL =
      List.of(
          new Oldest("React", "react", "react", new Release(18, 0)),
          new Oldest("Vue", "vue", "vue", new Release(2, 7)),
          new Oldest("Nuxt", "vue", "nuxt", new Release(2, 16)),
          new Oldest("Angular", "angular", "@angular/core", new Release(Angular.OLDEST, 0)));

  /// Why nothing can be written into an app, told by the framework that draws it.
  static Optional<Unable> refuses(Site site) {
    return site.hasComponents() && ALL.stream().anyMatch(one -> one.tooOld(site).isPresent())
        ? refuses(site, site.drawing())
        : Optional.empty();
  }

  /// Why nothing can be written into components of one framework.
  static Optional<Unable> refuses(Site site, Dialect dialect) {
    return ALL.stream()
        .filter(one -> one.binding.equals(dialect.binding()) || standsIn(site, dialect))
        .flatMap(one -> one.tooOld(site).map(one::unable).stream())
        .findFirst();
  }

  /// Every script is read as one of React's; where no React is asked for, that is another
  /// framework's app.
  private static boolean standsIn(Site site, Dialect dialect) {
    return dialect.binding().equals("react")
        && Stream.of("react", "preact", "next", "gatsby").noneMatch(site.manifest()::depends);
  }

  /// The release that an app may run on, where it is too old. Beside Preact, React's says nothing.
  private Optional<Release> tooOld(Site site) {
    var other =
        switch (dependency) {
          case "react" -> site.manifest().depends("preact");
          case "nuxt" -> site.manifest().depends("vue");
          default -> false;
        };
    return other
        ? Optional.empty()
        : site.release(dependency).filter(found -> found.compareTo(release) < 0);
  }

  private Unable unable(Release found) {
    return new Unable(
        "By its package.json and lock file this app may run on %s %s; Pryo's client needs %s %s or later."
            .formatted(name, found, name, release),
        ("Update %s to %s or later and commit the lock file too, then start again. Where another app"
                + " of the repository is meant, name its folder in the project's settings.")
            .formatted(dependency, release));
  }
}
