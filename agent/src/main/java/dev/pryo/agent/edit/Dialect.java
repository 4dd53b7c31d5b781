package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Manifest;
import java.util.List;
import java.util.Optional;

/// How one framework's components are read and written. To add a framework is to add one of these,
/// with its part of the client file, to `all`.
interface Dialect {
  /// Those that are known; the first that reads a file is the one.
  static List<Dialect> all() {
    return List.of(new Vue(), new Svelte(), new Astro(), new Angular(), new React());
  }

  /// Whether a file is one of its components, or code that they may use.
  boolean reads(String path, Manifest manifest);

  Component read(SourceText text);

  /// Why an edit cannot be written in this place; empty where it can.
  Optional<String> refuses(Edit edit);

  /// What is done to the text of a component.
  Splices write(Component component, List<Edit> edits, Hand hand);

  /// What is done to the file that holds the code of a component, where that is another one.
  default Optional<Beside> beside(Component component, List<Edit> edits, Hand hand) {
    return Optional.empty();
  }

  /// The path of that other file.
  default Optional<String> codeOf(String path) {
    return Optional.empty();
  }

  /// Whether a component that hands no attributes on may be marked inside its own file.
  default boolean marksInside() {
    return true;
  }

  record Beside(SourceText text, Splices splices) {}

  /// The framework's part of the client file: a resource's name without its extension.
  String binding();
}
