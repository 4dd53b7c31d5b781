package dev.pryo.wording;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The numbers that a text says, in digits or in words.
final class Numbers {
  /// What a number counts, as far as the text says it.
  enum Unit {
    PERCENT,
    POINTS,
    PEOPLE,
    DAYS,
    HOURS,
    CHECKS,
    TIMES,
    /// Of another size: `twice`, `half as many`.
    FACTOR,
    /// A part of something: `half of the people`.
    PART,
    /// A number alone.
    NONE,
    /// Something that no fact is in.
    OTHER
  }

  /// Whether the number is said to be passed.
  enum Bound {
    NONE,
    UPPER,
    LOWER
  }

  /// One number.
  ///
  /// @param value without its sign
  /// @param decimals how many were written
  /// @param sign −1 or 1 where one was written, else 0
  record Number(
      int from,
      int to,
      String words,
      double value,
      int decimals,
      int sign,
      Unit unit,
      Bound bound) {
    double signed() {
      return sign < 0 ? -value : value;
    }

    Number in(Unit other) {
      return new Number(from, to, words, value, decimals, sign, other, bound);
    }
  }

  private static final Map<String, Integer> CARDINALS =
      Map.ofEntries(
          Map.entry("zero", 0),
          Map.entry("nobody", 0),
          Map.entry("none", 0),
          Map.entry("no one", 0),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("dozen", 12),
          Map.entry("dozens", 12),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("forty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90),
          Map.entry("hundred", 100),
          Map.entry("hundreds", 100),
          Map.entry("thousand", 1_000),
          Map.entry("thousands", 1_000),
          Map.entry("million", 1_000_000),
          Map.entry("millions", 1_000_000));

  private static final Map<String, Double> FACTORS =
      Map.ofEntries(
          Map.entry("half", 0.5),
          Map.entry("halves", 0.5),
          Map.entry("halved", 0.5),
          Map.entry("halving", 0.5),
          Map.entry("third", 1 / 3.0),
          Map.entry("thirds", 2 / 3.0),
          Map.entry("quarter", 0.25),
          Map.entry("quarters", 0.75),
          Map.entry("fifth", 0.2),
          Map.entry("sixth", 1 / 6.0),
          Map.entry("tenth", 0.1),
          Map.entry("twice", 2.0),
          Map.entry("double", 2.0),
          Map.entry("doubles", 2.0),
          Map.entry("doubled", 2.0),
          Map.entry("doubling", 2.0),
          Map.entry("twofold", 2.0),
          Map.entry("triple", 3.0),
          Map.entry("triples", 3.0),
          Map.entry("tripled", 3.0),
          Map.entry("thrice", 3.0),
          Map.entry("threefold", 3.0),
          Map.entry("quadruple", 4.0),
          Map.entry("quadrupled", 4.0),
          Map.entry("fourfold", 4.0),
          Map.entry("tenfold", 10.0));

  /// `one` counts only where something is counted by it; else it stands for a thing.
  private static final String ONE =
      "one(?=[ -](?:%|per ?cent|hundred|thousand|million|in\\b|out\\b|third|quarter|half|fifth|tenth|day|person|visitor|people|point|dozen))"
          + "|once(?= (?:in|every))";

  static final Pattern WORDS =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:%s|%s|%s)(?![\\p{L}\\p{N}])"
              .formatted(
                  String.join("|", CARDINALS.keySet()), String.join("|", FACTORS.keySet()), ONE));

  private static final String UNIT =
      "(?:\\s?(?<unit>%|×|(?:per ?cent|percentage points?|points?|pp|people|persons?|visitors?|users?|customers?|shoppers?"
          + "|days?|weeks?|months?|hours?|checks?|times|x|k|thousand|million|billion|fold|th|st|nd|rd)\\b))?";

  private static final Pattern DIGITS =
      Pattern.compile(
          "(?i)(?<sign>[+−–-](?<![\\p{L}\\p{N}%]\\S)|(?:minus|plus|negative) )?"
              + "(?<digits>(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?:e[+-]?\\d{1,3})?)"
              + "(?:(?: more| further| other| additional)(?= (?:days?|people|visitors)\\b))?"
              + UNIT);

  /// `once in a thousand` is a probability.
  private static final Pattern ONCE =
      Pattern.compile("(?i)\\bonce in (?:an?|every) (?<size>hundred|thousand|million)\\b");

  private static final Pattern UPPER =
      Pattern.compile(
          "(?i)(?:<|\\b(?:up to|at most|at the most|no more than|not more than|as much as|below|under|less than|fewer than|a maximum of"
              + "|smaller than|lower than))\\s*(?:about )?$");
  private static final Pattern LOWER =
      Pattern.compile(
          "(?i)(?:>|\\b(?:at least|no less than|not less than|more than|above|over|as little as|a minimum of|exceeds|exceeding"
              + "|larger than|higher than|beyond))\\s*(?:about )?$");

  private Numbers() {}

  /// All of them, in the order of the text.
  static List<Number> in(String text) {
    List<Number> found = new ArrayList<>();
    Matcher digits = DIGITS.matcher(text);
    while (digits.find()) {
      found.add(digits(text, digits));
    }
    Matcher once = ONCE.matcher(text);
    while (once.find()) {
      double value = 1.0 / CARDINALS.getOrDefault(once.group("size").toLowerCase(Locale.ROOT), 1);
      found.add(
          new Number(
              once.start(),
              once.end(),
              once.group(),
              value,
              6,
              0,
              Unit.NONE,
              bound(text, once.start())));
    }
    Matcher words = WORDS.matcher(text);
    while (words.find()) {
      int from = words.start();
      int to = words.end();
      // `12 thousand` is one number already
      if (found.stream().noneMatch(number -> number.from() < to && from < number.to())) {
        found.add(words(text, words));
      }
    }
    found.sort((a, b) -> Integer.compare(a.from(), b.from()));
    return List.copyOf(found);
  }

  private static Number digits(String text, Matcher at) {
    String sign = at.group("sign");
    String digits = at.group("digits").replace(",", "");
    String named = at.group("unit");
    boolean glued = at.end() < text.length() && Character.isLetterOrDigit(text.charAt(at.end()));
    boolean behind = at.start() > 0 && Character.isLetter(text.charAt(at.start() - 1));
    return new Number(
        at.start(),
        at.end(),
        at.group().strip(),
        Double.parseDouble(digits) * size(named),
        new BigDecimal(digits).scale(),
        sign == null ? 0 : "+plus ".contains(sign.toLowerCase(Locale.ROOT)) ? 1 : -1,
        glued || behind || digits.matches("0\\d+.*") ? Unit.OTHER : unit(named),
        bound(text, at.start()));
  }

  private static double size(@Nullable String unit) {
    if (unit == null) {
      return 1;
    }
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "k", "thousand" -> 1e3;
      case "million" -> 1e6;
      case "billion" -> 1e9;
      default -> 1;
    };
  }

  private static Unit unit(@Nullable String named) {
    if (named == null) {
      return Unit.NONE;
    }
    String unit = named.toLowerCase(Locale.ROOT);
    return switch (unit) {
      case "%", "percent", "per cent" -> Unit.PERCENT;
      case "percentage point", "percentage points", "point", "points", "pp" -> Unit.POINTS;
      case "people", "person", "persons", "visitor", "visitors", "user", "users" -> Unit.PEOPLE;
      case "customer", "customers", "shopper", "shoppers" -> Unit.PEOPLE;
      case "day", "days" -> Unit.DAYS;
      case "hour", "hours" -> Unit.HOURS;
      case "check", "checks" -> Unit.CHECKS;
      case "times" -> Unit.TIMES;
      case "x", "×", "fold" -> Unit.FACTOR;
      case "k", "thousand", "million", "billion" -> Unit.NONE;
      default -> Unit.OTHER;
    };
  }

  private static Number words(String text, Matcher at) {
    String word = at.group().toLowerCase(Locale.ROOT);
    Double factor = FACTORS.get(word);
    Integer cardinal = CARDINALS.get(word);
    double value = factor != null ? factor : cardinal != null ? cardinal : 1;
    boolean part = text.startsWith(" of ", at.end());
    Unit unit = factor == null ? behind(text, at.end()) : part ? Unit.PART : Unit.FACTOR;
    return new Number(at.start(), at.end(), at.group(), value, 0, 0, unit, bound(text, at.start()));
  }

  /// What a number in words counts: the next word.
  private static Unit behind(String text, int end) {
    Matcher next = Pattern.compile("[ -]([a-zA-Z]+|%)").matcher(text).region(end, text.length());
    if (!next.lookingAt()) {
      return Unit.NONE;
    }
    Unit unit = unit(next.group(1));
    // a number that goes on in words, such as `twenty three`, is none that a fact is said in
    boolean goesOn = WORDS.matcher(next.group(1)).matches();
    return goesOn ? Unit.OTHER : unit == Unit.OTHER ? Unit.NONE : unit;
  }

  private static Bound bound(String text, int start) {
    String before = text.substring(Math.max(0, start - 30), start);
    if (UPPER.matcher(before).find()) {
      return Bound.UPPER;
    }
    return LOWER.matcher(before).find() ? Bound.LOWER : Bound.NONE;
  }
}
