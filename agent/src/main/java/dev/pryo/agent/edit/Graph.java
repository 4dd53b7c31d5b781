package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which file of an app uses which.
final class Graph {
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\brequire\\s*\\(\\s*|\\b(?:templateUrl|styleUrl)\\s*:\\s*)[\"']([^\"'\\n]+)[\"']");

  /// Files that a framework or a page starts from, and that nothing needs to import.
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:src/|app/|source/)?(?:main|index|entry[\\w.-]*|app|App|_app|root|bootstrap|client|error|router?)\\.[a-z]+"
              + "|(?:src/)?(?:app/)?(?:pages|routes|layouts|middleware|plugins)/.*"
              + "|(?:src/)?app/(?:.*/)?(?:page|layout|template|loading|error|not-found|default|route|global-error)\\.[jt]sx?"
              + "|(?:src/)?app/app\\.(?:component|config|routes|module)\\.[jt]s");

  private static final List<String> ENDINGS =
      List.of(
          "",
          ".ts",
          ".tsx",
          ".js",
          ".jsx",
          ".mjs",
          ".vue",
          ".svelte",
          ".astro",
          ".json",
          "/index.ts",
          "/index.tsx",
          "/index.js",
          "/index.jsx",
          "/index.vue");

  private final Site site;
  private final Map<String, List<String>> sources = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Set<String> reached = new LinkedHashSet<>();

  /// @param paths all files that may import others
  Graph(Site site, List<String> paths) {
    this.site = site;
    for (var path : paths) {
      sources.put(path, site.text(path).map(Graph::sources).orElse(List.of()));
    }
    var waiting = new ArrayDeque<String>();
    paths.stream()
        .filter(path -> isEntry(path.substring(site.root().length())))
        .forEach(waiting::add);
    while (!waiting.isEmpty()) {
      var path = waiting.pop();
      if (reached.add(path)) {
        uses(path).forEach(waiting::add);
        named(path, paths).forEach(waiting::add);
      }
    }
  }

  private static boolean isEntry(String path) {
    return ENTRY.matcher(path).matches() && !Site.isTesting(path);
  }

  private static List<String> sources(SourceText text) {
    return IMPORT.matcher(text.body()).results().map(hit -> hit.group(1)).distinct().toList();
  }

  /// Components that a file names as elements without importing them, as Nuxt allows.
  private Stream<String> named(String path, List<String> paths) {
    if (!site.manifest().has("nuxt")) {
      return Stream.empty();
    }
    var body = site.text(path).map(SourceText::body).orElse("");
    return paths.stream()
        .filter(one -> one.contains("components/"))
        .filter(one -> {
          var inside =
              one.substring(one.indexOf("components/") + 11).replaceFirst("\\.[a-z]+$", "");
          var name = Matching.squash(inside);
          var last = Matching.squash(inside.substring(inside.lastIndexOf('/') + 1));
          return Pattern.compile("<([A-Z][\\w-]*|[a-z]+(?:-[a-z]+)+)")
              .matcher(body)
              .results()
              .map(hit -> Matching.squash(hit.group(1)))
              .anyMatch(tag -> tag.equals(name) || tag.equals(last));
        });
  }

  /// Whether an entry leads to a file; true for all where no entry is known.
  boolean isUsed(String path) {
    return reached.isEmpty() || reached.contains(path) || !sources.containsKey(path);
  }

  /// The files that a file imports, as far as they are in this app.
  Stream<String> uses(String path) {
    return sources.getOrDefault(path, List.of()).stream()
        .flatMap(source -> resolve(path, source).stream());
  }

  /// As written in all files.
  Stream<String> allSources() {
    return sources.values().stream().flatMap(List::stream);
  }

  List<String> sources(String path) {
    return sources.getOrDefault(path, List.of());
  }

  /// The file that an import means.
  Optional<String> resolve(String from, String source) {
    var bare = source.replaceFirst("\\?.*$", "");
    if (bare.startsWith(".")) {
      return found(normal(Site.folder(from) + bare));
    }
    var prefix = prefix(bare);
    return prefix.isEmpty()
        ? fromTop(bare)
        : alias(prefix.get()).flatMap(root -> found(root + bare.substring(prefix.get().length())));
  }

  /// A path from a folder that is a top for imports, as settings may make one.
  private Optional<String> fromTop(String source) {
    return source.contains("/") && !site.manifest().has(source.replaceFirst("/.*", ""))
        ? Stream.of("", "src/", "app/")
            .map(top -> site.root() + top)
            .flatMap(top -> found(top + source).stream())
            .findFirst()
        : Optional.empty();
  }

  /// The top from which most files import others without any prefix.
  Optional<String> top() {
    var from =
        allSources()
            .filter(one -> !one.startsWith(".") && prefix(one).isEmpty())
            .flatMap(one -> fromTop(one).map(path -> path.substring(0, path.indexOf(one))).stream())
            .toList();
    var relative = allSources().filter(one -> one.startsWith("../")).count();
    return from.size() > relative ? Optional.of(from.getFirst()) : Optional.empty();
  }

  private static Optional<String> prefix(String source) {
    return Stream.of("@/", "~/", "~~/", "#/", "$lib/", "src/", "@@/")
        .filter(source::startsWith)
        .findFirst();
  }

  /// The folder that an alias stands for, told by what is imported with it.
  Optional<String> alias(String prefix) {
    var known = aliases.get(prefix);
    if (known != null) {
      return Optional.of(known);
    }
    var tops =
        prefix.equals("$lib/")
            ? List.of("src/lib/")
            : prefix.equals("src/") ? List.of("src/") : List.of("src/", "", "app/", "src/app/");
    var best =
        tops.stream()
            .map(top -> site.root() + top)
            .filter(top ->
                allSources()
                    .filter(one -> one.startsWith(prefix))
                    .anyMatch(one -> found(top + one.substring(prefix.length())).isPresent()))
            .findFirst();
    best.ifPresent(root -> aliases.put(prefix, root));
    return best;
  }

  private Optional<String> found(String path) {
    var exact = ENDINGS.stream().map(ending -> path + ending).filter(site::has).findFirst();
    return exact.or(() ->
        path.matches(".*\\.[cm]?jsx?")
            ? Stream.of(".ts", ".tsx")
                .map(ending -> path.replaceFirst("\\.[cm]?jsx?$", ending))
                .filter(site::has)
                .findFirst()
            : Optional.empty());
  }

  private static String normal(String path) {
    var parts = new ArrayList<String>();
    for (var part : path.split("/")) {
      if (part.equals("..") && !parts.isEmpty()) {
        parts.removeLast();
      } else if (!part.equals(".") && !part.isEmpty()) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
