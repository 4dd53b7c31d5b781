package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Routes that are folders and files. A pattern is a list of parts: a word, [#ANY] for one part of
/// any value, [#REST] for all that follow.
final class Routes {
  static final String ANY = "*";
  static final String REST = "**";

  private static final Pattern LANGUAGE =
      Pattern.compile("(?:\\[{1,2}(?:\\.{3})?|\\$)(?:locale|lang|lng|language)]{0,2}");

  private Routes() {}

  static List<String> parts(String route) {
    return Arrays.stream(route.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /// The files whose pattern a route has, the most exact first. Where no pattern has it, those
  /// whose pattern ends with it: an app may put a part in front that the address does not show.
  static List<String> matching(
      Stream<String> files, Function<String, Optional<List<String>>> pattern, String route) {
    var wanted = parts(route);
    record Hit(String file, List<String> pattern) {}
    var all =
        files
            .flatMap(file -> pattern.apply(file).map(parts -> new Hit(file, parts)).stream())
            .toList();
    var exact =
        all.stream()
            .filter(hit -> matches(hit.pattern, wanted))
            .sorted(
                Comparator.<Hit>comparingInt(hit -> looseness(hit.pattern))
                    .thenComparing(Hit::file))
            .map(Hit::file)
            .toList();
    if (!wanted.isEmpty()
        && (exact.isEmpty() || all.stream().noneMatch(hit -> hit.pattern.equals(wanted)))) {
      var ending =
          all.stream()
              .filter(hit -> endsWith(hit.pattern, wanted))
              .sorted(Comparator.comparingInt(hit -> hit.pattern.size()))
              .map(Hit::file)
              .toList();
      return Stream.concat(ending.stream(), exact.stream()).distinct().toList();
    }
    return exact;
  }

  private static boolean matches(List<String> pattern, List<String> wanted) {
    for (var at = 0; at < pattern.size(); at++) {
      if (pattern.get(at).equals(REST)) {
        return true;
      }
      if (at >= wanted.size()
          || !(pattern.get(at).equals(ANY) || pattern.get(at).equalsIgnoreCase(wanted.get(at)))) {
        return false;
      }
    }
    return pattern.size() == wanted.size();
  }

  private static boolean endsWith(List<String> pattern, List<String> wanted) {
    return pattern.size() > wanted.size()
        && pattern.subList(pattern.size() - wanted.size(), pattern.size()).equals(wanted);
  }

  private static int looseness(List<String> pattern) {
    return pattern.stream()
        .mapToInt(part ->
            switch (part) {
              case REST -> 100;
              case ANY -> 1;
              default -> 0;
            })
        .sum();
  }

  /// The parts of a path in which `[id]` and `$id` stand for any value, `[...all]` and `$` for all
  /// that follow, and `(group)`, `@slot` and `_pathless` for nothing. A part for the language
  /// stands for nothing too: most sites leave it out for their own.
  static List<String> pattern(String path) {
    var parts = new ArrayList<String>();
    for (var part : parts(path)) {
      if (part.matches("\\(.*\\)|@.*|_[^_].*") || LANGUAGE.matcher(part).matches()) {
        continue;
      }
      if (part.matches("\\[+\\.\\.\\..*|\\$")) {
        parts.add(REST);
      } else if (part.matches("\\[.*\\].*|\\$.*|_+")) {
        parts.add(ANY);
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  /// The routes around a page: those whose parts its own begin with, the nearest first.
  ///
  /// @param parts a file's own, of folders and dots alike
  static List<String> around(
      List<String> files, String page, Function<String, List<String>> parts) {
    var own = parts.apply(page);
    return files.stream()
        .filter(file -> !file.equals(page))
        .filter(file -> isAround(parts.apply(file), own))
        .sorted(Comparator.comparingInt((String file) -> -parts.apply(file).size()))
        .toList();
  }

  private static boolean isAround(List<String> parts, List<String> own) {
    var outer =
        !parts.isEmpty() && parts.getLast().matches("_?layout|route")
            ? parts.subList(0, parts.size() - 1)
            : parts;
    return !outer.isEmpty()
        && outer.size() < own.size()
        && own.subList(0, outer.size()).equals(outer);
  }

  /// A path without its extension.
  static String bare(String path) {
    var dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
  }

  /// The files of these names in the folder of a path and in those above it, up to a folder, the
  /// nearest first.
  static List<String> above(App app, String path, String upTo, String name) {
    return Versions.folders(Repository.folder(path))
        .takeWhile(folder -> folder.startsWith(upTo))
        .flatMap(folder -> app.script(app.relative(folder) + name).stream())
        .toList();
  }
}
