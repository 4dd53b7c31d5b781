package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where an app's client file is, or will be, and how other files import it.
///
/// @param there it was written for an earlier experiment
record ClientFile(Site site, String path, boolean there) {
  private static final List<String> HOMES =
      List.of(
          "lib", "libs", "utils", "util", "helpers", "services", "composables", "shared", "common");
  private static final int A_FEW = 3;
  private static final Pattern EXTENSION = Pattern.compile("\\.[cm]?[jt]sx?$");

  /// The folder where the team keeps its helpers; `src/lib` or `lib` where it keeps none.
  static ClientFile of(Site site) {
    var known =
        site.paths().stream()
            .filter(path -> path.matches("(?:.*/)?pryo\\.[jt]s"))
            .filter(path ->
                site.text(path)
                    .filter(text -> text.body().contains(ClientSource.HEADER))
                    .isPresent())
            .findFirst();
    if (known.isPresent()) {
      return new ClientFile(site, known.get(), true);
    }
    var extension = isTypeScript(site) ? ".ts" : ".js";
    return new ClientFile(site, home(site) + "pryo" + extension, false);
  }

  /// Of folders that hold a few helpers the one nearest to the app's root, for what the whole app
  /// uses does not belong to a part of it; else, and of several, the one that holds most.
  private static String home(Site site) {
    var counts = new HashMap<String, Integer>();
    for (var component : site.components()) {
      var folder = Site.folder(component.path());
      var name = folder.replaceFirst("/$", "").replaceFirst(".*/", "");
      if (component.roots().isEmpty() && HOMES.contains(name) && !site.isTest(component.path())) {
        counts.merge(folder, 1, Integer::sum);
      }
    }
    var most =
        Map.Entry.<String, Integer>comparingByValue()
            .thenComparing(one -> -one.getKey().length())
            .thenComparing(Map.Entry.comparingByKey());
    return counts.entrySet().stream()
        .filter(one -> one.getValue() >= A_FEW)
        .max(
            Comparator.comparingInt((Map.Entry<String, Integer> one) -> -depth(one.getKey()))
                .thenComparing(most))
        .or(() -> counts.entrySet().stream().max(most))
        .map(Map.Entry::getKey)
        .orElseGet(() -> site.root() + (hasSource(site) ? "src/" : "") + "lib/");
  }

  private static int depth(String folder) {
    return folder.split("/").length;
  }

  private static boolean hasSource(Site site) {
    return site.components().stream().anyMatch(one -> one.path().startsWith(site.root() + "src/"));
  }

  /// Whether most files that could be TypeScript are; Astro's own code always is where settings for
  /// TypeScript lie.
  static boolean isTypeScript(Site site) {
    var settings = site.has(site.root() + "tsconfig.json");
    var typed = 0;
    var plain = 0;
    for (var one : site.components()) {
      var path = one.path();
      var script = one.text().body().contains("<script");
      if (!path.substring(site.root().length()).contains("/")
          || (!script && path.matches(".*\\.(?:vue|svelte|html)"))) {
        continue;
      }
      if (path.matches(".*\\.tsx?")
          || (path.endsWith(".astro") && settings)
          || one.text().body().matches("(?s).*<script[^>]*\\blang=[\"']ts[\"'].*")) {
        typed++;
      } else {
        plain++;
      }
    }
    return typed > plain;
  }

  boolean isTypeScript() {
    return path.endsWith(".ts");
  }

  /// The source that a file imports it by: with an alias where the team uses one, else relative.
  String from(String importer) {
    var bare = EXTENSION.matcher(path).replaceFirst("") + ending();
    var relative = PageWriter.relative(Site.folder(importer), bare);
    var own = site.graph().sources(importer).stream().filter(Imports::isOwn).toList();
    var top = site.graph().top().filter(path::startsWith);
    if (top.isPresent()) {
      return bare.substring(top.get().length());
    }
    var aliases = site.graph().aliases();
    if (site.manifest().depends("nuxt") && site.graph().allSources().noneMatch(Imports::isOwn)) {
      var app = site.root() + (site.has(site.root() + "app/app.vue") ? "app/" : "");
      return path.startsWith(app) ? "~/" + bare.substring(app.length()) : relative;
    }
    var counted =
        own.isEmpty() || relative.startsWith("../")
            ? site.graph().allSources().filter(Imports::isOwn).toList()
            : own;
    var aliased =
        counted.stream().filter(one -> aliases.keySet().stream().anyMatch(one::startsWith)).count();
    var upward = counted.stream().filter(one -> one.startsWith("../")).count();
    var best =
        aliases.entrySet().stream()
            .filter(one -> path.startsWith(one.getValue()))
            .max(Comparator.comparingInt(one -> one.getValue().length()));
    if (best.isPresent() && aliased > 0 && aliased >= upward) {
      return best.get().getKey() + bare.substring(best.get().getValue().length());
    }
    return relative.startsWith(".") ? relative : "./" + relative;
  }

  /// The extension, where the team writes it.
  private String ending() {
    var own =
        site.graph()
            .allSources()
            .filter(Imports::isOwn)
            .filter(one -> !one.matches(".*\\.(?:css|scss|less|json|svg|png|vue|svelte|astro)"))
            .toList();
    var written = own.stream().filter(one -> EXTENSION.matcher(one).find()).toList();
    if (written.size() * 2 <= own.size()) {
      return "";
    }
    return written.getFirst().matches(".*\\.tsx?") ? ".ts" : ".js";
  }

  /// The style sheet that the whole app loads, to which the rule for waiting elements is added.
  Optional<SourceText> styleSheet() {
    var names = "(?:globals?|index|main|app|App|styles?|base|tailwind)";
    var imported =
        site.paths().stream()
            .filter(path -> site.isUsed(path) && !site.isTest(path))
            .flatMap(path ->
                site.graph().sources(path).stream()
                    .flatMap(source -> site.graph().resolve(path, source).stream()))
            .filter(path -> path.matches("(?:.*/)?" + names + "\\.(?:css|scss|less)"));
    var known =
        Stream.of("src/styles.css", "src/styles.scss", "src/styles.less")
            .map(one -> site.root() + one)
            .filter(path -> site.manifest().depends("@angular/core") && site.has(path));
    return Stream.concat(known, imported).findFirst().flatMap(site::text);
  }

  /// The style sheet of its own, where the app has none.
  String ownStyleSheet() {
    return EXTENSION.matcher(path).replaceFirst(".css");
  }
}
