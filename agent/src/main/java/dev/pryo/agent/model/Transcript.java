package dev.pryo.agent.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pryo.agent.Secrets;
import dev.pryo.llm.Content;
import dev.pryo.llm.Exchange;
import dev.pryo.llm.Reply.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The record of a run, kept turn by turn. A run that is started again with what was kept walks the
/// same way over it: its answers are taken from the record, not paid for again, until the record
/// ends. Where the run goes another way than the record, since Pryo itself has changed meanwhile,
/// the record's end is dropped.
public final class Transcript {
  private final List<Entry> entries;
  private final Keeper keeper;
  private int at;

  /// One line of the record.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Told.class, name = "told"),
    @JsonSubTypes.Type(value = Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Refused.class, name = "refused")
  })
  public sealed interface Entry {}

  /// What the model was told since its last answer.
  public record Told(List<Content> content) implements Entry {}

  /// What it answered.
  public record Answered(Answer answer) implements Entry {}

  /// A call that was not done. The reason is what the model is told.
  public record Refused(String tool, String reason) implements Entry {}

  /// Where the record is kept.
  @FunctionalInterface
  public interface Keeper {
    /// Keeps one entry for good before it returns. What was kept at this position or behind it no
    /// longer counts.
    void keep(int position, Entry entry);
  }

  public Transcript(List<Entry> earlier, Keeper keeper) {
    this.entries = new ArrayList<>(earlier);
    this.keeper = keeper;
  }

  /// A record that begins now and is not kept anywhere else.
  public static Transcript inMemory() {
    return new Transcript(List.of(), (_, _) -> {});
  }

  void add(Entry entry) {
    if (at < entries.size() && entries.get(at).equals(entry)) {
      at++;
      return;
    }
    entries.subList(at, entries.size()).clear();
    keeper.keep(at, entry);
    entries.add(entry);
    at++;
  }

  /// The answer that was recorded at this point of the run.
  Optional<Answer> recorded() {
    return at < entries.size() && entries.get(at) instanceof Answered(var answer)
        ? Optional.of(answer)
        : Optional.empty();
  }

  /// A copy of the record.
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /// The calls of the run, to be replayed by `Scripted`.
  public static List<Exchange> exchanges(List<Entry> entries) {
    var exchanges = new ArrayList<Exchange>();
    var told = new ArrayList<Content>();
    for (var entry : entries) {
      switch (entry) {
        case Told(var content) -> told.addAll(content);
        case Answered(var answer) -> {
          exchanges.add(new Exchange(told, answer));
          if (!answer.content().isEmpty()) {
            told.clear();
          }
        }
        case Refused _ -> {}
      }
    }
    return exchanges;
  }

  /// Why the run went on behind what it had written, in order.
  public static List<Round> rounds(List<Entry> entries) {
    return entries.stream()
        .filter(Told.class::isInstance)
        .flatMap(told -> ((Told) told).content().stream())
        .flatMap(part -> Prompts.roundIn(part).stream())
        .toList();
  }

  /// One line for people: a text, a call, a result or a refusal.
  ///
  /// @param kind `prompt`, `text`, `call`, `result` or `refusal`
  /// @param name of the tool, empty for texts
  /// @param text with secrets masked; empty for results, whose size tells enough
  /// @param size in characters
  public record Line(String kind, String name, String text, int size) {}

  /// Everything in order.
  public List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (var entry : entries) {
      switch (entry) {
        case Told(var content) -> content.forEach(part -> lines.add(line(part, "prompt")));
        case Answered(var answer) ->
            answer.content().forEach(part -> lines.add(line(part, "text")));
        case Refused(var tool, var reason) ->
            lines.add(new Line("refusal", tool, masked(reason), reason.length()));
      }
    }
    return lines;
  }

  private static Line line(Content part, String kind) {
    return switch (part) {
      case Content.Text(var text) -> new Line(kind, "", masked(text), text.length());
      case Content.ToolCall(_, var name, var arguments) ->
          new Line("call", name, masked(arguments), arguments.length());
      case Content.ToolResult(_, var text, _) -> new Line("result", "", "", text.length());
    };
  }

  private static String masked(String text) {
    return Secrets.find(text).map(kind -> "(hidden: it holds " + kind + ")").orElse(text);
  }
}
