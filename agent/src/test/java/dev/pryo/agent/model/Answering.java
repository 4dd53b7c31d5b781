package dev.pryo.agent.model;

import dev.pryo.llm.Content;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Request;
import dev.pryo.llm.Usage;
import java.util.ArrayList;
import java.util.List;

/// A model that gives its answers in order, the last one again and again, and keeps what it was
/// asked.
final class Answering implements LanguageModel {
  static final Usage USAGE = new Usage(1_000, 0, 0, 100);

  private final List<Reply> replies;
  private final List<Request> asked = new ArrayList<>();

  Answering(Reply... replies) {
    this.replies = List.of(replies);
  }

  static Reply calls(Content.ToolCall... calls) {
    return new Reply.Answer("claude-sonnet-4-6", List.of(calls), Reply.Stop.CALLS, USAGE);
  }

  static Answering well() {
    return new Answering(
        calls(Shop.plan(Shop.BUTTON)),
        calls(Shop.read()),
        calls(Shop.write()),
        calls(Shop.call("compare_changes", "{}")),
        calls(Shop.flush()));
  }

  @Override
  public String name() {
    return "claude-sonnet-4-6";
  }

  @Override
  public Reply ask(Request request) {
    var reply = replies.get(Math.min(asked.size(), replies.size() - 1));
    asked.add(request);
    return reply;
  }

  List<Request> asked() {
    return asked;
  }

  /// What the last request ends with.
  String lastTold() {
    return asked.getLast().messages().getLast().content().toString();
  }
}
