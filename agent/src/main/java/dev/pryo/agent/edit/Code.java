package dev.pryo.agent.edit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What edit mode needs to know of a component's code. All offsets are positions in the file.
///
/// @param script strings, habits and whether it parses
/// @param names all identifiers, so that a new one can differ from them
/// @param functions the outer ones before those inside them
/// @param data strings that are values of objects known by a name
/// @param constants texts of the module that are shown by their name
/// @param loops where a list of objects is shown, one after the other
/// @param kept ranges whose line breaks and indentation are part of a value
/// @param start where the first statement begins that is no directive
record Code(
    Script script,
    List<Import> imports,
    Set<String> names,
    List<Function> functions,
    List<Datum> data,
    List<Constant> constants,
    List<Loop> loops,
    List<Tag> tags,
    List<Range> kept,
    Set<String> directives,
    int start) {

  /// @param names from the local name to what is imported; empty for a style sheet and its like
  record Import(String source, int from, int to, Map<String, String> names, boolean type) {}

  /// @param bodyFrom behind the brace of the body, -1 where the body is an expression
  /// @param first where the first statement of the body begins, `bodyFrom` where there is none
  /// @param component a hook may be called at the top of it
  record Function(
      String name, int from, int to, int bodyFrom, int first, boolean returns, boolean component) {}

  /// A string under a name in an object.
  ///
  /// @param binding the variable that holds the object or the list of objects
  /// @param siblings the strings beside it in the same object, by their names
  record Datum(
      Script.Literal literal, String binding, String property, Map<String, String> siblings) {}

  /// `const title = '…'`, of this file alone.
  ///
  /// @param uses where the markup shows it and nothing else, empty where it is used otherwise too
  record Constant(Script.Literal literal, String name, List<Range> uses) {}

  /// `plans.map((plan) => …)`
  record Loop(String binding, List<Access> accesses) {}

  /// A value of a list's item where it is shown: `plan.title`.
  ///
  /// @param item how the other values of the item are reached; null where `id` alone would be
  /// @param locals what the item was taken apart into, by the names of its values
  /// @param child it is the only thing in the braces of an element's content
  record Access(
      String property,
      String source,
      @Nullable String item,
      Map<String, String> locals,
      int from,
      int to,
      boolean child) {
    /// Another value of the same item.
    Optional<String> sibling(String name) {
      return item != null ? Optional.of(item + "." + name) : Optional.ofNullable(locals.get(name));
    }
  }

  record Range(int from, int to) {
    boolean holds(int at) {
      return from < at && at < to;
    }
  }

  /// The innermost component whose top a hook can be called at, for a place in it.
  Optional<Function> component(int at) {
    return functions.stream()
        .filter(one -> one.from <= at && at < one.to && one.component)
        .reduce((_, inner) -> inner);
  }

  /// What a local name was imported from.
  Optional<Import> importOf(String local) {
    return imports.stream().filter(one -> one.names.containsKey(local)).findFirst();
  }
}
