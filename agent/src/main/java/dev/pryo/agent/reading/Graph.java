package dev.pryo.agent.reading;

import dev.pryo.agent.framework.Frameworks.Known;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which file of an app uses which, and what is used at all: what its first pages and its routes
/// lead to.
public final class Graph {
  /// Files that a framework or a page starts from, and that nothing needs to import.
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:src/|app/|source/)?(?:main|index|entry[\\w.-]*|app|App|_app|root|bootstrap|client|error|router?)\\.[a-z]+"
              + "|(?:src/)?(?:app/)?(?:pages|routes|layouts|middleware|plugins)/.*"
              + "|(?:src/)?app/(?:.*/)?(?:page|layout|template|loading|error|not-found|default|route|global-error)\\.[jt]sx?"
              + "|(?:src/)?app/app\\.(?:component|config|routes|module)\\.[jt]s");

  private final List<Alias> declared;
  private final Imports imports;
  private final Links links;
  private final Map<String, List<String>> sources = new LinkedHashMap<>();
  private final Set<String> reached = new LinkedHashSet<>();

  /// @param folder the folder that was asked for, with a `/` at its end
  /// @param paths all files that may import others
  public Graph(Known known, String folder, Collection<String> paths) {
    this.declared = Aliases.of(known);
    this.imports = new Imports(known, declared);
    this.links = new Links(known, imports);
    paths.forEach(path -> sources.put(path, links.written(path)));
    var waiting = new ArrayDeque<String>();
    paths.stream()
        .filter(path ->
            known.found().entries().contains(path) || isEntry(path.substring(folder.length())))
        .forEach(waiting::add);
    while (!waiting.isEmpty()) {
      var path = waiting.pop();
      if (reached.add(path)) {
        waiting.addAll(links.from(path));
      }
    }
  }

  private static boolean isEntry(String path) {
    return ENTRY.matcher(path).matches() && !Sample.isTesting(path);
  }

  /// Whether an entry leads to a file; true for all where no entry is known, and for what imports
  /// nothing by its kind.
  public boolean isUsed(String path) {
    return reached.isEmpty() || reached.contains(path) || !sources.containsKey(path);
  }

  /// What a file imports, as written.
  public List<String> sources(String path) {
    return sources.getOrDefault(path, List.of());
  }

  /// What all files import, as written.
  public Stream<String> allSources() {
    return sources.values().stream().flatMap(List::stream);
  }

  /// The file that an import means; empty where it is none of this repository.
  public Optional<String> resolve(String from, String source) {
    return imports.resolve(from, source);
  }

  /// The prefixes that files import by, with the folders they stand for, the most used first.
  public Map<String, String> aliases() {
    var folders = new LinkedHashMap<String, String>();
    declared.stream()
        .filter(alias -> !alias.prefix().isEmpty())
        .forEach(alias -> folders.put(alias.prefix(), alias.to()));
    for (var prefix : Imports.USUAL.keySet()) {
      allSources()
          .filter(one -> one.startsWith(prefix) && !folders.containsKey(prefix))
          .flatMap(one -> before(one, one.substring(prefix.length())).stream())
          .findFirst()
          .ifPresent(folder -> folders.put(prefix, folder));
    }
    var used = new LinkedHashMap<String, String>();
    folders.keySet().stream()
        .filter(prefix -> uses(prefix) > 0)
        .sorted(Comparator.comparingLong(this::uses).reversed().thenComparing(one -> one))
        .forEach(prefix -> used.put(prefix, folders.getOrDefault(prefix, "")));
    return used;
  }

  private long uses(String prefix) {
    return allSources().filter(one -> one.startsWith(prefix)).count();
  }

  /// The folder in which an import finds what is left of it without its prefix.
  private Optional<String> before(String source, String rest) {
    return imports
        .resolve("", source)
        .filter(path -> path.contains(rest))
        .map(path -> path.substring(0, path.indexOf(rest)));
  }

  /// The top from which most files import others without any prefix.
  public Optional<String> top() {
    var prefixes = aliases().keySet();
    var from =
        allSources()
            .filter(one -> !one.startsWith(".") && prefixes.stream().noneMatch(one::startsWith))
            .flatMap(one -> before(one, one).stream())
            .toList();
    var relative = allSources().filter(one -> one.startsWith("../")).count();
    return from.size() > relative ? Optional.of(from.getFirst()) : Optional.empty();
  }
}
