package dev.pryo.iteration;

import dev.pryo.agent.words.Instruction;
import dev.pryo.agent.words.Instructions;
import dev.pryo.agent.words.Target;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/// What instructions come down to, so that a change is known again in other words: for each thing
/// that they change the element, the kind of change, and the text or look that it gets. What no
/// rule understands is compared by its quotations and its words.
///
/// @param understood whether the parts are all there is
/// @param quotes what stands in quotation marks
/// @param words those that carry meaning
record Essence(Set<Part> parts, boolean understood, Set<String> quotes, Set<String> words) {
  /// Words that are the same in four of five cases say the same.
  private static final double ALIKE = 0.8;

  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "a", "also", "an", "and", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it",
          "its", "make", "of", "on", "our", "please", "should", "so", "that", "the", "then", "this",
          "to", "we", "with", "your");

  /// One thing that is changed.
  record Part(String element, String kind, String text) {}

  static Essence of(String instructions) {
    Instructions read = Instructions.of(instructions);
    Set<Part> parts =
        read.changes().stream().map(Essence::part).collect(Collectors.toUnmodifiableSet());
    Set<String> quotes =
        Idea.QUOTED
            .matcher(instructions)
            .results()
            .map(MatchResult::group)
            .map(quote -> plain(quote.substring(1, quote.length() - 1)))
            .collect(Collectors.toUnmodifiableSet());
    Set<String> words =
        Arrays.stream(instructions.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
            .filter(word -> !word.isEmpty() && !EMPTY_WORDS.contains(word))
            .map(word -> word.length() > 3 ? word.replaceFirst("s$", "") : word)
            .collect(Collectors.toUnmodifiableSet());
    return new Essence(parts, !parts.isEmpty() && read.unknown().isEmpty(), quotes, words);
  }

  private static Part part(Instruction.Change change) {
    String element = element(change.target());
    return switch (change) {
      case Instruction.SetText text -> new Part(element, "text", plain(text.text()));
      case Instruction.SetStyle style ->
          new Part(
              element,
              "look",
              style.style().stream()
                  .map(one -> one.property() + ":" + one.value())
                  .sorted()
                  .collect(Collectors.joining(";")));
      case Instruction.AddClass add -> new Part(element, "class", "+" + add.name());
      case Instruction.RemoveClass remove -> new Part(element, "class", "-" + remove.name());
      case Instruction.SwapClass swap ->
          new Part(element, "class", "-%s+%s".formatted(swap.from(), swap.to()));
      case Instruction.Move move ->
          new Part(
              element, "place", (move.after() ? "after " : "before ") + element(move.anchor()));
      case Instruction.SetAttribute attribute ->
          new Part(element, attribute.name(), plain(attribute.value()));
    };
  }

  private static String element(Target target) {
    return switch (target) {
      case Target.Quoted quoted -> plain(quoted.text());
      case Target.Selector selector -> selector.css();
      case Target.Words words ->
          plain(words.words() + " " + words.kind().name().toLowerCase(Locale.ROOT));
    };
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s.,;:!?]+", " ").strip();
  }

  /// Whether both try the same.
  boolean sameAs(Essence other) {
    if (understood && other.understood) {
      return parts.equals(other.parts);
    }
    return quotes.equals(other.quotes) && isAlike(words, other.words);
  }

  private static boolean isAlike(Set<String> some, Set<String> others) {
    Set<String> both = new HashSet<>(some);
    both.retainAll(others);
    int all = some.size() + others.size() - both.size();
    return all == 0 || both.size() >= ALIKE * all;
  }
}
