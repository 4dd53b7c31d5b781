package dev.pryo.agent.edit;

import dev.pryo.agent.Paths;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.framework.Apps;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Manifest;
import dev.pryo.agent.framework.Release;
import dev.pryo.agent.framework.Repository;
import dev.pryo.agent.reading.Graph;
import dev.pryo.agent.reading.Style;
import dev.pryo.agent.reading.StyleSheets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of an app as edit mode sees them: pages, scripts, style sheets and, to know what it
/// cannot change, other files that may hold visible text. What may not be read is not there.
final class Site {
  static final int MOST_FILES = 2000;
  private static final Pattern TESTING =
      Pattern.compile(
          "(?i)(?:.*/)?(?:tests?|__tests__|specs?|stories|e2e|cypress|fixtures|__mocks__|mocks)/.*"
              + "|.*\\.(?:test|spec|stories|story)\\.[a-z]+");
  private static final Set<String> OTHER =
      Set.of("jsx", "tsx", "ts", "vue", "svelte", "astro", "json", "md", "mdx", "erb", "php");
  private static final Set<String> FRAMEWORKS =
      Set.of(
          "react",
          "preact",
          "next",
          "gatsby",
          "vue",
          "nuxt",
          "svelte",
          "@sveltejs/kit",
          "astro",
          "@angular/core");

  /// About the code, and never shown to a visitor.
  private static final Pattern NOTES =
      Pattern.compile(
          "(?i)(?:.*/)?(?:readme|changelog|contributing|licen[cs]e|security|code_of_conduct)[\\w.-]*");

  private static final Pattern MANIFEST =
      Pattern.compile("(?:.*/)?(?:package|package-lock|[\\w.-]*config|manifest|composer)\\.json");
  private static final List<String> PUBLIC = List.of("", "public/", "static/", "www/", "docs/");

  private final SourceTree tree;
  private final Repository repository;
  private final String root;
  private final boolean chosen;
  private final Set<String> paths;
  private final Map<String, Optional<SourceText>> texts = new HashMap<>();
  private final Map<String, Page> pages = new HashMap<>();
  private final Map<String, Script> scripts = new HashMap<>();
  private final Map<String, Component> components = new HashMap<>();
  private final Map<String, Optional<LanguageFile>> languages = new HashMap<>();
  private @Nullable Manifest manifest;
  private @Nullable Known known;
  private @Nullable TeamStyle style;
  private @Nullable Graph graph;

  /// @param ended experiments that are over; what was written for them is not there
  Site(SourceTree tree, @Nullable String appRoot, Set<String> ended) {
    this.tree = tree;
    this.chosen = appRoot != null;
    this.repository = new Repository(tree);
    var folder = appRoot == null ? "" : appRoot.replaceFirst("^\\./", "").replaceFirst("/+$", "");
    this.root = folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
    this.paths = new LinkedHashSet<>();
    for (var path : tree.paths()) {
      if (path.startsWith(root)
          && !Paths.isForeign(path)
          && !path.matches("(?i).*\\.min\\.[a-z]+")
          && ended.stream().noneMatch(key -> Homes.isOf(key, path))
          && Paths.refuseRead(path).isEmpty()) {
        paths.add(path);
      }
    }
  }

  /// The app's folder with a `/` at its end, empty for the whole repository.
  String root() {
    return root;
  }

  boolean isEmpty() {
    return paths.isEmpty();
  }

  /// More files than edit mode looks at, so that nothing it found would be certain.
  boolean isTooBig() {
    return Stream.of(of("html", "htm"), of("js", "mjs"), OTHER.stream().flatMap(this::of))
        .anyMatch(files -> files.count() > MOST_FILES);
  }

  /// What the app's `package.json`, and those above it, name.
  Manifest manifest() {
    if (manifest == null) {
      var all = Manifest.read(repository, root + "package.json");
      for (var folder = root; !folder.isEmpty(); ) {
        folder = folder(folder.substring(0, folder.length() - 1));
        all = all.within(Manifest.read(repository, folder + "package.json"));
      }
      manifest = all;
    }
    return manifest;
  }

  /// The oldest release of a package that the app may run on, where that can be told.
  Optional<Release> release(String name) {
    return Release.of(repository, root, manifest(), name);
  }

  private Known known() {
    if (known == null) {
      known = Apps.at(repository, root, chosen);
    }
    return known;
  }

  boolean speaksTailwind() {
    return StyleSheets.speaksTailwind(known());
  }

  /// How the team writes, by the one measure there is of it.
  TeamStyle style() {
    if (style == null) {
      style = TeamStyle.of(Style.of(known()), Style.indentation(styleSheets()));
    }
    return style;
  }

  /// Whether a framework makes the pages, so that there are components to change instead of them.
  boolean hasComponents() {
    return FRAMEWORKS.stream().anyMatch(manifest()::depends)
        && paths.stream().anyMatch(path -> dialect(path).isPresent());
  }

  /// What words can mean: the components, or the pages where there are no components.
  List<? extends Markup> markups() {
    return hasComponents() ? components() : pages();
  }

  Optional<Dialect> dialect(String path) {
    return Dialect.all().stream().filter(one -> one.reads(path, manifest())).findFirst();
  }

  /// Components, and the code beside them.
  List<Component> components() {
    return codePaths().stream().flatMap(path -> component(path).stream()).toList();
  }

