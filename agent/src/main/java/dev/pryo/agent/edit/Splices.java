package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Edits of a text by position, so that every other character stays as it is.
final class Splices {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$-]+");

  record Splice(int from, int to, String text) {}

  private final List<Splice> all = new ArrayList<>();

  void insert(int at, String text) {
    replace(at, at, text);
  }

  void replace(int from, int to, String text) {
    all.add(new Splice(from, to, text));
  }

  /// Whether two edits are of the same characters.
  boolean collide() {
    var sorted = sorted();
    return IntStream.range(1, sorted.size())
        .anyMatch(at -> sorted.get(at).from < sorted.get(at - 1).to);
  }

  /// In the order they were added.
  List<Splice> all() {
    return List.copyOf(all);
  }

  /// What is put before characters comes before what replaces them.
  private List<Splice> sorted() {
    return all.stream()
        .sorted(Comparator.comparingInt(Splice::from).thenComparing(one -> one.to > one.from))
        .toList();
  }

  /// The text with all edits made; those at one position in the order they were added.
  String apply(String text) {
    return apply(text, 0, text.length());
  }

  /// The same for a part of the text, which holds all edits.
  String apply(String text, int from, int to) {
    var out = new StringBuilder();
    var at = from;
    for (var splice : sorted()) {
      if (splice.from < at) {
        throw new IllegalStateException("Two edits overlap at " + splice.from);
      }
      out.append(text, at, splice.from).append(splice.text);
      at = splice.to;
    }
    return out.append(text, at, to).toString();
  }

  /// Takes the edits out of a written text again; empty where it is not what they make of the
  /// original.
  Optional<String> undo(String original, String written) {
    var out = new StringBuilder();
    var from = 0;
    var at = 0;
    for (var splice : sorted()) {
      var kept = original.substring(from, splice.from);
      if (!written.startsWith(kept, at) || !written.startsWith(splice.text, at + kept.length())) {
        return Optional.empty();
      }
      at += kept.length() + splice.text.length();
      out.append(kept).append(original, splice.from, splice.to);
      from = splice.to;
    }
    out.append(original.substring(from));
    return written.substring(at).equals(original.substring(from))
        ? Optional.of(out.toString())
        : Optional.empty();
  }

  /// Whether the words of what was replaced are still, in their order, in what replaced it.
  boolean keeps(String original) {
    return all.stream()
        .filter(splice -> splice.to > splice.from)
        .allMatch(splice -> holds(splice.text, original.substring(splice.from, splice.to)));
  }

  private static boolean holds(String text, String wanted) {
    var words = WORD.matcher(wanted).results().map(hit -> hit.group()).toList();
    var found = WORD.matcher(text).results().map(hit -> hit.group()).iterator();
    for (var word : words) {
      var there = false;
      while (!there && found.hasNext()) {
        there = found.next().equals(word);
      }
      if (!there) {
        return false;
      }
    }
    return true;
  }
}
