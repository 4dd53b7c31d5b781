package dev.pryo.agent.reading;

import dev.pryo.agent.framework.App;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a file leads to: imports, static or not; the partials, layouts and components that a
/// template names; the scripts and style sheets that a page loads.
final class Links {
  private static final int MOST = 400;
  private static final Pattern IMPORTED =
      Pattern.compile(
          "(?:\\bfrom|\\bimport|\\brequire|@use|@forward)\\s{0,40}\\(?\\s{0,40}(?:url\\()?[\"'`]([^\"'`\\n]{1,300})[\"'`]");
  private static final Pattern COMPONENT_PARTS =
      Pattern.compile(
          "(?:templateUrl|styleUrls?)\\s{0,40}:\\s{0,40}\\[?\\s{0,40}[\"'`]([^\"'`]+)[\"'`]");
  private static final Pattern LOADED =
      Pattern.compile(
          "<(?:script|link)\\b[^>]{0,400}?\\b(?:src|href)\\s{0,40}=\\s{0,40}[\"']([^\"']+)[\"']",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern RENDERED =
      Pattern.compile(
          "\\brender(?:\\s{1,40}|\\()\\s{0,40}(?:partial:\\s{0,40}|:partial\\s{0,40}=>\\s{0,40})?[\"']([\\w/-]+)[\"']"
              + "|\\{%-?\\s{0,40}(?:include|extends)\\s{1,40}[\"']([^\"']+)[\"']"
              + "|@(?:include|extends|component|livewire|each)\\w{0,40}\\(\\s{0,40}'([\\w./:-]+)'"
              + "|<x-([\\w.-]+)");
  private static final Pattern TAG = Pattern.compile("<([A-Z]\\w+|[a-z]\\w*-[\\w-]+)[\\s/>]");
  private static final Pattern SELECTOR =
      Pattern.compile("selector\\s{0,40}:\\s{0,40}[\"'`]([\\w-]+)[\"'`]");

  private final App app;
  private final Imports imports;
  private final Map<String, List<String>> drawnBy = new HashMap<>();
  private final Map<String, List<String>> known = new HashMap<>();

  Links(Known known, Imports imports) {
    this.app = known.app();
    this.imports = imports;
    for (var path : app.files()) {
      if (path.matches(".*\\.(?:vue|svelte|astro)") && !Sample.isTesting(path)) {
        for (var name : names(path)) {
          drawnBy.computeIfAbsent(name, _ -> new ArrayList<>()).add(path);
        }
      } else if (path.endsWith(".component.ts")
          || (app.depends("@angular/core") && path.endsWith(".ts"))) {
        SELECTOR
            .matcher(app.repository().body(path))
            .results()
            .forEach(hit ->
                drawnBy.computeIfAbsent(flat(hit.group(1)), _ -> new ArrayList<>()).add(path));
      }
    }
  }

  /// A component is named by its file, or by its folders and its file together.
  private Set<String> names(String path) {
    var bare = app.relative(path).replaceFirst("\\.\\w+$", "").replaceFirst("/index$", "");
    var names = new LinkedHashSet<>(List.of(flat(bare.substring(bare.lastIndexOf('/') + 1))));
    var below = bare.replaceFirst("^(?:.*/)?components/", "");
    names.add(flat(below));
    return names;
  }

  private static String flat(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /// What a file imports, as it is written there.
  List<String> written(String path) {
    var code = Comments.blank(path, app.repository().body(path));
    var parts =
        Repository.extension(path).equals("ts")
            ? COMPONENT_PARTS.matcher(code).results()
            : Stream.<MatchResult>of();
    return Stream.concat(IMPORTED.matcher(code).results().limit(MOST), parts)
        .map(hit -> hit.group(1))
        .distinct()
        .toList();
  }

  /// The files a file leads to, in the order in which it names them.
  List<String> from(String path) {
    return known.computeIfAbsent(path, this::read);
  }

  private List<String> read(String path) {
    var code = Comments.blank(path, app.repository().body(path));
    var found = new LinkedHashSet<String>();
    written(path).forEach(name -> add(found, path, name));
    switch (Repository.extension(path)) {
      case "vue", "svelte", "astro" -> tags(code, found);
      case "html", "htm", "erb", "php", "haml", "slim" -> {
        rendered(path, code, found);
        LOADED
            .matcher(code)
            .results()
            .limit(MOST)
            .forEach(hit -> loaded(found, path, hit.group(1)));
        tags(code, found);
      }
      default -> {}
    }
    found.remove(path);
    return List.copyOf(found);
  }

  private void add(Set<String> found, String from, String written) {
    imports
        .resolve(from, written)
        .or(() ->
            Repository.extension(from).matches("s?css|less")
                ? imports.resolve(from, "./" + written)
                : java.util.Optional.empty())
        .ifPresent(found::add);
  }

  private void loaded(Set<String> found, String from, String address) {
    if (!address.contains("//")) {
      var bare = address.replaceFirst("[?#].*", "").replaceFirst("^(?:%PUBLIC_URL%)?/", "");
      Stream.of(Repository.folder(from) + bare, app.root() + bare, app.root() + "public/" + bare)
          .flatMap(path -> Imports.join("", path).flatMap(imports::file).stream())
          .findFirst()
          .ifPresent(found::add);
    }
  }

  private void tags(String code, Set<String> found) {
    TAG.matcher(code)
        .results()
        .map(hit -> drawnBy.getOrDefault(flat(hit.group(1)), List.of()))
        .filter(files -> files.size() == 1)
        .forEach(found::addAll);
  }

  /// Partials of Rails begin with `_`; Blade divides by dots; Django names the file.
  private void rendered(String path, String code, Set<String> found) {
    RENDERED
        .matcher(code)
        .results()
        .limit(MOST)
        .forEach(hit -> {
          var name =
              Stream.of(1, 2, 3, 4)
                  .map(hit::group)
                  .filter(one -> one != null)
                  .findFirst()
                  .orElseThrow();
          var slash = name.lastIndexOf('/');
          var partial = name.substring(0, slash + 1) + "_" + name.substring(slash + 1);
          var dotted = name.replace('.', '/');
          var ends =
              List.of(
                  "views/" + partial + ".",
                  slash < 0 ? Repository.folder(path) + partial + "." : "views/" + partial + ".",
                  "views/" + dotted + ".blade.php",
                  "views/components/" + dotted + ".blade.php",
                  "templates/" + name);
          app.files().stream()
              .filter(file -> ends.stream().anyMatch(end -> file.contains(end)))
              .limit(4)
              .forEach(found::add);
        });
  }
}
