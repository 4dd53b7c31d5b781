package dev.pryo.agent.framework;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The versions that lock files hold: those of npm, pnpm, yarn (classic and later), bun, Bundler,
/// Composer, Poetry and uv. They lie in the app's folder or in one above it.
final class Versions {
  private static final Pattern RANGE = Pattern.compile("[\\^~]?v?\\d[\\w.+-]*");

  private Versions() {}

  /// The locked version of a package; without lock file what the manifest asks for.
  static Optional<String> of(App app, String name) {
    return locked(app.repository(), app.root(), app.manifest(), name)
        .or(() ->
            Optional.ofNullable(app.manifest().dependencies().get(name))
                .filter(range -> RANGE.matcher(range).matches()));
  }

  /// What the lock file holds that is nearest to an app's folder.
  static Optional<String> locked(
      Repository repository, String root, Manifest manifest, String name) {
    return folders(root)
        .flatMap(folder -> inFolder(repository, root, manifest, folder, name).stream())
        .findFirst();
  }

  /// A folder and those above it.
  static Stream<String> folders(String root) {
    return Stream.iterate(
        root,
        folder -> folder != null,
        folder ->
            folder.isEmpty() ? null : Repository.folder(folder.substring(0, folder.length() - 1)));
  }

  private static Optional<String> inFolder(
      Repository repository, String root, Manifest manifest, String folder, String name) {
    var inside = root.substring(folder.length());
    return npm(repository.lock(folder + "package-lock.json"), inside, name)
        .or(() -> npm(repository.lock(folder + "npm-shrinkwrap.json"), inside, name))
        .or(() -> pnpm(repository.lock(folder + "pnpm-lock.yaml"), inside, name))
        .or(() -> yarn(repository.lock(folder + "yarn.lock"), manifest, name))
        .or(() -> bun(repository.lock(folder + "bun.lock"), name));
  }

  /// `"node_modules/next": {` and then its version; in the first form of the file `"next": {`.
  private static Optional<String> npm(List<String> lines, String inside, String name) {
    return Stream.of(inside + "node_modules/" + name, "node_modules/" + name, name)
        .map(key -> "\"" + key + "\": {")
        .flatMap(start -> after(lines, start, "\"version\":").stream())
        .findFirst();
  }

  private static Optional<String> after(List<String> lines, String start, String field) {
    for (var at = 0; at + 1 < lines.size(); at++) {
      var next = lines.get(at + 1).strip();
      if (lines.get(at).strip().equals(start) && next.startsWith(field)) {
        return Optional.of(next.substring(field.length()).replaceAll("[\",]", "").strip());
      }
    }
    return Optional.empty();
  }

  /// The entry of the app's own importer; a file without importers belongs to one app alone.
  private static Optional<String> pnpm(List<String> lines, String inside, String name) {
    var importer = inside.isEmpty() ? "." : inside.substring(0, inside.length() - 1);
    var mine = !lines.contains("importers:");
    for (var at = 0; at < lines.size(); at++) {
      var line = lines.get(at);
      if (line.startsWith("packages:") || line.startsWith("snapshots:")) {
        break;
      }
      if (line.startsWith("  ") && !line.startsWith("   ") && lines.contains("importers:")) {
        mine = unquoted(line).equals(importer + ":");
      } else if (mine
          && (unquoted(line).equals(name + ":") || unquoted(line).startsWith(name + ": "))) {
        return pnpmVersion(lines, at, name);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> pnpmVersion(List<String> lines, int at, String name) {
    var sameLine = unquoted(lines.get(at)).substring(name.length() + 1).strip();
    var said =
        sameLine.isEmpty()
            ? lines.subList(at + 1, Math.min(at + 4, lines.size())).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("version:"))
                .map(line -> line.substring("version:".length()).strip())
                .findFirst()
            : Optional.of(sameLine);
    return said.map(version -> version.replaceAll("[(_].*", ""))
        .filter(version -> RANGE.matcher(version).matches());
  }

  private static String unquoted(String line) {
    return line.strip().replace("'", "").replace("\"", "");
  }

  /// A header such as `next@^15.0.0, next@15.1.2:`, the one of the manifest's range before others.
  private static Optional<String> yarn(List<String> lines, Manifest manifest, String name) {
    var range = manifest.dependencies().getOrDefault(name, "");
    var wanted = List.of(name + "@" + range, name + "@npm:" + range);
    Optional<String> other = Optional.empty();
    for (var at = 0; at + 1 < lines.size(); at++) {
      var line = lines.get(at);
      if (!line.endsWith(":") || line.startsWith(" ") || !line.contains(name + "@")) {
        continue;
      }
      var headers = List.of(line.substring(0, line.length() - 1).replace("\"", "").split(", *"));
      if (headers.stream().noneMatch(header -> header.startsWith(name + "@"))) {
        continue;
      }
      var version = lines.get(at + 1).replace("version", "").replaceAll("[\":]", "").strip();
      if (headers.stream().anyMatch(wanted::contains)) {
        return Optional.of(version);
      }
      other = other.or(() -> Optional.of(version));
    }
    return other;
  }

  /// `"next": ["next@15.1.2", …`.
  private static Optional<String> bun(List<String> lines, String name) {
    var start = "\"" + name + "\": [\"" + name + "@";
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).replaceAll("\".*", ""))
        .findFirst();
  }

  /// A gem's version in `Gemfile.lock`: ` rails (8.0.1)`.
  static Optional<String> gem(App app, String name) {
    return app.repository().lock(app.root() + "Gemfile.lock").stream()
        .filter(line -> line.startsWith("    " + name + " (") && line.endsWith(")"))
        .map(line -> line.substring(line.indexOf('(') + 1, line.length() - 1))
        .findFirst()
        .or(() -> asked(app, name));
  }

  private static Optional<String> asked(App app, String name) {
    return Pattern.compile(
            "(?m)^\\s{0,40}gem\\s{1,40}[\"']"
                + Pattern.quote(name)
                + "[\"']\\s{0,40},\\s{0,40}[\"']((?:~>\\s?|=\\s?)?\\d[\\w.]*)[\"']")
        .matcher(app.body("Gemfile"))
        .results()
        .map(hit -> hit.group(1))
        .findFirst();
  }

  /// A Composer package's version in `composer.lock`, without its leading `v`.
  static Optional<String> composer(App app, String name) {
    return after(
            app.repository().lock(app.root() + "composer.lock"),
            "\"name\": \"" + name + "\",",
            "\"version\":")
        .map(version -> version.replaceFirst("^v", ""));
  }

  /// A Python package's version in `poetry.lock`, `uv.lock` or a requirements file that pins it.
  static Optional<String> python(App app, String name) {
    var repository = app.repository();
    return Stream.of("poetry.lock", "uv.lock")
        .flatMap(file ->
            after(repository.lock(app.root() + file), "name = \"" + name + "\"", "version =")
                .stream())
        .findFirst()
        .or(() ->
            app.below("")
                .filter(path -> path.matches("(?:.*/)?requirements[^/]*(?:/[^/]*)?\\.txt"))
                .flatMap(path -> repository.body(path).lines())
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + "=="))
                .map(line -> line.substring(name.length() + 2).replaceAll("[\\s;#].*", ""))
                .findFirst());
  }
}
