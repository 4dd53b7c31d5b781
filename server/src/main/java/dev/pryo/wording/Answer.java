package dev.pryo.wording;

import dev.pryo.llm.Content;
import dev.pryo.llm.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A model's answer in the schema that it was asked for; what is not in it is not there.
///
/// @param insights by the id of the one that it stands for
record Answer(@Nullable Said summary, @Nullable Said reason, Map<String, Point> insights) {
  static final String TOOL = "write_words";

  /// A text with the short ids of its facts.
  record Said(String text, List<String> facts) {}

  /// An insight.
  record Point(String title, String text, List<String> facts) {}

  /// Empty where the model did not call the tool with an object.
  static Optional<Answer> of(Reply.Answer reply) {
    return reply.calls().stream()
        .filter(call -> call.name().equals(TOOL))
        .findFirst()
        .flatMap(Content.ToolCall::input)
        .map(Answer::of);
  }

  private static Answer of(ObjectNode input) {
    Map<String, Point> insights = new HashMap<>();
    for (JsonNode one : input.path("insights")) {
      String id = text(one.path("id"));
      Said said = said(one);
      String title = text(one.path("title"));
      if (id != null && title != null && said != null) {
        insights.putIfAbsent(id, new Point(title, said.text(), said.facts()));
      }
    }
    return new Answer(said(input.path("summary")), said(input.path("reason")), insights);
  }

  private static @Nullable Said said(JsonNode node) {
    String text = text(node.path("text"));
    JsonNode facts = node.path("facts");
    if (text == null || !facts.isArray()) {
      return null;
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode fact : facts) {
      String id = text(fact);
      if (id == null) {
        return null;
      }
      ids.add(id);
    }
    return new Said(text, List.copyOf(ids));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString().strip() : null;
  }
}
