package dev.pryo.agent.edit;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a `package.json` says that an app uses, with the versions that it asks for.
record Manifest(Map<String, String> packages) {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\"((?:@[\\w.-]+/)?[\\w.-]+)\"\\s*:\\s*\"([^\"]*\\d[^\"]*|\\*|latest|next|workspace:.*?|catalog:.*?)\"");

  static final Manifest NONE = new Manifest(Map.of());

  static Manifest read(String json) {
    return new Manifest(
        ENTRY
            .matcher(json)
            .results()
            .collect(Collectors.toMap(hit -> hit.group(1), hit -> hit.group(2), (one, _) -> one)));
  }

  boolean has(String name) {
    return packages.containsKey(name);
  }

  /// The first number of a package's version; 0 where it is not said.
  int major(String name) {
    return Pattern.compile("\\d+")
        .matcher(packages.getOrDefault(name, ""))
        .results()
        .findFirst()
        .map(hit -> Integer.parseInt(hit.group()))
        .orElse(0);
  }
}
