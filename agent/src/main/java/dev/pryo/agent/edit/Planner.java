package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Ambiguous;
import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.Paths;
import dev.pryo.agent.words.Instruction.AddClass;
import dev.pryo.agent.words.Instruction.Change;
import dev.pryo.agent.words.Instruction.Move;
import dev.pryo.agent.words.Instruction.RemoveClass;
import dev.pryo.agent.words.Instruction.SetAttribute;
import dev.pryo.agent.words.Instruction.SetStyle;
import dev.pryo.agent.words.Instruction.SetText;
import dev.pryo.agent.words.Instruction.SwapClass;
import dev.pryo.agent.words.Target;
import dev.pryo.agent.words.Target.Kind;
import dev.pryo.agent.words.Where;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// Turns what the words mean into steps on places of the site. Each method answers what is in the
/// way, or nothing.
final class Planner {
  private static final String SAY_WHERE =
      "Say it with the exact text in quotes, or with a CSS selector such as #id or .class.";

  private final Site site;
  private final Finder finder;
  private final Plan plan;
  private final Set<String> ended;

  Planner(Site site, Finder finder, Plan plan, Set<String> ended) {
    this.site = site;
    this.finder = finder;
    this.plan = plan;
    this.ended = ended;
  }

  Optional<Outcome> change(String segment, Change change) {
    if (change instanceof SetText set && set.target() instanceof Target.Quoted quoted) {
      var named =
          quoted.kind() == Kind.ANY ? List.<Spot>of() : finder.elements(quoted, set.where());
      return named.isEmpty()
          ? chosen(finder.text(quoted.text(), set.where()), set)
              .orElse(spots -> each(spots, spot -> text(segment, spot, quoted.text(), set)))
          : chosen(named, set).orElse(spots -> each(spots, spot -> textOf(segment, spot, set)));
    }
    if (change instanceof Move move) {
      return moved(segment, move);
    }
    return chosen(finder.elements(change.target(), change.where()), change)
        .orElse(spots -> each(spots, spot -> step(segment, spot, change)));
  }

  /// Either the places that are meant, or why that is not certain.
  record Chosen(List<Spot> spots, Optional<Outcome> problem) {
    private Optional<Outcome> orElse(Function<List<Spot>, Optional<Outcome>> next) {
      return problem.isPresent() ? problem : next.apply(spots);
    }
  }

  private Chosen chosen(List<Spot> spots, Change change) {
    return choose(site, spots, change.where(), change.words());
  }

  /// One place, or several where the words ask for all of them.
  static Chosen choose(Site site, List<Spot> spots, Where where, String words) {
    if (where.file() == null
        && !spots.isEmpty()
        && spots.stream().noneMatch(spot -> site.isUsed(spot.path()))) {
      var path = spots.getFirst().path();
      return new Chosen(
          spots,
          unable(
              "“" + words + "” fits " + path + " alone, and nothing of the app leads there.",
              "Say what is shown now, or where that file is shown after all, name it: in "
                  + path
                  + "."));
    }
    if (spots.isEmpty()) {
      return new Chosen(
          spots,
          Optional.of(
              new Unable("Nothing in this repository matches “" + words + "”.", SAY_WHERE)));
    }
    if (spots.size() > 1 && !where.everywhere()) {
      return new Chosen(
          spots,
          Optional.of(
              new Ambiguous(
                  "“"
                      + words
                      + "” fits "
                      + spots.size()
                      + " places. Which one? Add “in <file>”, “on line <n> of <file>” or"
                      + " “in all places”.",
                  spots.stream().map(Spot::place).toList())));
    }
    return new Chosen(spots, Optional.empty());
  }

  private static Optional<Outcome> each(List<Spot> spots, Function<Spot, Optional<Outcome>> step) {
    return spots.stream().flatMap(spot -> step.apply(spot).stream()).findFirst();
  }

