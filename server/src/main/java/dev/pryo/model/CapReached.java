package dev.pryo.model;

/// A further call to a model could cost more than may be spent; it was not made. The message is a
/// sentence for people, with the mend.
public final class CapReached extends RuntimeException {
  CapReached(String sentence) {
    super(sentence);
  }
}
