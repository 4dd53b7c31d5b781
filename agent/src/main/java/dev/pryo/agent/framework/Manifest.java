package dev.pryo.agent.framework;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A `package.json`: what it depends on and what else it says.
///
/// @param name the package's name, empty where it has none
/// @param dependencies from name to the range asked for, those of development included
public record Manifest(String name, Map<String, String> dependencies, JsonNode json) {
  public static final Manifest NONE =
      new Manifest("", Map.of(), JsonNodeFactory.instance.objectNode());

  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final List<String> KINDS =
      List.of("devDependencies", "peerDependencies", "dependencies");

  /// The manifest at a path; without dependencies where there is none or it is malformed.
  public static Manifest read(Repository repository, String path) {
    return repository.json(path).filter(JsonNode::isObject).map(Manifest::of).orElse(NONE);
  }

  private static Manifest of(JsonNode json) {
    var dependencies = new LinkedHashMap<String, String>();
    for (var kind : KINDS) {
      json.path(kind)
          .properties()
          .forEach(one -> dependencies.put(one.getKey(), one.getValue().asString("")));
    }
    return new Manifest(json.path("name").asString(""), dependencies, json);
  }

  public boolean depends(String name) {
    return dependencies.containsKey(name);
  }

  /// The first number of the version that is asked for; 0 where none is.
  public int major(String name) {
    return NUMBER
        .matcher(dependencies.getOrDefault(name, ""))
        .results()
        .findFirst()
        .map(hit -> Integer.parseInt(hit.group()))
        .orElse(0);
  }

  /// The same with what a manifest around it depends on besides.
  public Manifest within(Manifest outer) {
    var all = new LinkedHashMap<>(outer.dependencies);
    all.putAll(dependencies);
    return new Manifest(name, all, json);
  }

  /// Whether a script runs a program.
  boolean runs(String program) {
    return json.path("scripts").properties().stream()
        .anyMatch(
            script -> (" " + script.getValue().asString("") + " ").contains(" " + program + " "));
  }

  /// The folders, as patterns, in which other packages of the repository lie.
  List<String> workspaces() {
    var patterns = new ArrayList<String>();
    var said = json.path("workspaces");
    (said.isObject() ? said.path("packages") : said).forEach(one -> patterns.add(one.asString("")));
    return patterns;
  }

  Optional<String> said(String field) {
    return Optional.of(json.path(field).asString("")).filter(value -> !value.isEmpty());
  }
}
