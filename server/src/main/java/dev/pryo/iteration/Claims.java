package dev.pryo.iteration;

import dev.pryo.analysis.Analysis.Fact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds what a text claims against facts: each number in it has to be one of them, after rounding
/// and with its unit and sign; a sentence that names a segment may use that segment's facts alone;
/// and its words for up and down have to agree with the facts. Names are no claims: they are taken
/// out first.
final class Claims {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])([+\\-−])?\\s?(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?(?:\\s*(%|per ?cent))?");
  private static final Pattern IN_WORDS =
      Pattern.compile(
          "\\b(?:twice|thrice|doubl\\w+|double|tripl\\w+|half|halv\\w+|quarter|dozens?|ten|eleven|twelve"
              + "|\\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
              + "|millions?|(?<![\\d] )per ?cent)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CERTAINTY =
      Pattern.compile(
          "\\b(?:(?:in)?significan\\w*|statistical\\w*|prove[nds]?|proof|certain\\w*|guarantee\\w*"
              + "|confiden\\w+|definite\\w*|conclusive\\w*|p-value)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern UP =
      Pattern.compile(
          "\\b(?:rise[sn]?|rose|rising|rais\\w+|increas\\w+|gr[eo]w\\w*|more|higher|gain\\w*|(?<!-)up|boost\\w*|lift(?:s|ed))\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DOWN =
      Pattern.compile(
          "\\b(?:fall\\w*|fell|drop\\w*|decreas\\w+|declin\\w+|less|fewer|lower\\w*|los[et]\\w*|lost|down|reduc\\w+)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?;])\\s+");

  /// A segment by the words that a text may call it.
  record Named(String key, Set<String> words) {}

  private final List<Fact> cited;
  private final List<Fact> all;
  private final List<Named> segments;
  private final List<String> names;

  /// @param cited those that the text says it rests on
  /// @param names of experiments, segments, goals and events, and texts of the site
  Claims(List<Fact> cited, List<Fact> all, List<Named> segments, List<String> names) {
    this.cited = cited;
    this.all = all;
    this.segments = segments;
    this.names =
        names.stream()
            .filter(name -> !name.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /// Why the text cannot stand; empty where it can. The text's own words are not repeated in it, so
  /// that nothing invented is shown.
  Optional<String> objection(String text) {
    return SENTENCE.splitAsStream(text).map(this::ofSentence).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> ofSentence(String sentence) {
    Set<String> spoken = spoken(sentence);
    String bare = bare(sentence);
    if (IN_WORDS.matcher(bare).find()) {
      return Optional.of("it says an amount in words");
    }
    if (CERTAINTY.matcher(bare).find()) {
      return Optional.of("it speaks of certainty, which is for the verdict to say");
    }
    List<Fact> meant = new ArrayList<>();
    Matcher number = NUMBER.matcher(bare);
    while (number.find()) {
      List<Fact> matching = cited.stream().filter(fact -> is(number, fact)).toList();
      if (matching.isEmpty()) {
        return Optional.of("it names a number that is none of the facts it rests on");
      }
      List<Fact> ofThose =
          matching.stream().filter(fact -> spoken.isEmpty() || isOf(fact, spoken)).toList();
      if (ofThose.isEmpty()) {
        return Optional.of("it gives a segment the number of another one");
      }
      meant.addAll(ofThose);
    }
    return isContrary(bare, meant, spoken)
        ? Optional.of("it says up where the facts say down, or the other way round")
        : Optional.empty();
  }

  /// The keys of the segments that a sentence names.
  private Set<String> spoken(String sentence) {
    String lower = sentence.toLowerCase(Locale.ROOT);
    return segments.stream()
        .filter(segment -> segment.words().stream().anyMatch(word -> has(lower, word)))
        .map(Named::key)
        .collect(Collectors.toSet());
  }

  private static boolean has(String lower, String name) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}])"
                + Pattern.quote(name.toLowerCase(Locale.ROOT))
                + "(?![\\p{L}\\p{N}])")
        .matcher(lower)
        .find();
  }

  private String bare(String sentence) {
    String bare = sentence;
    for (String name : names) {
      bare =
          Pattern.compile(
                  "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])",
                  Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(bare)
              .replaceAll("…");
    }
    return bare;
  }

  private static boolean is(Matcher number, Fact fact) {
    List<Double> interval = fact.interval();
    Stream<Double> values =
        interval == null
            ? Stream.of(fact.value())
            : Stream.concat(Stream.of(fact.value()), interval.stream());
    return values.anyMatch(value -> is(number, value, fact.unit()));
  }

  private static boolean is(Matcher number, double value, String unit) {
    boolean percent = number.group(4) != null;
    boolean share = unit.equals("fraction") || unit.equals("probability");
    if (!Double.isFinite(value) || (percent && !share) || (unit.equals("fraction") && !percent)) {
      return false;
    }
    String sign = number.group(1);
    if (sign != null && (value < 0) == sign.equals("+")) {
      return false;
    }
    String decimals = number.group(3);
    int places = decimals == null ? 0 : decimals.length() - 1;
    BigDecimal said =
        new BigDecimal(number.group(2).replace(",", "") + (decimals == null ? "" : decimals));
    BigDecimal real =
        new BigDecimal(Double.toString(Math.abs(value)))
            .movePointRight(percent ? 2 : 0)
            .setScale(places, RoundingMode.HALF_UP);
    return said.compareTo(real) == 0;
  }

  /// Facts end in the key of the segment that they are of; the others are of all.
  private boolean isOf(Fact fact, Set<String> keys) {
    Optional<String> owner =
        segments.stream().map(Named::key).filter(key -> fact.id().endsWith("." + key)).findFirst();
    return owner.isEmpty() || keys.contains(owner.get());
  }

  /// Without a number it is a claim where it names a segment: then every change that is known of it
  /// speaks against the sentence.
  private boolean isContrary(String sentence, List<Fact> meant, Set<String> spoken) {
    boolean up = UP.matcher(sentence).find();
    boolean down = DOWN.matcher(sentence).find();
    if (up == down) {
      return false;
    }
    List<Fact> changes =
        (meant.isEmpty() && !spoken.isEmpty()
                ? all.stream().filter(fact -> isOf(fact, spoken))
                : meant.stream())
            .filter(fact -> fact.id().startsWith("lift.") || fact.id().startsWith("difference."))
            .toList();
    return !changes.isEmpty()
        && changes.stream().allMatch(fact -> up ? fact.value() < 0 : fact.value() > 0);
  }
}
