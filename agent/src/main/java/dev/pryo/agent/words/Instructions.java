package dev.pryo.agent.words;

import dev.pryo.agent.words.Instruction.Action;
import dev.pryo.agent.words.Instruction.AddClass;
import dev.pryo.agent.words.Instruction.Change;
import dev.pryo.agent.words.Instruction.Move;
import dev.pryo.agent.words.Instruction.RemoveClass;
import dev.pryo.agent.words.Instruction.SetAttribute;
import dev.pryo.agent.words.Instruction.SetStyle;
import dev.pryo.agent.words.Instruction.SetText;
import dev.pryo.agent.words.Instruction.SwapClass;
import dev.pryo.agent.words.Instruction.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads instructions by rules. What no rule knows is kept as it is, in `unknown`, and nothing is
/// made of it.
///
/// @param unknown clauses that no rule understands, as they were written
public record Instructions(List<Instruction> read, List<String> unknown) {
  private static final String Q = Quotes.Q;
  private static final String EVENT = "(?:" + Q + "|([A-Za-z$][\\w.:-]*))";

  private static final Pattern NOTHING =
      rule(
          "(?:no change|no changes|nothing(?: changes)?|unchanged|control|keep (?:it |everything )?"
              + "as (?:it )?is|(?:the )?(?:current|original) (?:page|version)|as it is(?: now)?)");
  private static final Pattern FROM_TO =
      rule(
          "(?:change|replace|swap|rename|reword|update|switch|turn)(?: the)?"
              + "(?: (?:text|wording|label|copy|words?))?(?: from)? (.+?),? (?:to|with|by|into|for|as|→|->)"
              + "(?: say| read)? "
              + Q);
  private static final Pattern TEXT_OF =
      rule(
          "(?:change|set|update|make|rename|reword) (?:the )?(?:text|wording|label|copy|caption)"
              + " (?:of|on|in|for) (.+?) (?:to|be|into)(?: say| read)? "
              + Q);
  private static final Pattern INSTEAD =
      rule(
          "(?:say|use|write|show|read|have|put) "
              + Q
              + " (?:instead of|rather than|in place of) (.+)");
  private static final Pattern INSTEAD_FIRST =
      rule("instead of (.+?),? (?:say|use|write|show|have|put) " + Q);
  private static final Pattern SAYS =
      rule("(?:make |let |have )?(.+?) (?:say|says|should say|should read|reads?) " + Q);
  private static final Pattern SAY =
      rule("(?:say|says|write|make it say|it should say|it says) " + Q);
  private static final Pattern CONTINUED = rule(Q + " (?:to|with|by|into|as) " + Q);
  private static final Pattern TRACK =
      rule(
          "(?:track|send|record|fire)(?: the)?(?: event)? "
              + EVENT
              + " (?:when|whenever|once|if|as soon as) "
              + "(.+?) (?:is|are|gets|was) (clicked|pressed|tapped|submitted|sent)(?: on)?");
  private static final Pattern TRACK_ACTIVE =
      rule(
          "(?:track|send|record|fire)(?: the)?(?: event)? "
              + EVENT
              + " (?:when|whenever|once|if|as soon as) "
              + "(?:people|someone|somebody|a visitor|visitors|a person|users?|a user|they) "
              + "(clicks?|press(?:es)?|taps?|submits?|sends?)(?: on)? (.+)");
  private static final Pattern TRACK_AS =
      rule(
          "(?:track|measure|count|record) (clicks|taps|submits|submissions)(?: on| of)? (.+?) (?:as|with) "
              + EVENT);
  private static final Pattern CLASS =
      rule(
          "(add|remove) (?:the )?class(?:es)? (?:"
              + Q
              + "|\\.?([\\w:/.\\[\\]-]+)) (?:to|on|from|of) (.+)");
  private static final Pattern SWAP_CLASS =
      rule(
          "(?:change|replace|swap|switch)(?: the)? class(?:es)? (?:"
              + Q
              + "|\\.?([\\w:/.\\[\\]#%-]+)) (?:to|with|for|by)(?: the class)? (?:"
              + Q
              + "|\\.?([\\w:/.\\[\\]#%-]+)) (?:on|of|in|for) (.+)");
  private static final String BESIDE =
      "(above|before|in front of|on top of|below|under|underneath|beneath|after|behind)";
  private static final Pattern MOVE =
      rule("(?:put|place|move|bring|show) (.+?) (?:directly |right )?" + BESIDE + " (.+)");
  private static final Pattern MOVED =
      rule(
          "(.+?) (?:should|must|shall) (?:come|be|go|stand|appear)(?: directly| right)? "
              + BESIDE
              + " (.+)");
  private static final Pattern SET =
      rule(
          "(?:set|change) (?:the )?([a-z][a-z -]{0,30}?)(?: attribute)? (?:of|on|for) (.+?) to (.+)");
  private static final Pattern BACKGROUND = rule("(?:give|make) (.+?) an? ([\\w -]+?) background");
  private static final Pattern MAKE =
      rule(
          "(?:make|turn|colou?r|paint) (.+?) ((?:much |dark[ -]|light[ -]|full[ -]|a bit |a little )?[\\w-]+"
              + "(?:(?:, and |, | and )(?:much |dark[ -]|light[ -]|full[ -])?[\\w-]+)*)");
  private static final Pattern SHOULD_BE = rule("(.+?) (?:should be|becomes?) (.+)");
  private static final Pattern HIDE = rule("hide (.+)|(?:remove|drop) (.+)");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "placeholder",
          "href",
          "title",
          "alt",
          "aria-label",
          "aria-description",
          "value",
          "src",
          "target",
          "rel",
          "lang",
          "autocomplete",
          "inputmode",
          "maxlength",
          "min",
          "max",
          "step",
          "rows",
          "cols",
          "tabindex",
          "loading",
          "width",
          "height",
          "type",
          "name");

  public Instructions {
    read = List.copyOf(read);
    unknown = List.copyOf(unknown);
  }

  /// All clauses of a text; `no change` and its like are read as nothing at all.
  public static Instructions of(String words) {
    var quotes = Quotes.of(words);
    var read = new ArrayList<Instruction>();
    var unknown = new ArrayList<String>();
    @Nullable Change last = null;
    for (var clause : Clauses.of(quotes.text())) {
      if (NOTHING.matcher(clause).matches()) {
        continue;
      }
      var one = new Clause(clause, quotes, last).read();
      one.ifPresentOrElse(read::add, () -> unknown.add(quotes.restore(clause)));
      if (one.orElse(null) instanceof Change change) {
        last = change;
      }
    }
    return new Instructions(read, unknown);
  }

  /// The changes alone.
  public List<Change> changes() {
    return read.stream().filter(Change.class::isInstance).map(Change.class::cast).toList();
  }

  /// The tracking alone.
  public List<Track> tracks() {
    return read.stream().filter(Track.class::isInstance).map(Track.class::cast).toList();
  }

  /// One clause and the rules tried on it in turn.
  private record Clause(String text, Quotes quotes, @Nullable Change last) {
    Optional<Instruction> read() {
      var places = Places.of(text);
      var where = places.where();
      var rest = places.rest();
      return track(rest, where)
          .or(() -> classes(rest, where))
          .or(() -> move(rest, where))
          .or(() -> say(rest, where))
          .or(() -> text(rest, where))
          .or(() -> set(rest, where))
          .or(() -> looks(rest, where));
    }

    private Optional<Instruction> track(String rest, Where where) {
      var passive = TRACK.matcher(rest);
      if (passive.matches()) {
        return track(event(passive, 1), passive.group(3), passive.group(4), where);
      }
      var active = TRACK_ACTIVE.matcher(rest);
      if (active.matches()) {
        return track(event(active, 1), active.group(4), active.group(3), where);
      }
      var as = TRACK_AS.matcher(rest);
      return as.matches() ? track(event(as, 3), as.group(2), as.group(1), where) : Optional.empty();
    }

    private Optional<Instruction> track(String event, String on, String verb, Where where) {
      var submits = verb.toLowerCase(Locale.ROOT).matches("submi.*|sen[dt].*");
      var action = submits ? Action.SUBMIT : Action.CLICK;
      return target(on).map(target -> new Track(event, target, action, where, words()));
    }

    private String event(Matcher found, int group) {
      return found.group(group) == null ? found.group(group + 1) : quotes.get(found.group(group));
    }

    private Optional<Instruction> move(String rest, Where where) {
      for (var rule : List.of(MOVE, MOVED)) {
        var found = rule.matcher(rest);
        if (found.matches()) {
          var after =
              found.group(2).toLowerCase(Locale.ROOT).matches("below|under.*|beneath|after|behind");
          var anchor = target(found.group(3));
          return target(found.group(1))
              .flatMap(moved -> anchor.map(at -> new Move(moved, at, after, where, words())));
        }
      }
      return Optional.empty();
    }

    private Optional<Instruction> classes(String rest, Where where) {
      var swap = SWAP_CLASS.matcher(rest);
      if (swap.matches()) {
        var from = swap.group(1) == null ? swap.group(2) : quotes.get(swap.group(1));
        var to = swap.group(3) == null ? swap.group(4) : quotes.get(swap.group(3));
        return from.matches("\\S+") && to.matches("\\S+")
            ? target(swap.group(5)).map(target -> new SwapClass(target, from, to, where, words()))
            : Optional.empty();
      }
      var found = CLASS.matcher(rest);
      if (!found.matches()) {
        return Optional.empty();
      }
      var name = found.group(2) == null ? found.group(3) : quotes.get(found.group(2));
      if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
        return Optional.empty();
      }
      var adds = found.group(1).equalsIgnoreCase("add");
      return target(found.group(4))
          .map(target ->
              adds
                  ? new AddClass(target, name, where, words())
                  : new RemoveClass(target, name, where, words()));
    }

    /// `say 'Start free'`: what was spoken of last says it.
    private Optional<Instruction> say(String rest, Where where) {
      var found = SAY.matcher(rest);
      if (!found.matches() || last == null) {
        return Optional.empty();
      }
      var there = where.isUnsaid() ? last.where() : where;
      return Optional.of(new SetText(last.target(), quotes.get(found.group(1)), there, words()));
    }

    private Optional<Instruction> text(String rest, Where where) {
      for (var rule : List.of(TEXT_OF, FROM_TO, INSTEAD_FIRST, SAYS)) {
        var found = rule.matcher(rest);
        if (found.matches() && !names(found.group(1))) {
          return text(found.group(1), found.group(2), where);
        }
      }
      var continued = CONTINUED.matcher(rest);
      if (continued.matches() && last instanceof SetText) {
        return text(continued.group(1), continued.group(2), where);
      }
      var instead = INSTEAD.matcher(rest);
      return instead.matches() ? text(instead.group(2), instead.group(1), where) : Optional.empty();
    }

    /// `change the placeholder of #email to 'x'` speaks of an attribute.
    private static boolean names(String phrase) {
      var of = phrase.toLowerCase(Locale.ROOT).split(" (?:attribute )?(?:of|on|for) ", 2);
      var noun = of[0].replaceFirst("^the ", "");
      return of.length == 2
          && (ATTRIBUTES.contains(noun) || noun.startsWith("data-") || Looks.isProperty(noun));
    }

    private Optional<Instruction> text(String of, String placeholder, Where where) {
      return target(of).map(target -> new SetText(target, quotes.get(placeholder), where, words()));
    }

    private Optional<Instruction> set(String rest, Where where) {
      var found = SET.matcher(rest);
      if (!found.matches()) {
        return Optional.empty();
      }
      var name = found.group(1).toLowerCase(Locale.ROOT).strip();
      var target = target(found.group(2));
      var value = value(found.group(3));
      if (target.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      if (name.matches("(?:background[- ])?colou?r|background") && isTone(value.get())) {
        return styled(found.group(2), value.get(), name.startsWith("background"), where);
      }
      var attribute = name.replace(' ', '-').replaceFirst("^(?:text|font)-colou?r$", "color");
      var quoted = found.group(3).matches(Q);
      if (Looks.isProperty(attribute) && !(quoted && ATTRIBUTES.contains(attribute))) {
        return Looks.declaration(attribute, colour(attribute, value.get()))
            .map(one -> new SetStyle(target.get(), List.of(one), List.of(one), where, words()));
      }
      return ATTRIBUTES.contains(attribute) || attribute.matches("data-(?!pryo)[a-z-]+")
          ? Optional.of(new SetAttribute(target.get(), attribute, value.get(), where, words()))
          : Optional.empty();
    }

    private Optional<String> value(String phrase) {
      if (phrase.matches(Q)) {
        return Optional.of(quotes.get(phrase));
      }
      return phrase.indexOf('\uE000') < 0 ? Optional.of(phrase.strip()) : Optional.empty();
    }

    private static boolean isTone(String value) {
      return Looks.TONES.containsKey(value.toLowerCase(Locale.ROOT).replace('-', ' '));
    }

    private static String colour(String property, String value) {
      var tone = Looks.TONES.get(value.toLowerCase(Locale.ROOT).replace('-', ' '));
      return tone != null && property.matches(".*(?:background|colou?r).*")
          ? tone.background()
          : value;
    }

    private Optional<Instruction> looks(String rest, Where where) {
      var background = BACKGROUND.matcher(rest);
      if (background.matches()) {
        return styled(background.group(1), background.group(2), true, where);
      }
      var hide = HIDE.matcher(rest);
      if (hide.matches()) {
        var what = hide.group(1) == null ? hide.group(2) : hide.group(1);
        return styled(what, "hidden", false, where);
      }
      for (var rule : List.of(MAKE, SHOULD_BE)) {
        var found = rule.matcher(rest);
        if (found.matches()) {
          var one = styled(found.group(1), found.group(2), false, where);
          if (one.isPresent()) {
            return one;
          }
        }
      }
      return Optional.empty();
    }

    private Optional<Instruction> styled(String of, String looks, boolean fill, Where where) {
      var before = of.matches("(?i)it|them|this") ? last : null;
      var target = before == null ? target(of) : Optional.of(before.target());
      var there = before != null && where.isUnsaid() ? before.where() : where;
      return target.flatMap(found ->
          Looks.of(looks, fill || isFilled(found))
              .map(style ->
                  new SetStyle(found, style, Looks.of(looks, true).orElse(style), there, words())));
    }

    /// A colour fills a button and a banner; of a text it is the colour of its letters.
    private static boolean isFilled(Target target) {
      return switch (target) {
        case Target.Quoted quoted -> quoted.kind() == Target.Kind.BUTTON;
        case Target.Selector _ -> false;
        case Target.Words words ->
            words.kind() == Target.Kind.BUTTON
                || words
                    .words()
                    .toLowerCase(Locale.ROOT)
                    .matches(".*\\b(?:banner|bar|badge|section)");
      };
    }

    private Optional<Target> target(String phrase) {
      return Targets.of(phrase, quotes);
    }

    private String words() {
      return quotes.restore(text);
    }
  }

  private static Pattern rule(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }
}
