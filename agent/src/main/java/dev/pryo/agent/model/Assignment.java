package dev.pryo.agent.model;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.llm.Content;
import dev.pryo.llm.Reply.Answer;
import java.util.List;
import java.util.Optional;

/// What a model is to do in one run: what it is told, what it may call, how its work is doubted.
interface Assignment {
  Workspace workspace();

  Tools tools();

  String system();

  /// What it is told first.
  List<Content> begin();

  /// What else it is told with the results of an answer.
  Optional<String> next(Stages stages, Answer answer);

  /// Doubts what is written so far.
  List<Check> checks();

  /// @param words the model's own, of what it did
  Outcome.Done done(List<Check> checks, String words);
}
