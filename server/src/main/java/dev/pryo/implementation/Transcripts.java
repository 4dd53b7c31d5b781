package dev.pryo.implementation;

import dev.pryo.agent.model.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What a model was told, what it answered, and what was refused, for people.
@Component
public class Transcripts {
  private final Writings writings;

  Transcripts(Writings writings) {
    this.writings = writings;
  }

  /// One line.
  ///
  /// @param seq counts from 1
  /// @param kind `prompt`, `text`, `call`, `result` or `refusal`
  /// @param name of the tool, empty for texts
  /// @param text secrets masked; empty for results, whose size tells enough
  /// @param size in characters
  public record TranscriptLine(int seq, String kind, String name, String text, int size) {}

  /// All lines of the newest run, in order, as far as the caller may see them; none where no model
  /// was asked.
  public List<TranscriptLine> of(UUID experiment) {
    return numbered(writings.entries(experiment));
  }

  /// All lines of the newest roll-out, in the same way.
  public List<TranscriptLine> ofRollout(UUID experiment) {
    return numbered(writings.rolledOut(experiment));
  }

  private static List<TranscriptLine> numbered(List<Transcript.Entry> entries) {
    List<Transcript.Line> lines = new Transcript(entries, (position, entry) -> {}).lines();
    List<TranscriptLine> numbered = new ArrayList<>();
    for (Transcript.Line line : lines) {
      numbered.add(
          new TranscriptLine(
              numbered.size() + 1, line.kind(), line.name(), line.text(), line.size()));
    }
    return List.copyOf(numbered);
  }
}
