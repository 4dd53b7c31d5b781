package dev.pryo.llm;

import java.util.List;

/// One call of a recorded run: what a model was told since its last answer, and what it answered.
public record Exchange(List<Content> told, Reply.Answer answer) {
  public Exchange {
    told = List.copyOf(told);
  }
}
