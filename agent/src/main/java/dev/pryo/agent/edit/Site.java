package dev.pryo.agent.edit;

import dev.pryo.agent.Paths;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import java.net.URI;
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
  private static final List<String> PUBLIC = List.of("", "public/", "static/", "www/", "docs/");

  private final SourceTree tree;
  private final String root;
  private final Set<String> paths;
  private final Map<String, Optional<SourceText>> texts = new HashMap<>();
  private final Map<String, Page> pages = new HashMap<>();
  private final Map<String, Script> scripts = new HashMap<>();

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

  boolean has(String path) {
    return tree.paths().contains(path);
  }

  List<Page> pages() {
    return of("html", "htm").flatMap(path -> page(path).stream()).toList();
  }

  List<Script> scripts() {
    return of("js", "mjs").flatMap(path -> script(path).stream()).toList();
  }

  List<SourceText> styleSheets() {
    return of("css").flatMap(path -> text(path).stream()).toList();
  }

  List<SourceText> others() {
    return OTHER.stream().sorted().flatMap(this::of).flatMap(path -> text(path).stream()).toList();
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
