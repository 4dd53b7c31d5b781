package dev.pryo.agent.reading;

import dev.pryo.agent.framework.App;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The aliases an app declares: in its compiler's settings, its manifest, its bundler's settings,
/// or through its framework. Folders are paths of the repository here, the top being empty.
final class Aliases {
  private static final int MOST_EXTENDED = 4;
  private static final List<String> BUNDLERS =
      List.of(
          "vite.config",
          "vue.config",
          "astro.config",
          "svelte.config",
          "nuxt.config",
          "craco.config",
          "webpack.config",
          "next.config",
          "rsbuild.config",
          "gatsby-node");
  private static final Pattern PAIR =
      Pattern.compile(
          "(?:find\\s{0,40}:\\s{0,40}|[{,\\[(]\\s{0,40}|^\\s{0,40}|\\.set\\(\\s{0,40})[\"']?([@~#$]?[\\w@~#$/-]*)[\"']?\\s{0,40}(?::|,\\s{0,40}replacement\\s{0,40}:|,)\\s{0,40}"
              + "(?:\\w+\\.)?(?:fileURLToPath\\s{0,40}\\(\\s{0,40}new\\s{1,40}URL|resolve|join)?\\s{0,40}\\(?\\s{0,40}(?:__dirname\\s{0,40},\\s{0,40})?"
              + "[\"'](\\.{0,2}/?[\\w./-]*)[\"']",
          Pattern.MULTILINE);

  private final Known known;
  private final App app;
  private final Map<String, Alias> all = new LinkedHashMap<>();

  private Aliases(Known known) {
    this.known = known;
    this.app = known.app();
  }

  static List<Alias> of(Known known) {
    var aliases = new Aliases(known);
    aliases.read();
    return List.copyOf(aliases.all.values());
  }

  private void read() {
    for (var name : List.of("tsconfig.json", "tsconfig.app.json", "jsconfig.json")) {
      compiler(app.root() + name, MOST_EXTENDED);
    }
    app.manifest()
        .json()
        .path("imports")
        .properties()
        .forEach(one -> add(one.getKey(), target(one.getValue()), app.root(), "package.json"));
    BUNDLERS.forEach(this::bundler);
    known
        .kind()
        .aliases(app)
        .forEach((prefix, to) ->
            all.putIfAbsent(prefix, new Alias(prefix, app.root() + to, "framework")));
  }

  private static String target(JsonNode said) {
    return said.isObject() ? said.path("default").asString("") : said.asString("");
  }

  private void compiler(String path, int more) {
    var json = app.repository().json(path);
    if (json.isEmpty() || more == 0) {
      return;
    }
    var options = json.get().path("compilerOptions");
    var folder = Repository.folder(path);
    var said = options.path("baseUrl").asString("");
    var base = said.isEmpty() ? folder : Imports.join(folder, said + "/").orElse(folder);
    options
        .path("paths")
        .properties()
        .forEach(one -> add(one.getKey(), one.getValue().path(0).asString(""), base, path));
    if (!said.isEmpty()) {
      all.putIfAbsent("", new Alias("", base, path + " (baseUrl)"));
    }
    var extended = json.get().path("extends");
    var parents = new ArrayList<String>();
    (extended.isArray() ? extended : List.of(extended))
        .forEach(one -> parents.add(one.asString("")));
    parents.stream()
        .filter(parent -> parent.startsWith("."))
        .flatMap(parent -> Imports.join(folder, parent).stream())
        .map(parent -> parent.endsWith(".json") ? parent : parent + ".json")
        .forEach(parent -> compiler(parent, more - 1));
  }

  /// `@/*` standing for `./src/*`; without the star it is one module, which is an alias where it is
  /// a folder.
  private void add(String key, String value, String base, String declaredIn) {
    var prefix = key.endsWith("*") ? key.substring(0, key.length() - 1) : key + "/";
    var to = value.endsWith("*") ? value.substring(0, value.length() - 1) : value + "/";
    if (prefix.isEmpty() || prefix.equals("/") || value.isEmpty()) {
      return;
    }
    Imports.join(base, to)
        .filter(folder -> folder.isEmpty() || !app.repository().below(folder).isEmpty())
        .ifPresent(folder -> all.putIfAbsent(prefix, new Alias(prefix, folder, declaredIn)));
  }

  private void bundler(String name) {
    var text = Comments.blankScript(app.configuration(name));
    var at = text.indexOf("alias");
    if (at < 0) {
      return;
    }
    var end = Math.min(text.length(), at + 2_000);
    PAIR.matcher(text.substring(at, end))
        .results()
        .filter(hit -> !hit.group(1).isEmpty() && !hit.group(2).isEmpty())
        .filter(hit -> isFolder(hit.group(2)))
        .forEach(hit ->
            add(
                hit.group(1).replaceFirst("/$", ""),
                hit.group(2).replaceFirst("^/", "./"),
                app.root(),
                name));
  }

  private boolean isFolder(String value) {
    return Imports.join(app.root(), value.replaceFirst("^/", "") + "/")
        .filter(folder -> !app.repository().below(folder).isEmpty())
        .isPresent();
  }

  /// Those that the app's files import by, the scope of the workspace's packages among them. A base
  /// folder stands for the folders in it that are used.
  static List<Alias> used(List<Alias> all, Map<String, String> packages, Sample sample) {
    var imports = sample.all().flatMap(file -> file.imports().stream()).distinct().toList();
    var used =
        all.stream()
            .flatMap(alias ->
                alias.prefix().isEmpty()
                    ? imports.stream().flatMap(name -> bare(sample, alias, name).stream())
                    : imports.stream()
                        .filter(name -> name.startsWith(alias.prefix()))
                        .map(_ -> alias));
    var byPrefix = new LinkedHashMap<String, Alias>();
    Stream.concat(used, imports.stream().flatMap(name -> workspace(packages, name)))
        .forEach(alias -> byPrefix.putIfAbsent(alias.prefix(), alias));
    return List.copyOf(byPrefix.values());
  }

  /// The scope of the workspace's packages.
  private static Stream<Alias> workspace(Map<String, String> packages, String name) {
    var parts = name.split("/");
    if (!name.startsWith("@") || parts.length < 2) {
      return Stream.empty();
    }
    var folder = packages.get(parts[0] + "/" + parts[1]);
    return folder == null
        ? Stream.empty()
        : Stream.of(
            new Alias(
                parts[0] + "/",
                Repository.folder(folder.substring(0, folder.length() - 1)),
                "workspace packages"));
  }

  private static Optional<Alias> bare(Sample sample, Alias base, String name) {
    var slash = name.indexOf('/');
    var first = slash < 0 ? "" : name.substring(0, slash + 1);
    var folder = base.to() + first;
    return first.isEmpty()
            || first.startsWith(".")
            || sample.known().app().repository().below(folder).isEmpty()
        ? Optional.empty()
        : Optional.of(new Alias(first, folder, base.declaredIn()));
  }
}
