package dev.pryo.iteration;

import dev.pryo.iteration.Proposal.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One change that could be tried, in words that edit mode can carry out where the parent's were
/// such.
///
/// @param instructions for the test segment, on top of the site as it is
/// @param keeps what of the parent's change stays in it
/// @param changes what is new in it
record Idea(Move move, String instructions, String keeps, String changes) {
  private static final List<String> LOOKS =
      List.of("bigger", "bold", "green", "rounded", "underlined", "orange", "much bigger");

  /// A text in quotation marks, as it stands.
  static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:'[^']+'|\"[^\"]+\"|“[^”]+”|‘[^’]+’|«[^»]+»)(?![\\p{L}\\p{N}])");

  /// `make the sign-up button green`: the element, and how it shall look.
  private static final Pattern LOOK =
      Pattern.compile(
          "(?:make|turn|colou?r|paint) (?<what>.+?) (?<how>[\\w-]+)[.!]?",
          Pattern.CASE_INSENSITIVE);

  /// Where one clause ends and the next begins with its verb.
  private static final Pattern NEXT_CLAUSE =
      Pattern.compile(
          "\\s*[;.]\\s+(?=\\S)|\\s*,?\\s+and(?: then| also)?\\s+(?=(?:change|replace|rename|make|turn|set|add|remove|hide|give)\\b)",
          Pattern.CASE_INSENSITIVE);

  /// More of the same: the change stays, and what it is made to is made more visible.
  static List<Idea> bolder(String instructions) {
    String kept = bare(instructions);
    String what = element(instructions).orElse("it");
    return looks(instructions)
        .map(look ->
            new Idea(
                Move.BOLDER,
                "%s and make %s %s".formatted(kept, what, look),
                kept,
                "make %s %s".formatted(what, look)))
        .toList();
  }

  /// Each part of a change that had several.
  static List<Idea> narrower(String instructions) {
    String[] clauses = NEXT_CLAUSE.split(bare(instructions));
    List<Idea> ideas = new ArrayList<>();
    for (String clause : clauses.length < 2 ? new String[0] : clauses) {
      // a clause that speaks of `it` cannot stand alone
      if (!clause.toLowerCase(Locale.ROOT).matches(".*\\b(?:it|them|this)\\b.*")) {
        ideas.add(
            new Idea(Move.NARROWER, clause, clause, "leave out everything but this one change"));
      }
    }
    return List.copyOf(ideas);
  }

  /// The same element, changed in another way.
  static List<Idea> otherChange(String instructions) {
    return element(instructions).stream()
        .flatMap(what ->
            looks(instructions)
                .map(look -> {
                  String change = "make %s %s".formatted(what, look);
                  return new Idea(Move.OTHER_CHANGE, change, "the place: " + what, change);
                }))
        .toList();
  }

  /// Another element, made more visible.
  ///
  /// @param element in the words that instructions use for it
  static List<Idea> otherElement(String element) {
    return LOOKS.stream()
        .map(look -> {
          String change = "make %s %s".formatted(element, look);
          return new Idea(Move.OTHER_ELEMENT, change, "the goal; the place is another one", change);
        })
        .toList();
  }

  static Idea repeat(String instructions) {
    return new Idea(
        Move.REPEAT,
        instructions,
        bare(instructions),
        "nothing but the split, which has to be mended");
  }

  /// The element that a change is about, in its own words.
  static Optional<String> element(String instructions) {
    String first = NEXT_CLAUSE.split(bare(instructions))[0];
    Matcher quoted = QUOTED.matcher(first);
    if (quoted.find()) {
      return Optional.of(quoted.group());
    }
    Matcher look = LOOK.matcher(first);
    return look.matches() ? Optional.of(look.group("what")) : Optional.empty();
  }

  /// What stands in quotation marks, without them.
  static List<String> quotations(String text) {
    return QUOTED
        .matcher(text)
        .results()
        .map(found -> found.group().substring(1, found.group().length() - 1))
        .toList();
  }

  private static Stream<String> looks(String instructions) {
    String said = instructions.toLowerCase(Locale.ROOT);
    return LOOKS.stream().filter(look -> !said.matches("(?s).*\\b" + look + "\\b.*"));
  }

  private static String bare(String instructions) {
    return instructions.strip().replaceFirst("[.!;,\\s]+$", "");
  }
}
