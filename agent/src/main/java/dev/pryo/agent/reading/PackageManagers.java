package dev.pryo.agent.reading;

import dev.pryo.agent.framework.App;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which program installs an app's packages, told by the lock file in its folder or the nearest one
/// above it.
final class PackageManagers {
  private static final Map<String, String> LOCKS =
      new TreeMap<>(
          Map.of(
              "package-lock.json", "npm",
              "npm-shrinkwrap.json", "npm",
              "pnpm-lock.yaml", "pnpm",
              "yarn.lock", "yarn",
              "bun.lock", "bun",
              "bun.lockb", "bun"));

  private PackageManagers() {}

  /// Its name; null where two lock files contradict each other and the manifest does not decide.
  static @Nullable String of(App app) {
    for (var folder = app.root(); ; folder = above(folder)) {
      var here = folder;
      var locks = new ArrayList<String>();
      LOCKS.forEach((file, name) -> {
        if (app.repository().has(here + file) && !locks.contains(name)) {
          locks.add(name);
        }
      });
      var said =
          app.repository()
              .json(here + "package.json")
              .map(json -> json.path("packageManager").asString("").replaceFirst("@.*", ""))
              .filter(name -> !name.isEmpty());
      if (said.isPresent()) {
        return said.get();
      }
      if (!locks.isEmpty()) {
        return locks.size() == 1 ? locks.getFirst() : null;
      }
      if (here.isEmpty()) {
        return app.has("package.json") ? "npm (no lock file)" : "none";
      }
    }
  }

  private static String above(String folder) {
    return Repository.folder(folder.substring(0, folder.length() - 1));
  }
}
