package dev.pryo.agent.words;

import dev.pryo.agent.words.Extraction.Direction;
import dev.pryo.agent.words.Extraction.Goal;
import dev.pryo.agent.words.Extraction.Kind;
import dev.pryo.agent.words.Extraction.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The goals that a description names: events by their names, or what more or fewer people should
/// do. An action that people take is an event named by its words: `sign up` is `sign_up`.
final class Wishes {
  private static final String EVENT =
      "`([A-Za-z$][\\w.:-]{0,99})`|(?<![\\w.#/-])([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?![\\w/-]|\\.\\w)";
  private static final String QUOTED = "[\"'“‘]([A-Za-z][\\w.:-]{0,99})[\"'”’]";

  /// What somebody does, up to a word that begins something else.
  private static final String ACTION =
      "((?!(?:the|a|an|our|this|of|from|are|is|than|on|in|at|and|or|to|with)\\b)(?:[a-z][a-z-]*)(?: (?!and\\b|without\\b|but\\b|when\\b|while\\b|if\\b|because\\b|by\\b|so\\b"
          + "|than\\b|for\\b|or\\b|with\\b|as\\b|in\\b|on\\b)[a-z][a-z-]*){0,3})";

  private static final Pattern EVENT_NAMED = rule(EVENT);
  private static final Pattern GOAL =
      rule(
          "(?:goals?|metrics?|measure|success)(?: event)?(?: is|:| =)\\s*(?:"
              + EVENT
              + "|"
              + QUOTED
              + "|([a-z][\\w]*)\\b(?! [a-z]))");
  private static final Pattern CLICKS =
      rule(
          "(?:measure|count|track) clicks (?:on|of) (?:the )?([\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,40})");
  private static final Pattern MORE =
      rule(
          "more (?:people|visitors|users|customers|of them|shoppers|readers)(?: should| will| would| to| who)? "
              + ACTION);
  private static final Pattern FEWER =
      rule(
          "(?<!without )(?:fewer|less) (?:people|visitors|users|customers)(?: should| will| would| to| who)? "
              + ACTION);
  private static final Pattern WITHOUT =
      rule(
          "without (?:fewer|less) (?:of them|people|visitors|users|customers) ([a-z]+ing(?: [a-z-]+){0,2})");
  private static final Pattern HARM =
      rule("without (?:hurting|harming|lowering|reducing|fewer|less) (?:" + EVENT + ")");
  private static final Pattern GUARD =
      rule("(?:guardrails?|guard)(?: event)?(?: is|:| =)?\\s+(?:" + EVENT + "|" + QUOTED + ")");
  private static final Pattern REDUCE =
      rule("(?:reduce|lower|decrease|fewer|less) (?:the )?(?:number of )?(?:" + EVENT + ")");

  private final String words;
  private final List<Goal> goals = new ArrayList<>();

  private Wishes(String words) {
    this.words = words;
  }

  static List<Goal> of(String words) {
    var wishes = new Wishes(words);
    wishes.read();
    return List.copyOf(wishes.goals);
  }

  private void read() {
    guards();
    all(GOAL).forEach(hit -> add(event(hit), Direction.INCREASE, Role.PRIMARY, hit.group()));
    all(REDUCE).forEach(hit -> add(event(hit), Direction.DECREASE, Role.PRIMARY, hit.group()));
    all(MORE)
        .forEach(hit -> add(event(hit.group(1)), Direction.INCREASE, Role.PRIMARY, hit.group()));
    all(FEWER)
        .forEach(hit -> add(event(hit.group(1)), Direction.DECREASE, Role.PRIMARY, hit.group()));
    all(CLICKS)
        .forEach(hit ->
            add(event(hit.group(1)) + "_clicked", Direction.INCREASE, Role.PRIMARY, hit.group()));
    tracked();
    all(EVENT_NAMED)
        .filter(hit -> !isInsideQuotes(hit))
        .forEach(hit -> add(event(hit), Direction.INCREASE, Role.PRIMARY, hit.group()));
  }

  private void guards() {
    for (var rule : List.of(GUARD, HARM)) {
      all(rule).forEach(hit -> add(event(hit), Direction.INCREASE, Role.GUARDRAIL, hit.group()));
    }
    all(WITHOUT)
        .forEach(hit -> add(event(hit.group(1)), Direction.INCREASE, Role.GUARDRAIL, hit.group()));
  }

  /// `track 'x' when … is clicked` names an event as well.
  private void tracked() {
    for (var track : Instructions.of(words).tracks()) {
      if (words.contains(track.words())) {
        add(track.event(), Direction.INCREASE, Role.PRIMARY, track.words());
      }
    }
  }

  private Stream<MatchResult> all(Pattern rule) {
    return rule.matcher(words).results();
  }

  /// The first event decides, further ones are looked at too; one event is one goal.
  private void add(String event, Direction direction, Role role, String quote) {
    if (event.isEmpty() || goals.stream().anyMatch(goal -> goal.event().equals(event))) {
      return;
    }
    var decided = goals.stream().anyMatch(goal -> goal.role() == Role.PRIMARY);
    var given = role == Role.PRIMARY && decided ? Role.SECONDARY : role;
    goals.add(new Goal(event, name(event), Kind.CONVERSION, direction, given, quote.strip()));
  }

  private static String event(MatchResult hit) {
    for (var group = 1; group <= hit.groupCount(); group++) {
      if (hit.group(group) != null) {
        return hit.group(group);
      }
    }
    return "";
  }

  /// `Start a trial` becomes `start_trial`.
  private static String event(String action) {
    return action
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(?:to|should|will) ", "")
        .replaceAll("\\b(?:a|an|the|their|our|your)\\b ?", "")
        .strip()
        .replaceAll("[^\\p{L}\\p{N}]+", "_");
  }

  static String name(String event) {
    var plain = event.replaceAll("[_.:-]+", " ").strip();
    return plain.isEmpty()
        ? event
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
  }

  private boolean isInsideQuotes(MatchResult hit) {
    return Quotes.of(words).originals().stream()
            .anyMatch(original -> !original.startsWith("`") && original.contains(hit.group()))
        || Instructions.of(words).changes().stream()
            .anyMatch(change -> change.words().contains(hit.group()));
  }

  private static Pattern rule(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }
}
