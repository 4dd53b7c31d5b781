package dev.pryo.agent.edit;

/// A piece of a component's markup, where it stands in the text.
sealed interface Piece permits Tag, Piece.Words, Piece.Code {
  int from();

  int to();

  /// Text that is shown as it is written.
  ///
  /// @param from of the first character that is no white space
  /// @param value what is shown, its entities resolved
  /// @param literal it is a string inside an expression, quotes included: `{"Sign up"}`
  record Words(int from, int to, String value, boolean literal) implements Piece {}

  /// An expression with what marks it as one: `{plan.title}`, `{{ plan.title }}`.
  ///
  /// @param inFrom where the expression itself begins
  record Code(int from, int to, int inFrom, int inTo) implements Piece {}
}
