package dev.pryo.llm;

/// Something that answers a conversation: a vendor's model, a local one, or a recorded run.
public interface LanguageModel {
  /// The model's own name, as its vendor and the price table know it.
  String name();

  /// Asks once and waits for the answer. What a vendor is known to do wrong is a `Reply.Fault`, not
  /// an exception. Safe to use from several threads.
  Reply ask(Request request);
}
