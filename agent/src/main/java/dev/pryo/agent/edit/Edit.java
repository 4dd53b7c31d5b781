package dev.pryo.agent.edit;

import dev.pryo.agent.words.Instruction.Action;
import dev.pryo.agent.words.Instruction.Declaration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One thing that is written into a component. The maps go from a segment to what it shows; the
/// control is what is there.
sealed interface Edit {
  Component component();

  /// The element that it is about.
  Tag tag();

  /// A text that is written in the markup.
  record Say(Component component, Tag tag, Piece.Words words, Map<String, String> texts)
      implements Edit {}

  /// An attribute whose value is written in the markup, or that is not there yet.
  record Give(Component component, Tag tag, String name, Map<String, String> values)
      implements Edit {}

  /// Classes that are added to the written ones, taken from them, or both.
  record Dress(Component component, Tag tag, Map<String, Clothes> clothes) implements Edit {}

  record Clothes(List<String> added, List<String> removed) {}

  record Look(Component component, Tag tag, Map<String, List<Declaration>> looks) implements Edit {}

  /// A string or a value inside an expression of the element.
  ///
  /// @param guard what has to hold of the item that is shown, empty where there is only one
  record Inside(
      Component component, Tag tag, int from, int to, Map<String, String> texts, String guard)
      implements Edit {}

  /// The element is not there in these segments.
  record Gone(Component component, Tag tag, Set<String> segments) implements Edit {}

  /// The element stands before or behind another one of the same parent in these segments.
  record Moved(Component component, Tag tag, Tag anchor, boolean after, Set<String> segments)
      implements Edit {}

  /// The element carries the experiment's mark, by which it waits unseen for its segment.
  ///
  /// @param around the mark is put around it, since it hands no attributes on
  record Mark(Component component, Tag tag, boolean around) implements Edit {}

  /// An event is sent when the element is clicked, or when the form is submitted.
  record Sent(Component component, Tag tag, String event, Action action, String guard)
      implements Edit {}
}
