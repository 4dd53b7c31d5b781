package dev.pryo.llm;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One part of a message.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Content.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Content.ToolCall.class, name = "tool_call"),
  @JsonSubTypes.Type(value = Content.ToolResult.class, name = "tool_result")
})
public sealed interface Content {
  JsonMapper JSON = new JsonMapper();

  /// How many characters it has.
  int length();

  record Text(String text) implements Content {
    @Override
    public int length() {
      return text.length();
    }
  }

  /// A model's wish to have a tool run.
  ///
  /// @param arguments as the model wrote them, which need not be JSON
  record ToolCall(String id, String name, String arguments) implements Content {
    /// The arguments, empty where they are no JSON object.
    public Optional<ObjectNode> input() {
      try {
        return JSON.readTree(arguments) instanceof ObjectNode object
            ? Optional.of(object)
            : Optional.empty();
      } catch (JacksonException malformed) {
        return Optional.empty();
      }
    }

    @Override
    public int length() {
      return name.length() + arguments.length();
    }
  }

  /// What came of a call.
  ///
  /// @param id of the call
  /// @param failed nothing was done; the text says why
  record ToolResult(String id, String text, boolean failed) implements Content {
    @Override
    public int length() {
      return text.length();
    }
  }
}
