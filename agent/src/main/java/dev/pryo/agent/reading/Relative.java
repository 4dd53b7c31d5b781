package dev.pryo.agent.reading;

import java.util.List;

/// Paths of a repository as they are seen from a folder in it.
///
/// @param folder with a `/` at its end, empty at the top
record Relative(String folder) {
  String path(String path) {
    if (path.startsWith(folder)) {
      return path.substring(folder.length());
    }
    if (!path.contains("/") && !path.contains(".")) {
      return path;
    }
    var up = new StringBuilder();
    var base = folder;
    while (!path.startsWith(base)) {
      up.append("../");
      base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
    }
    return up + path.substring(base.length());
  }

  /// The path in the repository of one that is seen from the folder: the way back.
  String whole(String path) {
    var base = folder;
    var rest = path;
    while (rest.startsWith("../")) {
      base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
      rest = rest.substring("../".length());
    }
    return base + rest;
  }

  /// A folder without the `/` at its end; `.` for the one that is looked from.
  String folder(String path) {
    var relative = path.equals(folder) ? "" : path(path);
    return relative.isEmpty() ? "." : relative.replaceFirst("/$", "");
  }

  List<String> paths(List<String> paths) {
    return paths.stream().map(this::path).toList();
  }

  List<Alias> aliases(List<Alias> aliases) {
    return aliases.stream()
        .map(one -> {
          var to = one.to().equals(folder) ? "" : one.to().isEmpty() ? path("./") : path(one.to());
          return new Alias(one.prefix(), to.isEmpty() ? "./" : to, path(one.declaredIn()));
        })
        .toList();
  }

  List<Helper> helpers(List<Helper> helpers) {
    return helpers.stream()
        .map(one -> new Helper(one.name(), one.kind(), paths(one.files())))
        .toList();
  }
}
