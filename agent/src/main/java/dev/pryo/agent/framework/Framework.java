package dev.pryo.agent.framework;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One way to build an app. An implementation is one file without state; [Frameworks] lists it.
public interface Framework {
  /// What an app is, or empty where it is not of this framework. What another framework only
  /// depends on is no reason to say yes.
  Optional<Found> find(App app);

  /// The files that a visitor's request for a route begins at, the most particular first, layouts
  /// behind; empty where no file tells it, as with a table of routes.
  ///
  /// @param route a path such as `/pricing`, without host, query and fragment
  default List<String> at(App app, Found found, String route) {
    return List.of();
  }

  /// Whether a file is a route's own, which says nothing about components: its export is often
  /// forced upon it.
  default boolean isRoute(App app, String path) {
    return false;
  }

  /// Prefixes of imports that the framework itself declares, and the folders, relative to the app,
  /// for which they stand.
  default Map<String, String> aliases(App app) {
    return Map.of();
  }

  /// Folders, relative to the app, whose files are served as they are.
  default List<String> served() {
    return List.of("public/", "static/");
  }

  /// What an app is.
  ///
  /// @param framework the name a developer would answer
  /// @param version the locked one, null where nothing tells it
  /// @param router its family, details in parentheses behind; null where it is not certain
  /// @param entries the files from which the first page is reached
  record Found(
      String framework, @Nullable String version, @Nullable String router, List<String> entries) {
    public Found {
      entries = List.copyOf(entries);
    }
  }
}
