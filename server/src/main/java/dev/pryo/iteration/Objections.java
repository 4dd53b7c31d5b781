package dev.pryo.iteration;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Subject;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Segment;
import dev.pryo.wording.Proposed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why a model's proposal is not used. Code decides it, whatever the model was told and told
/// itself.
final class Objections {
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?i)https?:|www\\.|javascript:|\\]\\(|<[a-z/!]|[\\w.]@[\\w.]|\\p{Cntrl}|[\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  /// Something that can be found on a page.
  private static final Pattern PLACE =
      Pattern.compile(
          "(?i)(?:^|\\s)[#.][a-z][\\w-]+|\\b(?:buttons?|links?|forms?|fields?|inputs?|headlines?|headings?|titles?"
              + "|images?|pictures?|paragraphs?|labels?|banners?|menus?|lists?|tables?|cards?|prices?|badges?|icons?"
              + "|footers?|headers?|sections?|steps?)\\b");

  /// What would be a promise on somebody's site that nobody has made.
  private static final Pattern PROMISE =
      Pattern.compile(
          "(?i)\\b(?:hundreds?|thousands?|millions?|per ?cent|guarantee\\w*|certified|award\\w*|discount\\w*)\\b|%");

  /// A size of something on a page, not an amount.
  private static final Pattern SIZE =
      Pattern.compile("\\b\\d+(?:\\.\\d+)?\\s?(?:px|r?em|pt|ms)\\b");

  private static final Pattern DIGIT = Pattern.compile("\\d+");

  private Objections() {}

  /// The first objection, as the end of “it was not used: …”.
  static Optional<String> of(Advice advice, Background background) {
    List<Fact> known = background.facts();
    Set<String> ids = known.stream().map(Fact::id).collect(Collectors.toSet());
    if (!ids.containsAll(advice.facts())) {
      return Optional.of("it rests on a fact that there is not");
    }
    if (all(advice).stream().anyMatch(text -> FOREIGN.matcher(text).find())) {
      return Optional.of("it holds an address, markup or hidden characters");
    }
    return instructions(advice, background)
        .or(() -> repeated(advice, background))
        .or(() -> claims(advice, background));
  }

  private static List<String> all(Advice advice) {
    List<String> texts = new ArrayList<>(advice.claims());
    texts.add(advice.instructions());
    return texts;
  }

  private static Optional<String> instructions(Advice advice, Background background) {
    String words = advice.instructions();
    Essence essence = Essence.of(words);
    if (essence.quotes().isEmpty() && !PLACE.matcher(words).find()) {
      return Optional.of("its instructions name nothing that could be found on a page");
    }
    if (essence.understood() && essence.parts().size() > allowed(background)) {
      return Optional.of("it changes several things at once");
    }
    String site = site(background.parent());
    boolean promises =
        PROMISE.matcher(words).results().anyMatch(found -> !site.contains(found.group()));
    boolean counts =
        DIGIT
            .matcher(SIZE.matcher(words).replaceAll(""))
            .results()
            .anyMatch(found -> !site.contains(found.group()));
    return promises || counts
        ? Optional.of(
            "its instructions would put a number or a promise on the site that nobody made")
        : Optional.empty();
  }

  /// What the version had that it goes on from, and one thing more.
  private static int allowed(Background background) {
    String base = background.base().instructions();
    return 1 + (base == null ? 0 : Essence.of(base).parts().size());
  }

  private static String site(Experiment parent) {
    return parent.description()
        + parent.segments().stream()
            .map(Segment::instructions)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n", "\n", ""));
  }

  private static Optional<String> repeated(Advice advice, Background background) {
    return background.isNew(advice.idea()) ? Optional.empty() : Optional.of("it was tried before");
  }

  /// What it says of the past and of what may come is held against the facts as words for a report
  /// are.
  private static Optional<String> claims(Advice advice, Background background) {
    Experiment parent = background.parent();
    List<String> quoted = new ArrayList<>(List.of(parent.name(), parent.key()));
    background.library().attempts().forEach(attempt -> quoted.add(attempt.name()));
    quoted.addAll(Idea.quotations(site(parent)));
    quoted.addAll(Idea.quotations(advice.instructions()));
    Proposed proposed =
        new Proposed(
            Subject.of(parent),
            background.analysis(),
            background.analysis().facts().stream()
                .filter(fact -> advice.facts().contains(fact.id()))
                .toList(),
            background.apart().stream()
                .filter(apart -> advice.facts().contains(apart.fact().id()))
                .toList(),
            background.apart().stream().map(Apart::value).distinct().toList(),
            quoted);
    return advice.claims().stream().map(proposed::refuse).flatMap(Optional::stream).findFirst();
  }
}
