package dev.pryo.llm;

import dev.pryo.llm.Reply.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Replays a recorded run, without a network or a key. It fails loudly where the conversation is
/// not the recorded one: a recording that no longer fits proves nothing.
public final class Scripted implements LanguageModel {
  private final List<Exchange> recorded;
  private final AtomicInteger at = new AtomicInteger();

  public Scripted(List<Exchange> recorded) {
    this.recorded = List.copyOf(recorded);
  }

  @Override
  public String name() {
    return recorded.isEmpty() ? "scripted" : recorded.getFirst().answer().model();
  }

  /// How many of the recorded answers have been given.
  public int given() {
    return at.get();
  }

  public boolean isOver() {
    return given() == recorded.size();
  }

  @Override
  public Answer ask(Request request) {
    var number = at.get();
    if (isOver()) {
      throw new IllegalStateException(
          "The recorded run has " + recorded.size() + " calls and a further one was made.");
    }
    var exchange = recorded.get(number);
    var told = told(request);
    if (!told.equals(exchange.told())) {
      throw new IllegalStateException(
          "Call " + (number + 1) + " is not the recorded one. " + difference(exchange, told));
    }
    at.incrementAndGet();
    return exchange.answer();
  }

  /// What was told since the last answer.
  public static List<Content> told(Request request) {
    var told = new ArrayList<Content>();
    for (var message : request.messages().reversed()) {
      if (message instanceof Message.Assistant) {
        break;
      }
      told.addAll(0, message.content());
    }
    return List.copyOf(told);
  }

  private static String difference(Exchange exchange, List<Content> told) {
    var was = text(exchange.told());
    var is = text(told);
    var same = 0;
    while (same < Math.min(was.length(), is.length()) && was.charAt(same) == is.charAt(same)) {
      same++;
    }
    return "Behind “"
        + was.substring(Math.max(0, same - 60), same)
        + "” it was “"
        + was.substring(same, Math.min(was.length(), same + 120))
        + "” and is “"
        + is.substring(same, Math.min(is.length(), same + 120))
        + "”.";
  }

  private static String text(List<Content> told) {
    return String.join("\n", told.stream().map(Content::toString).toList());
  }
}
