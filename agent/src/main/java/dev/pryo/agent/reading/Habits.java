package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import java.util.List;
import java.util.Optional;

/// How one file is written, counted from its syntax tree. For a component file in parts, its script
/// parts are counted together. What a team's style is measured by, and what anything written in it
/// is checked by, are these counts and no others.
///
/// @param single string literals in single quotes; those that hold a quote are not counted
/// @param doubled string literals in double quotes
/// @param attributesSingle quoted attributes of JSX
/// @param semicolons statements that end with one
/// @param bare statements that could end with one and do not
/// @param trailing lists and objects over several lines that end with a comma
/// @param notTrailing those that do not
/// @param indentation `2 spaces`, `tabs` …, empty where no line is indented
/// @param imports what it imports, as written
/// @param named it exports a component by name
/// @param byDefault it exports something by default
/// @param draws it holds JSX
/// @param prose values of object literals that read like sentences, or whose key says that they are
///   shown
public record Habits(
    String path,
    int single,
    int doubled,
    int attributesSingle,
    int attributesDouble,
    int semicolons,
    int bare,
    int trailing,
    int notTrailing,
    Optional<String> indentation,
    List<String> imports,
    boolean named,
    boolean byDefault,
    boolean draws,
    int prose) {

  /// A part that does not parse counts for nothing, and neither does what is no script.
  public static Habits of(SourceText file) {
    return SyntaxTrees.habits(List.of(file)).getFirst();
  }
}