  /// A quoted text becomes another at the place where it stands.
  private Optional<Outcome> text(String segment, Spot spot, String from, SetText set) {
    return switch (spot) {
      case Spot.Elsewhere(var source, _) ->
          unable(
              "The text stands in "
                  + spot.place().file()
                  + ":"
                  + spot.line()
                  + ", a "
                  + Site.extension(source.path())
                  + " file.",
              "Edit mode changes plain HTML pages and script modules.");
      case Spot.InComponent _, Spot.InCode _, Spot.InLanguage _ ->
          unable(spot.path() + " is no page.", SAY_WHERE);
      case Spot.InScript inScript -> inScript(segment, inScript, from, set.text());
      case Spot.OnPage on -> {
        var words = on.words();
        yield words != null
            ? words(segment, on, words, from, set.text())
            : guarded(on, () -> plan.change(on, segment, attribute(on, set.text())));
      }
    };
  }

  private static Step attribute(Spot.OnPage on, String value) {
    var name = on.attribute();
    return new Step.Attribute(name == null ? "value" : name, value);
  }

  private Optional<Outcome> words(
      String segment, Spot.OnPage on, TextNode words, String from, String to) {
    var whole = Finder.shown(words).equalsIgnoreCase(Matching.collapse(from));
    var alone = on.element().childNodeSize() == 1;
    if (whole && alone) {
      return guarded(on, () -> plan.change(on, segment, new Step.Text(to)));
    }
    var raw = words.getWholeText().replace("\r\n", "\n");
    var part = whole ? raw.strip() : from;
    return raw.contains(part)
        ? guarded(on, () -> plan.change(on, segment, new Step.TextPart(part, to)))
        : unable(
            "The text at " + at(on) + " is broken over lines inside a longer text.",
            "Quote the whole text of the element.");
  }

  private Optional<Outcome> inScript(String segment, Spot.InScript spot, String from, String to) {
    var value = spot.literal().value();
    var shown = Matching.collapse(value);
    var place = spot.path() + ":" + spot.line();
    if (spot.literal().shown() == Script.Shown.AT_LOAD) {
      return unable(
          "The text at "
              + place
              + " is data that is read when the script loads, not where it is"
              + " shown, so that everybody would count as having seen it.",
          "Name the element that shows it, or change the script by hand.");
    }
    var loaders = new Loaders(site).of(spot.path());
    if (loaders.isEmpty()) {
      return unable("No page loads " + spot.path() + ".", "Say where else the text stands.");
    }
    if (loaders.stream().anyMatch(loader -> !loader.asModule())) {
      return unable(
          spot.path() + " is a classic script, which cannot wait for the visitor's segment.",
          "Load it with type=\"module\", or name a text that stands in a page.");
    }
    if (Paths.refuseWrite(spot.path()).isPresent()) {
      return unable(place + " may not be written.", "Change it by hand.");
    }
    var whole = shown.equalsIgnoreCase(Matching.collapse(from));
    if (!whole && (value.contains("<") || !value.contains(from))) {
      return unable("The text at " + place + " is part of markup.", "Change the script by hand.");
    }
    plan.change(spot, segment, whole ? value.replace(value.strip(), to) : value.replace(from, to));
    return firstProblem(loaders.stream().map(Loaders.Loader::page).toList());
  }

  private Optional<Outcome> firstProblem(List<Page> pages) {
    return pages.stream().flatMap(page -> writable(page).stream()).findFirst();
  }

  private Optional<Outcome> step(String segment, Spot spot, Change change) {
    if (!(spot instanceof Spot.OnPage on)) {
      return unable(spot.path() + " is no page.", SAY_WHERE);
    }
    return switch (change) {
      case SetText set -> textOf(segment, on, set);
      case SetStyle set -> {
        var style = Page.looksLikeButton(on.element()) ? set.onButton() : set.style();
        yield guarded(on, () -> plan.change(on, segment, new Step.Style(style)));
      }
      case AddClass add ->
          guarded(on, () -> plan.change(on, segment, new Step.AddClass(add.name())));
      case RemoveClass remove ->
          guarded(on, () -> plan.change(on, segment, new Step.RemoveClass(remove.name())));
      case SwapClass swap ->
          guarded(
              on,
              () -> {
                plan.change(on, segment, new Step.RemoveClass(swap.from()));
                plan.change(on, segment, new Step.AddClass(swap.to()));
              });
      case Move _ -> unable(at(on) + " moves alone.", SAY_WHERE);
      case SetAttribute set ->
          harmful(set).isPresent()
              ? harmful(set)
              : guarded(
                  on, () -> plan.change(on, segment, new Step.Attribute(set.name(), set.value())));
    };
  }

