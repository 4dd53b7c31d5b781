package dev.pryo.agent.framework;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One app of a repository: a folder with a manifest or a page of its own. Paths are relative to
/// the repository; what a framework asks for is relative to the app.
public final class App {
  private static final Set<String> SCRIPTS =
      Set.of("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts");

  private final Repository repository;
  private final String root;
  private final Manifest manifest;
  private final List<String> files;

  /// @param root the app's folder with a `/` at its end, empty for the whole repository
  /// @param others the folders of other apps inside it, which are not part of it
  App(Repository repository, String root, List<String> others) {
    this.repository = repository;
    this.root = root;
    this.manifest = Manifest.read(repository, root + "package.json");
    this.files =
        repository.below(root).stream()
            .filter(path -> others.stream().noneMatch(path::startsWith))
            .toList();
  }

  public Repository repository() {
    return repository;
  }

  /// The app's folder with a `/` at its end, empty for the whole repository.
  public String root() {
    return root;
  }

  public Manifest manifest() {
    return manifest;
  }

  /// All its files.
  public List<String> files() {
    return files;
  }

  public boolean depends(String... names) {
    return Arrays.stream(names).anyMatch(manifest::depends);
  }

  /// The locked version of a package, or what the manifest asks for where that is one version.
  public Optional<String> version(String name) {
    return Versions.of(this, name);
  }

  /// The text of a file of the app, empty where there is none.
  public String body(String relative) {
    return repository.body(root + relative);
  }

  public boolean has(String relative) {
    return repository.has(root + relative);
  }

  /// The first of these files that is there, as a path of the repository.
  public Optional<String> first(String... relatives) {
    return Arrays.stream(relatives).filter(this::has).map(root::concat).findFirst();
  }

  /// Those of these files that are there, as paths of the repository.
  public Stream<String> present(String... relatives) {
    return Arrays.stream(relatives).filter(this::has).map(root::concat);
  }

  /// A script named without its extension, whichever it has.
  public Optional<String> script(String relative) {
    return Stream.of("tsx", "ts", "jsx", "js", "mjs", "mts")
        .map(extension -> relative + "." + extension)
        .filter(this::has)
        .map(root::concat)
        .findFirst();
  }

  /// The text of a configuration file such as `vite.config`, whichever extension it has.
  public String configuration(String name) {
    return Stream.of("ts", "js", "mjs", "cjs", "mts", "cts")
        .map(extension -> name + "." + extension)
        .filter(this::has)
        .map(this::body)
        .findFirst()
        .orElse("");
  }

  /// Whether a file lies below a folder of the app.
  public boolean holds(String folder) {
    return !repository.below(root + folder).isEmpty();
  }

  /// The app's files below a folder, as paths of the repository.
  public Stream<String> below(String folder) {
    return files.stream().filter(path -> path.startsWith(root + folder));
  }

  /// A path of the repository as the app names it.
  public String relative(String path) {
    return path.substring(root.length());
  }

  public static boolean isScript(String path) {
    return SCRIPTS.contains(Repository.extension(path));
  }
}
