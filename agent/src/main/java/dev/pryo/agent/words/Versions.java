package dev.pryo.agent.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The versions of a page that a description speaks of, apart from the one that is there.
final class Versions {
  /// @param instructions the clauses that change something, each of which a rule understands
  /// @param quote from the first of them to the last, exactly as written
  record Version(String instructions, String quote) {}

  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+|\\s*(?:\\n|;)\\s*");

  /// `In a second version also …`, `Another variant: …`, `Test 2: …`.
  private static final Pattern ANOTHER =
      Pattern.compile(
          "^(?:and |,? ?)*(?:(?:in|for|as) )?(?:an?|the|one)?\\s*"
              + "(?:(second|third|fourth|fifth|another|further|other|2nd|3rd|4th)\\s+"
              + "(?:version|variant|variation|segment|test|one|group)"
              + "|(?:test|variant|version) ?[2-9])\\b[\\s,:]*(?:we |should |could |please )*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FIRST =
      Pattern.compile(
          "^(?:(?:in|for|as) )?(?:a|the|one)?\\s*(?:(?:first|new|test) (?:version|variant|segment)|(?:test|variant|version) ?1)"
              + "\\b[\\s,:]*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern AS_WELL =
      Pattern.compile(
          "^(?:also|additionally|in addition|as well)\\b[\\s,]*", Pattern.CASE_INSENSITIVE);

  private Versions() {}

  static List<Version> of(String words) {
    var versions = new ArrayList<Version>();
    for (var sentence : sentences(words)) {
      var another = ANOTHER.matcher(sentence);
      var starts = another.find();
      var rest =
          starts ? sentence.substring(another.end()) : FIRST.matcher(sentence).replaceFirst("");
      var also = AS_WELL.matcher(rest);
      var builds = starts && also.find();
      var quote = quote(builds ? rest.substring(also.end()) : rest);
      if (quote.isEmpty()) {
        continue;
      }
      if (versions.isEmpty()) {
        versions.add(new Version(quote, quote));
      } else if (starts) {
        var before = builds ? versions.getLast().instructions() + "\n" : "";
        versions.add(new Version(before + quote, quote));
      } else {
        versions.add(longer(versions.removeLast(), quote, words));
      }
    }
    return List.copyOf(versions);
  }

  private static Version longer(Version version, String more, String words) {
    var from = words.indexOf(version.quote);
    var to = words.indexOf(more, from + version.quote.length());
    var quote = to < 0 ? version.quote : words.substring(from, to + more.length());
    return new Version(version.instructions + "\n" + more, quote);
  }

  /// From the first clause that changes something to the last; empty where none does.
  private static String quote(String sentence) {
    var quotes = Quotes.of(sentence);
    var changing =
        Clauses.of(quotes.text()).stream().map(quotes::restore).collect(Collectors.toList());
    var joined = new ArrayList<String>();
    for (var clause : changing) {
      var upToHere = joined.isEmpty() ? clause : span(sentence, joined.getFirst(), clause);
      if (!Instructions.of(upToHere).changes().isEmpty()
          && Instructions.of(upToHere).unknown().isEmpty()) {
        joined.add(clause);
      } else if (!joined.isEmpty()) {
        break;
      }
    }
    return joined.isEmpty() ? "" : span(sentence, joined.getFirst(), joined.getLast());
  }

  private static String span(String sentence, String first, String last) {
    var from = sentence.indexOf(first);
    var to = sentence.indexOf(last, from);
    return from < 0 || to < 0 ? "" : sentence.substring(from, to + last.length());
  }

  private static List<String> sentences(String words) {
    var quotes = Quotes.of(words);
    return SENTENCE.splitAsStream(quotes.text()).map(String::strip).map(quotes::restore).toList();
  }
}