  private Optional<Outcome> moved(String segment, Move move) {
    var pair = Pair.of(site, finder, move);
    if (pair.problem().isPresent()) {
      return pair.problem();
    }
    var moved = (Spot.OnPage) pair.moved().getFirst();
    var anchor = (Spot.OnPage) pair.moved().getLast();
    if (moved.page() != anchor.page()) {
      return unable(
          "“" + move.words() + "” names elements of two pages.", "Name two elements of one page.");
    }
    var step = new Step.Move(anchor, move.after());
    return touchable(anchor).or(() -> guarded(moved, () -> plan.change(moved, segment, step)));
  }

  static Optional<Outcome> harmful(SetAttribute set) {
    var value = set.value().strip().replaceAll("[\\p{Cntrl}\\s]", "");
    var scheme = value.matches("(?i)[a-z][a-z0-9+.-]*:.*");
    if (set.name().equals("href") && scheme && !value.matches("(?i)(?:https?|mailto|tel):.*")) {
      return unable("A link may not lead to “" + set.value() + "”.", "Use http, https or mailto.");
    }
    if (set.name().equals("src") && (scheme || value.startsWith("//"))) {
      return unable(
          "“" + set.value() + "” would be loaded from another site.",
          "Put the file into the repository and name it by its path.");
    }
    return Optional.empty();
  }

  /// An element whose only text becomes another.
  private Optional<Outcome> textOf(String segment, Spot spot, SetText set) {
    if (!(spot instanceof Spot.OnPage on)) {
      return unable(spot.path() + " is no page.", SAY_WHERE);
    }
    if (Page.isButtonInput(on.element())) {
      return guarded(on, () -> plan.change(on, segment, new Step.Attribute("value", set.text())));
    }
    var texts = on.page().texts().stream().filter(words -> isInside(words, on.element())).toList();
    if (texts.size() != 1) {
      return unable(
          "The element at "
              + at(on)
              + " holds "
              + (texts.isEmpty() ? "no text." : "several texts."),
          "Quote the text that should change.");
    }
    var words = texts.getFirst();
    var inner = new Spot.OnPage(on.page(), Page.parent(words), words, null);
    return words(segment, inner, words, Finder.shown(words), set.text());
  }

  private static boolean isInside(TextNode words, Element element) {
    return Page.parent(words) == element || Page.parent(words).parents().contains(element);
  }

  private Optional<Outcome> guarded(Spot.OnPage on, Runnable step) {
    var problem = touchable(on);
    if (problem.isEmpty()) {
      step.run();
    }
    return problem;
  }

  /// Why an element cannot carry a mark.
  Optional<Outcome> touchable(Spot.OnElement spot) {
    var on = (Spot.OnPage) spot;
    var element = on.element();
    var other = element.attr("data-pryo").replaceFirst(":.*", "");
    if (element.hasAttr("data-pryo") && !ended.contains(other)) {
      return unable(
          "The element at " + at(on) + " is already part of experiment " + other + ".",
          "Finish that experiment first, or change another element.");
    }
    if (element.closest("template, noscript, svg, iframe") != null
        && !element.normalName().equals("svg")) {
      return unable(
          "The element at " + at(on) + " stands in a template or a drawing.",
          "Name an element of the page itself.");
    }
    return writable(on.page());
  }

  private static Optional<Outcome> writable(Page page) {
    var refused = Paths.refuseWrite(page.path());
    if (refused.isPresent()) {
      return unable(
          page.path() + " may not be written: " + refused.get() + ".", "Change it by hand.");
    }
    if (page.isTemplate()) {
      return unable(
          page.path() + " is a template that a server or a build fills in.",
          "Edit mode changes plain pages; change this one by hand.");
    }
    if (!page.isWhole()) {
      return unable(
          page.path() + " has no head to load the experiment from; it is a piece of a page.",
          "Change it by hand.");
    }
    return page.document().selectFirst("base[href]") == null
        ? Optional.empty()
        : unable(
            page.path() + " has a <base> that moves its relative addresses.", "Change it by hand.");
  }

  private static String at(Spot spot) {
    return spot.path() + ":" + spot.line();
  }

  static Optional<Outcome> unable(String reason, String instead) {
    return Optional.of(new Unable(reason, instead));
  }
}