  private List<String> codePaths() {
    return paths.stream()
        .filter(path -> dialect(path).isPresent() && !path.endsWith(".d.ts"))
        .filter(path -> !LanguageFile.isOne(path))
        .toList();
  }

  Optional<Component> component(String path) {
    return dialect(path)
        .flatMap(dialect ->
            text(path).map(text -> components.computeIfAbsent(path, _ -> dialect.read(text))));
  }

  /// The framework that draws something in this app.
  Dialect drawing() {
    var bindings =
        components().stream()
            .filter(one -> !one.roots().isEmpty())
            .map(one -> one.dialect().binding())
            .toList();
    return Dialect.all().stream()
        .filter(one -> bindings.contains(one.binding()))
        .findFirst()
        .orElseGet(() -> components().getFirst().dialect());
  }

  /// The texts of each language, where the app keeps them in files of their own.
  List<LanguageFile> languages() {
    return hasComponents()
        ? paths.stream()
            .filter(LanguageFile::isOne)
            .flatMap(path ->
                languages
                    .computeIfAbsent(path, _ -> text(path).flatMap(LanguageFile::read))
                    .stream())
            .toList()
        : List.of();
  }

  Graph graph() {
    if (graph == null) {
      graph = new Graph(known(), root, hasComponents() ? codePaths() : List.of());
    }
    return graph;
  }

  /// Whether something leads to a file, as far as that can be told.
  boolean isUsed(String path) {
    return !hasComponents() || graph().isUsed(path);
  }

  Set<String> paths() {
    return paths;
  }

  /// The text of a settings file in the app's folder.
  Optional<String> settings(String name) {
    return tree.read(root + name)
        .or(() -> tree.read(name))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /// Whether components are rendered on a server alone unless they say otherwise, as in Next's app
  /// router.
  boolean hasServerComponents() {
    return manifest().depends("next")
        && paths.stream()
            .anyMatch(path ->
                path.substring(root.length())
                    .matches("(?:src/)?app/(?:.*/)?(?:page|layout)\\.[jt]sx?"));
  }

  boolean has(String path) {
    return tree.paths().contains(path);
  }

  List<Page> pages() {
    return of("html", "htm").flatMap(path -> page(path).stream()).toList();
  }

  /// Scripts of pages.
  List<Script> scripts() {
    return hasComponents()
        ? List.of()
        : of("js", "mjs").flatMap(path -> script(path).stream()).toList();
  }

  List<SourceText> styleSheets() {
    return of("css").flatMap(path -> text(path).stream()).toList();
  }

  List<SourceText> others() {
    return Stream.concat(OTHER.stream().sorted(), hasComponents() ? Stream.of("html") : Stream.of())
        .flatMap(this::of)
        .filter(path -> !hasComponents() || (dialect(path).isEmpty() && !LanguageFile.isOne(path)))
        .filter(path -> !MANIFEST.matcher(path).matches() && !NOTES.matcher(path).matches())
        .flatMap(path -> text(path).stream())
        .toList();
  }

  Optional<Page> page(String path) {
    return text(path).map(text -> pages.computeIfAbsent(path, _ -> Page.parse(text)));
  }

  Optional<Script> script(String path) {
    return text(path).map(text -> scripts.computeIfAbsent(path, _ -> Scripts.parse(text)));
  }

  Optional<SourceText> text(String path) {
    return texts.computeIfAbsent(
        path,
        _ ->
            tree.read(path)
                .filter(bytes -> bytes.length <= Paths.MAX_FILE)
                .flatMap(bytes -> SourceText.decode(path, bytes)));
  }

  private Stream<String> of(String... extensions) {
    var wanted = Set.of(extensions);
    return paths.stream().filter(path -> wanted.contains(extension(path)));
  }

  static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /// The folder of a path with a `/` at its end, empty at the top.
  static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /// Whether a file of the app is there for tests alone, told by its path inside the app.
  boolean isTest(String path) {
    return isTesting(path.startsWith(root) ? path.substring(root.length()) : path);
  }

  static boolean isTesting(String path) {
    return TESTING.matcher(path).matches();
  }

  /// The file that an address on a page or in a script means; empty where it is not in this tree.
  Optional<String> resolve(String from, String address) {
    if (address.startsWith("/") && !address.startsWith("//")) {
      return publicRoots()
          .flatMap(top -> path(top, address.substring(1)).stream())
          .filter(this::has)
          .findFirst();
    }
    return path(folder(from), address).filter(this::has);
  }

  /// The folder that `/` means on the web, told by an address that a page uses and that is there.
  Optional<String> webRoot(String address) {
    return publicRoots()
        .filter(top -> path(top, address.substring(1)).filter(this::has).isPresent())
        .findFirst();
  }

  private Stream<String> publicRoots() {
    return PUBLIC.stream().map(folder -> root + folder);
  }

  private static Optional<String> path(String folder, String address) {
    try {
      var uri = URI.create(address);
      if (uri.isAbsolute() || uri.getRawAuthority() != null || uri.getPath().isEmpty()) {
        return Optional.empty();
      }
      var path = URI.create("/" + folder.replace(" ", "%20")).resolve(uri).getPath();
      return path.startsWith("/..") ? Optional.empty() : Optional.of(path.substring(1));
    } catch (IllegalArgumentException notAddress) {
      return Optional.empty();
    }
  }
}
