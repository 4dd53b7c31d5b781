package dev.pryo.agent.reading;

import java.util.List;
import java.util.Optional;

/// How one file is written, counted from its syntax tree. For a component file in parts, its script
/// parts are counted together.
///
/// @param single string literals in single quotes; those that hold a quote are not counted
/// @param doubled string literals in double quotes
/// @param attributesSingle quoted attributes of JSX
/// @param semicolons statements that end with one
/// @param bare statements that could end with one and do not
/// @param indentation `2 spaces`, `tabs` …, empty where no line is indented
/// @param imports what it imports, as written
/// @param named it exports a component by name
/// @param byDefault it exports something by default
/// @param draws it holds JSX
/// @param prose values of object literals that read like sentences
record Habits(
    String path,
    int single,
    int doubled,
    int attributesSingle,
    int attributesDouble,
    int semicolons,
    int bare,
    Optional<String> indentation,
    List<String> imports,
    boolean named,
    boolean byDefault,
    boolean draws,
    int prose) {

  static Habits none(String path, Optional<String> indentation) {
    return new Habits(path, 0, 0, 0, 0, 0, 0, indentation, List.of(), false, false, false, 0);
  }
}
