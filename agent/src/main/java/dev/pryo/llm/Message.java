package dev.pryo.llm;

import java.util.List;

/// One turn of a conversation.
public sealed interface Message {
  List<Content> content();

  /// What a model is told: texts and the results of its calls.
  record User(List<Content> content) implements Message {
    public User {
      content = List.copyOf(content);
      if (content.isEmpty() || content.stream().anyMatch(Content.ToolCall.class::isInstance)) {
        throw new IllegalArgumentException("A user's turn has texts and results, at least one.");
      }
    }
  }

  /// What a model said: texts and calls. It is never empty, since no vendor takes that back.
  record Assistant(List<Content> content) implements Message {
    public Assistant {
      content = List.copyOf(content);
      if (content.isEmpty() || content.stream().anyMatch(Content.ToolResult.class::isInstance)) {
        throw new IllegalArgumentException("A model's turn has texts and calls, at least one.");
      }
    }
  }
}
