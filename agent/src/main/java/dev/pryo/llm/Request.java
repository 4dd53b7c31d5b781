package dev.pryo.llm;

import java.util.List;

/// A conversation that waits for an answer. It is laid out for caching: tools and system text never
/// change within a run, and messages are only ever added behind the last one.
///
/// @param maxOutput how many tokens the answer may have
public record Request(String system, List<Tool> tools, List<Message> messages, int maxOutput) {
  /// What an answer may cost where nothing else is said.
  public static final int MAX_OUTPUT = 8_192;

  public Request {
    tools = List.copyOf(tools);
    messages = List.copyOf(messages);
    if (messages.isEmpty() || messages.getLast() instanceof Message.Assistant) {
      throw new IllegalArgumentException("A request ends with what a model is told.");
    }
  }

  /// Something that a model may call.
  ///
  /// @param schema the JSON schema of its arguments, an object
  public record Tool(String name, String description, String schema) {}

  /// What answering this can use at most: all of it is read for the first time, and the answer is
  /// as long as it may be.
  public Usage dearest() {
    return new Usage(0, roughTokens(), 0, maxOutput);
  }

  /// About how many tokens this is: four characters each, as the vendors' rules of thumb say.
  public long roughTokens() {
    var characters = system.length();
    for (var tool : tools) {
      characters += tool.name.length() + tool.description.length() + tool.schema.length();
    }
    for (var message : messages) {
      characters += message.content().stream().mapToInt(Content::length).sum();
    }
    return characters / 4 + 1L;
  }
}
