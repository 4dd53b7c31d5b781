package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.List;
import java.util.Optional;

/// A parsed script: what edit mode needs to know of its syntax tree. All offsets are positions in
/// the text.
///
/// @param literals strings that may be shown to somebody
/// @param tracked events that are sent with `trackEvent("…")`
/// @param asked experiment keys given to `variant("…")`
/// @param calls names of all functions and members that are called or assigned
/// @param imports what it imports, as written
/// @param importsEnd where the last import ends, 0 where there is none
/// @param module it imports or exports something
/// @param error why it does not parse
record Script(
    SourceText text,
    List<Literal> literals,
    List<Mention> tracked,
    List<Mention> asked,
    List<Mention> calls,
    List<String> imports,
    int importsEnd,
    boolean module,
    Optional<String> error) {

  /// A string in the text, its quotes included.
  ///
  /// @param shown what is done with it when the script runs
  record Literal(String value, int from, int to, Shown shown) {}

  enum Shown {
    /// It is evaluated where something is rendered.
    WHEN_RENDERED,
    /// It is data that is evaluated when the script loads.
    AT_LOAD,
    /// It is compared, looked up or logged: nobody sees it.
    NEVER
  }

  /// A name at a place.
  record Mention(String name, int at) {}

  String path() {
    return text.path();
  }
}
