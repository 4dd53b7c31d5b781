package dev.pryo.agent.words;

import java.util.List;

/// One thing to do, as an instruction in words means it.
public sealed interface Instruction {
  /// The words it was read from.
  String words();

  /// A thing done to elements that look different afterwards.
  sealed interface Change extends Instruction {
    Target target();

    Where where();
  }

  /// The element, or the quoted text itself, says something else.
  record SetText(Target target, String text, Where where, String words) implements Change {}

  /// @param style what the element gets
  /// @param onButton what it gets instead where it turns out to be a button: a colour then fills it
  record SetStyle(
      Target target, List<Declaration> style, List<Declaration> onButton, Where where, String words)
      implements Change {
    public SetStyle {
      style = List.copyOf(style);
      onButton = List.copyOf(onButton);
    }
  }

  record AddClass(Target target, String name, Where where, String words) implements Change {}

  record RemoveClass(Target target, String name, Where where, String words) implements Change {}

  /// One class goes, another one comes in its place.
  record SwapClass(Target target, String from, String to, Where where, String words)
      implements Change {}

  /// The element stands before or after another one.
  record Move(Target target, Target anchor, boolean after, Where where, String words)
      implements Change {}

  record SetAttribute(Target target, String name, String value, Where where, String words)
      implements Change {}

  /// An event is sent when a person does something.
  record Track(String event, Target target, Action action, Where where, String words)
      implements Instruction {}

  enum Action {
    CLICK,
    SUBMIT
  }

  /// One CSS declaration.
  record Declaration(String property, String value) {}
}
