package dev.pryo.agent.reading;

import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// From an import, as it is written, to the file it means: relative, by alias, by the name of
/// another package of the workspace; with the extension or `index` that is left out.
final class Imports {
  private static final List<String> ENDINGS =
      List.of(
          "",
          ".tsx",
          ".ts",
          ".jsx",
          ".js",
          ".vue",
          ".svelte",
          ".astro",
          ".mjs",
          ".mts",
          ".json",
          ".mdx",
          ".md",
          ".css",
          ".scss",
          ".html",
          "/index.tsx",
          "/index.ts",
          "/index.jsx",
          "/index.js",
          "/index.vue",
          "/index.mjs",
          ".component.ts");

  /// Prefixes whose folder is often declared where it cannot be read, and those that it may be.
  static final Map<String, List<String>> USUAL =
      Map.of(
          "@/", List.of("src/", "", "app/", "src/app/"),
          "~/", List.of("src/", "", "app/", "src/app/"),
          "#/", List.of("src/", "", "app/"),
          "$lib/", List.of("src/lib/"));

  private static final List<String> TOPS = List.of("", "src/", "app/");
  private static final int MOST_PACKAGES = 500;

  private final Known known;
  private final Repository repository;
  private final List<Alias> aliases;
  private final Map<String, String> packages = new HashMap<>();

  Imports(Known known, List<Alias> aliases) {
    this.known = known;
    this.repository = known.app().repository();
    this.aliases =
        aliases.stream()
            .sorted((one, other) -> Integer.compare(other.prefix().length(), one.prefix().length()))
            .toList();
    repository.paths().stream()
        .filter(path -> path.endsWith("/package.json") && !Repository.isForeign(path))
        .limit(MOST_PACKAGES)
        .forEach(path ->
            repository
                .json(path)
                .map(json -> json.path("name").asString(""))
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> packages.putIfAbsent(name, Repository.folder(path))));
  }

  /// The files of the packages of the workspace that the app depends on.
  List<String> workspace() {
    return packages.entrySet().stream()
        .filter(one -> known.app().depends(one.getKey()))
        .flatMap(one -> repository.below(one.getValue()).stream())
        .sorted()
        .toList();
  }

  /// The names of the workspace's packages and the folders they lie in.
  Map<String, String> packages() {
    return packages;
  }

  Optional<String> resolve(String from, String written) {
    var name = written.replaceFirst("[?#](?!/).*$", "");
    if (name.isEmpty() || name.length() > 300) {
      return Optional.empty();
    }
    if (name.startsWith(".")) {
      return join(Repository.folder(from), name).flatMap(this::file);
    }
    return aliases.stream()
        .filter(alias -> name.startsWith(alias.prefix()))
        .flatMap(alias ->
            join(alias.to(), name.substring(alias.prefix().length())).flatMap(this::file).stream())
        .findFirst()
        .or(() -> inWorkspace(name))
        .or(() -> undeclared(name));
  }

  /// Where nothing that can be read declares what a prefix stands for, the usual folders are tried.
  private Optional<String> undeclared(String name) {
    var slash = name.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    var tops = USUAL.get(name.substring(0, slash + 1));
    if (tops == null && known.app().depends(name.substring(0, slash))) {
      return Optional.empty();
    }
    var rest = tops == null ? name : name.substring(slash + 1);
    return (tops == null ? TOPS : tops)
        .stream()
            .flatMap(top -> join(known.app().root() + top, rest).flatMap(this::file).stream())
            .findFirst();
  }

  private Optional<String> inWorkspace(String name) {
    var parts = name.split("/");
    var length = name.startsWith("@") ? 2 : 1;
    if (parts.length < length) {
      return Optional.empty();
    }
    var own = String.join("/", List.of(parts).subList(0, length));
    var folder = packages.get(own);
    if (folder == null) {
      return Optional.empty();
    }
    var rest = String.join("/", List.of(parts).subList(length, parts.length));
    return Stream.concat(
            exported(folder, rest), Stream.of("src/" + rest, rest, "src/index", "index"))
        .filter(path -> !path.isEmpty())
        .flatMap(path -> join(folder, path).flatMap(this::file).stream())
        .findFirst();
  }

  /// What a package's manifest names, as far as it is source and not built.
  private Stream<String> exported(String folder, String rest) {
    var json = repository.json(folder + "package.json");
    if (json.isEmpty()) {
      return Stream.empty();
    }
    var names = new ArrayList<String>();
    var entry = json.get().path("exports").path(rest.isEmpty() ? "." : "./" + rest);
    if (entry.isString()) {
      names.add(entry.asString(""));
    }
    entry.properties().forEach(one -> names.add(one.getValue().asString("")));
    if (rest.isEmpty()) {
      Stream.of("source", "svelte", "main", "module", "types")
          .forEach(field -> names.add(json.get().path(field).asString("")));
    }
    return names.stream().filter(name -> !name.isEmpty() && !name.contains("dist/"));
  }

  /// The file of a path whose extension may be missing, or be that of what it is compiled to.
  Optional<String> file(String path) {
    var bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return ENDINGS.stream()
        .map(ending -> bare + ending)
        .filter(repository::has)
        .findFirst()
        .or(() ->
            path.matches(".*\\.jsx?")
                ? Stream.of(".ts", ".tsx")
                    .map(ending -> path.replaceFirst("\\.jsx?$", ending))
                    .filter(repository::has)
                    .findFirst()
                : Optional.empty());
  }

  /// A path from a folder, `.` and `..` taken away; empty where it leaves the repository.
  static Optional<String> join(String folder, String path) {
    var parts = new ArrayList<String>();
    var isFolder = path.endsWith("/") || path.endsWith("/.") || path.equals(".");
    for (var part : (path.startsWith("/") ? path : folder + path).split("/")) {
      if (part.equals("..")) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    var joined = String.join("/", parts);
    return Optional.of(isFolder && !joined.isEmpty() ? joined + "/" : joined);
  }
}
