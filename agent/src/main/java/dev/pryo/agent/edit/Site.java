package dev.pryo.agent.edit;

import dev.pryo.agent.Paths;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
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
  private final String root;
  private final Set<String> paths;
  private final Map<String, Optional<SourceText>> texts = new HashMap<>();
  private final Map<String, Page> pages = new HashMap<>();
  private final Map<String, Script> scripts = new HashMap<>();
  private final Map<String, Component> components = new HashMap<>();
  private final Map<String, Optional<LanguageFile>> languages = new HashMap<>();
  private @Nullable Manifest manifest;
  private @Nullable Graph graph;

  /// @param ended experiments that are over; what was written for them is not there
  Site(SourceTree tree, @Nullable String appRoot, Set<String> ended) {
    this.tree = tree;
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
      var all = new HashMap<String, String>();
      for (var folder = root; ; folder = folder(folder.substring(0, folder.length() - 1))) {
        tree.read(folder + "package.json")
            .map(bytes -> Manifest.read(new String(bytes, StandardCharsets.UTF_8)))
            .ifPresent(found -> found.packages().forEach(all::putIfAbsent));
        if (folder.isEmpty()) {
          break;
        }
      }
      manifest = new Manifest(all);
    }
    return manifest;
  }

  /// Whether a framework makes the pages, so that there are components to change instead of them.
  boolean hasComponents() {
    return FRAMEWORKS.stream().anyMatch(manifest()::has)
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
      graph = new Graph(this, hasComponents() ? codePaths() : List.of());
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

  record Root(Component component, Tag tag) {}

  /// The one element that a component renders, where the component is used in one place only, so
  /// that what is marked there is marked nowhere else.
  Optional<Root> onlyRoot(Component from, Tag tag) {
    var home =
        from.code()
            .importOf(tag.name())
            .flatMap(one -> graph().resolve(from.path(), one.source()))
            .filter(path -> Paths.refuseWrite(path).isEmpty())
            .flatMap(this::component);
    var uses =
        components().stream()
            .filter(one -> isUsed(one.path()) && !isTest(one.path()))
            .flatMap(one -> one.tags().values().stream())
            .filter(one -> one.name().equals(tag.name()))
            .count();
    return uses != 1 || !from.dialect().marksInside()
        ? Optional.empty()
        : home.flatMap(one -> root(one).map(root -> new Root(one, root)));
  }

  private Optional<Tag> root(Component component) {
    var roots =
        component.roots().stream()
            .flatMap(one -> one.name().isEmpty() ? tags(one) : Stream.of(one))
            .filter(one -> !Set.of("script", "style", "svelte:head").contains(one.name()))
            .toList();
    return roots.size() == 1
            && roots.getFirst().attribute("data-pryo").isEmpty()
            && (!roots.getFirst().isComponent()
                || passesOn(component, roots.getFirst(), "data-pryo"))
        ? Optional.of(roots.getFirst())
        : Optional.empty();
  }

  private static Stream<Tag> tags(Tag fragment) {
    return fragment.children().stream().filter(Tag.class::isInstance).map(Tag.class::cast);
  }

  /// Whether a component of the app hands an attribute on to what it renders; one of a library is
  /// taken to.
  boolean passesOn(Component from, Tag tag, String attribute) {
    var top = tag.name().replaceFirst("\\..*", "");
    var source = from.code().importOf(top);
    var home =
        source.isEmpty()
            ? Optional.of(from.path())
            : graph().resolve(from.path(), source.get().source());
    if (home.filter(path -> path.endsWith(".vue")).isPresent()) {
      return home.flatMap(this::text)
          .filter(text -> text.body().contains("inheritAttrs"))
          .isEmpty();
    }
    var local = source.map(one -> one.names().getOrDefault(top, top)).orElse(top);
    return home.flatMap(this::text).map(text -> isOpen(text.body(), local, attribute)).orElse(true);
  }

  /// Whether what a file calls by a name hands attributes on: it spreads them, names them, or is an
  /// element with a style.
  private static boolean isOpen(String body, String name, String attribute) {
    var main =
        Pattern.compile("export default (\\w+)\\s*;?\\s*$", Pattern.MULTILINE)
            .matcher(body)
            .results()
            .findFirst()
            .map(hit -> hit.group(1));
    var known = name.equals("default") ? main.orElse(name) : name;
    return body.matches("(?s).*\\b" + Pattern.quote(known) + "\\s*(?::[^=\\n]+)?=\\s*styled\\b.*")
        || body.matches("(?s).*(?:\\{\\s*\\.\\.\\.|\\$attrs|\\$\\$restProps).*")
        || body.contains(attribute);
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
    return manifest().has("next")
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

  /// The pages that load a script, by a tag or through the imports of another script; with whether
  /// every tag that leads to it is of type module.
  List<Loader> loaders(String script) {
    return pages().stream().flatMap(page -> loader(page, script).stream()).toList();
  }

  record Loader(Page page, boolean asModule) {}

  private Optional<Loader> loader(Page page, String wanted) {
    for (var tag : page.document().select("script[src]")) {
      var module = tag.attr("type").equalsIgnoreCase("module");
      var entry = resolve(page.path(), tag.attr("src"));
      if (entry.isPresent()
          && (entry.get().equals(wanted) || (module && imports(entry.get(), wanted)))) {
        return Optional.of(new Loader(page, module));
      }
    }
    return page.document().select("script[type=module]:not([src])").stream()
        .filter(
            inline -> inlineImports(page, inline.data()).anyMatch(found -> reaches(found, wanted)))
        .findFirst()
        .map(_ -> new Loader(page, true));
  }

  private Stream<String> inlineImports(Page page, String code) {
    return Scripts.parse(new SourceText(page.path(), false, code)).imports().stream()
        .flatMap(address -> resolve(page.path(), address).stream());
  }

  private boolean reaches(String entry, String wanted) {
    return entry.equals(wanted) || imports(entry, wanted);
  }

  private boolean imports(String entry, String wanted) {
    var seen = new LinkedHashSet<String>();
    var waiting = new ArrayDeque<>(List.of(entry));
    while (!waiting.isEmpty()) {
      var path = waiting.pop();
      if (!seen.add(path)) {
        continue;
      }
      script(path)
          .ifPresent(script ->
              script.imports().stream()
                  .flatMap(address -> resolve(path, address).stream())
                  .forEach(waiting::add));
    }
    return seen.contains(wanted);
  }
}
