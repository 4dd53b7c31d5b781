package dev.pryo.agent.edit;

import dev.pryo.agent.words.Instruction.Declaration;
import java.util.List;

/// What one segment does to one element.
sealed interface Step {
  /// The whole content becomes a text.
  record Text(String to) implements Step {}

  /// A part of the element's own text becomes another, and what else is in the element stays.
  record TextPart(String from, String to) implements Step {}

  record Attribute(String name, String value) implements Step {}

  record AddClass(String name) implements Step {}

  record RemoveClass(String name) implements Step {}

  /// It stands before or after another element.
  record Move(Spot.OnPage anchor, boolean after) implements Step {}

  record Style(List<Declaration> declarations) implements Step {}
}
