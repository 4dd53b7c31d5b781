package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.Paths;
import dev.pryo.agent.edit.Edit.Clothes;
import dev.pryo.agent.words.Instruction.AddClass;
import dev.pryo.agent.words.Instruction.Change;
import dev.pryo.agent.words.Instruction.Declaration;
import dev.pryo.agent.words.Instruction.Move;
import dev.pryo.agent.words.Instruction.RemoveClass;
import dev.pryo.agent.words.Instruction.SetAttribute;
import dev.pryo.agent.words.Instruction.SetStyle;
import dev.pryo.agent.words.Instruction.SetText;
import dev.pryo.agent.words.Instruction.SwapClass;
import dev.pryo.agent.words.Target;
import dev.pryo.agent.words.Target.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// Turns what the words mean into edits of components. Each method answers what is in the way, or
/// nothing.
final class ComponentPlanner {
  private static final String SAY_WHERE =
      "Say it with the exact text in quotes, or with a CSS selector such as #id or .class.";

  private final Site site;
  private final Finder finder;
  private final ComponentPlan plan;
  private final Set<String> ended;

  ComponentPlanner(Site site, Finder finder, ComponentPlan plan, Set<String> ended) {
    this.site = site;
    this.finder = finder;
    this.plan = plan;
    this.ended = ended;
  }

  Optional<Outcome> change(String segment, Change change) {
    if (change instanceof Move move) {
      return moved(segment, move);
    }
    if (change instanceof SetText set && set.target() instanceof Target.Quoted quoted) {
      var named =
          quoted.kind() == Kind.ANY ? List.<Spot>of() : finder.elements(quoted, set.where());
      if (named.isEmpty()) {
        var texts = one(finder.text(quoted.text(), set.where()));
        return chosen(texts, change, spot -> text(segment, spot, quoted.text(), set));
      }
    }
    return chosen(
        finder.elements(change.target(), change.where()),
        change,
        spot ->
            spot instanceof Spot.InComponent in
                ? step(segment, in, change)
                : Planner.unable(spot.path() + " is no component.", SAY_WHERE));
  }

  private Optional<Outcome> chosen(
      List<Spot> spots, Change change, Function<Spot, Optional<Outcome>> step) {
    return Planner.choose(site, spots, change.where(), change.words())
        .problem()
        .or(() -> spots.stream().flatMap(spot -> step.apply(spot).stream()).findFirst());
  }

  /// The files of all languages have a text once, and notes about it elsewhere are no places.
  private static List<Spot> one(List<Spot> spots) {
    var known = spots.stream().filter(spot -> !(spot instanceof Spot.Elsewhere)).toList();
    var seen = new HashSet<List<String>>();
    return (known.isEmpty() ? spots : known)
        .stream()
            .filter(spot ->
                !(spot instanceof Spot.InLanguage in)
                    || seen.add(List.of(in.file().pattern(), in.entry().path())))
            .toList();
  }

  /// A quoted text becomes another at the place where it stands.
  private Optional<Outcome> text(String segment, Spot spot, String from, SetText set) {
    return switch (spot) {
      case Spot.InComponent in -> {
        var words = in.words();
        var attribute = in.attribute();
        yield words != null
            ? say(segment, in, words, from, set.text())
            : give(segment, in, attribute == null ? "value" : attribute, set.text());
      }
      case Spot.InCode in ->
          new ValueEdits(site, plan, this).literal(segment, in, from, set.text());
      case Spot.InLanguage in ->
          new ValueEdits(site, plan, this).phrase(segment, in, from, set.text());
      case Spot.OnPage _, Spot.InScript _, Spot.Elsewhere _ ->
          Planner.unable(
              "The text stands in " + at(spot) + ", which is no component of this app.",
              "Change it by hand, or name a text that a component shows.");
    };
  }

  private Optional<Outcome> say(
      String segment, Spot.InComponent in, TextNode node, String from, String to) {
    var words = in.component().words(node);
    return replaced(words.value(), from, to)
        .map(text ->
            guarded(in, new Edit.Say(in.component(), in.tag(), words, Map.of(segment, text))))
        .orElseGet(() -> broken(in));
  }

  /// A text with a part replaced, or the whole of it; empty where the part is not there as it is.
  static Optional<String> replaced(String value, String from, String to) {
    if (Matching.collapse(value).equalsIgnoreCase(Matching.collapse(from))) {
      return Optional.of(to);
    }
    return value.contains(from) ? Optional.of(value.replace(from, to)) : Optional.empty();
  }

  static Optional<Outcome> broken(Spot spot) {
    return Planner.unable(
        "The text at " + at(spot) + " is not written as it is quoted.",
        "Quote the whole text of the element.");
  }

  private Optional<Outcome> give(String segment, Spot.InComponent in, String name, String value) {
    var tag = in.tag();
    if (tag.isComponent()
        && tag.attribute(name).isEmpty()
        && !new Roots(site).passesOn(in.component(), tag, name)) {
      return Planner.unable(
          "The component " + tag.name() + " at " + at(in) + " does not pass on “" + name + "”.",
          "Name the element inside that component.");
    }
    return guarded(in, new Edit.Give(in.component(), tag, name, Map.of(segment, value)));
  }

  private Optional<Outcome> step(String segment, Spot.InComponent in, Change change) {
    return switch (change) {
      case SetText set -> textOf(segment, in, set);
      case SetStyle set -> look(segment, in, set);
      case AddClass add -> dress(segment, in, new Clothes(List.of(add.name()), List.of()));
      case RemoveClass remove -> dress(segment, in, new Clothes(List.of(), List.of(remove.name())));
      case SwapClass swap ->
          dress(segment, in, new Clothes(List.of(swap.to()), List.of(swap.from())));
      case SetAttribute set -> {
        var harm = Planner.harmful(set);
        yield harm.isPresent() ? harm : give(segment, in, set.name(), set.value());
      }
      case Move _ -> Planner.unable(at(in) + " moves alone.", SAY_WHERE);
    };
  }

  private Optional<Outcome> look(String segment, Spot.InComponent in, SetStyle set) {
    var style = Page.looksLikeButton(in.element()) ? set.onButton() : set.style();
    if (style.stream()
        .anyMatch(one -> one.value().equals("none") && one.property().equals("display"))) {
      return guarded(in, new Edit.Gone(in.component(), in.tag(), Set.of(segment)));
    }
    if (in.tag().attribute("style", ":style", "[style]", "[ngStyle]").isPresent()) {
      return Planner.unable(
          "The element at " + at(in) + " has a style of its own.",
          "Change its class instead, or change it by hand.");
    }
    var classes = utilities(in, style);
    if (classes.isPresent()) {
      return dress(segment, in, classes.get());
    }
    return guarded(in, new Edit.Look(in.component(), in.tag(), Map.of(segment, style)));
  }

  /// Looks as the team writes them where that is in classes of Tailwind; what a component of the
  /// team's own does with them cannot be told.
  private Optional<Clothes> utilities(Spot.InComponent in, List<Declaration> style) {
    var own =
        in.tag().isComponent()
            && in.component()
                .code()
                .importOf(in.tag().name().replaceFirst("\\..*", ""))
                .flatMap(one -> site.graph().resolve(in.component().path(), one.source()))
                .isPresent();
    return own || !site.speaksTailwind() ? Optional.empty() : Utilities.of(in.tag(), style);
  }

  private Optional<Outcome> dress(String segment, Spot.InComponent in, Clothes clothes) {
    var classes = in.tag().attribute("className", "class", ":class", "class:list");
    for (var name : clothes.removed()) {
      var there =
          classes.filter(one ->
              one.kind() == Tag.Kind.LITERAL
                  ? List.of(one.value().split("\\s+")).contains(name)
                  : Classes.canChange(one.value(), Set.of(name)));
      if (there.isEmpty()) {
        return Planner.unable(
            "The element at " + at(in) + " has no class “" + name + "” that is written there.",
            "Name a class that stands in its class attribute.");
      }
    }
    return guarded(in, new Edit.Dress(in.component(), in.tag(), Map.of(segment, clothes)));
  }

  /// An element whose only text becomes another.
  private Optional<Outcome> textOf(String segment, Spot.InComponent in, SetText set) {
    if (Page.isButtonInput(in.element())) {
      return give(segment, in, "value", set.text());
    }
    var texts =
        in.element().stream()
            .flatMap(one -> one.textNodes().stream())
            .filter(node -> !node.isBlank())
            .toList();
    if (texts.size() != 1 || !in.component().words().containsKey(texts.getFirst())) {
      return Planner.unable(
          "The element at "
              + at(in)
              + " holds "
              + (texts.isEmpty() ? "no text." : "several texts, or one from elsewhere."),
          "Quote the text that should change.");
    }
    var node = texts.getFirst();
    var words = in.component().words(node);
    var parent = Objects.requireNonNull((Element) node.parent(), "a text stands in an element");
    return say(segment, in.component().spot(parent), node, words.value(), set.text());
  }

  private Optional<Outcome> moved(String segment, Move move) {
    var pair = Pair.of(site, finder, move);
    if (pair.problem().isPresent()) {
      return pair.problem();
    }
    var moved = (Spot.InComponent) pair.moved().getFirst();
    var anchor = (Spot.InComponent) pair.moved().getLast();
    if (!moved.tag().parent().equals(anchor.tag().parent())
        || moved.component() != anchor.component()) {
      return Planner.unable(
          at(moved) + " and " + at(anchor) + " do not stand in the same element.",
          "Name two elements that stand beside each other in one component.");
    }
    var siblings = moved.tag().parent().map(Tag::children).orElse(List.of());
    var first = Math.min(siblings.indexOf(moved.tag()), siblings.indexOf(anchor.tag()));
    var last = Math.max(siblings.indexOf(moved.tag()), siblings.indexOf(anchor.tag()));
    for (var piece : siblings.subList(first + 1, last)) {
      if (piece instanceof Tag between) {
        mark(moved.component(), between);
      }
    }
    mark(moved.component(), anchor.tag());
    return guarded(
        moved,
        new Edit.Moved(
            moved.component(), moved.tag(), anchor.tag(), move.after(), Set.of(segment)));
  }

  /// Adds an edit where nothing is in the way, and marks its element.
  Optional<Outcome> guarded(Spot.InComponent in, Edit edit) {
    var problem = touchable(in).or(() -> refused(in, edit));
    if (problem.isEmpty()) {
      plan.add(edit);
      plan.changed(in);
      mark(in.component(), edit.tag());
    }
    return problem;
  }

  static Optional<Outcome> refused(Spot in, Edit edit) {
    return edit.component()
        .dialect()
        .refuses(edit)
        .flatMap(why ->
            Planner.unable(
                "The element at " + at(in) + " cannot be changed so: " + why + ".",
                "Name another element, or change it by hand."));
  }

  private void mark(Component component, Tag tag) {
    for (var one = Optional.of(tag); one.isPresent(); one = one.get().parent()) {
      if (!one.get().name().isEmpty()) {
        var around =
            one.get().isComponent() && !new Roots(site).passesOn(component, one.get(), "data-pryo");
        var root =
            around ? new Roots(site).onlyRoot(component, one.get()) : Optional.<Roots.Root>empty();
        plan.add(
            root.map(found -> new Edit.Mark(found.component(), found.tag(), false))
                .orElse(new Edit.Mark(component, one.get(), around)));
        return;
      }
    }
  }

  /// Why an element cannot carry a mark.
  Optional<Outcome> touchable(Spot.OnElement spot) {
    var in = (Spot.InComponent) spot;
    var marked = in.tag().attribute("data-pryo");
    if (marked.isPresent() && !ended.contains(marked.get().value())) {
      return Planner.unable(
          "The element at "
              + at(in)
              + " is already part of experiment "
              + marked.get().value()
              + ".",
          "Finish that experiment first, or change another element.");
    }
    return writable(in.component());
  }

  static Optional<Outcome> writable(Component component) {
    var error = component.code().script().error();
    if (error.isPresent()) {
      return Planner.unable(
          component.path() + " does not parse: " + error.get(), "Mend it, and start again.");
    }
    return Paths.refuseWrite(component.path())
        .flatMap(why ->
            Planner.unable(
                component.path() + " may not be written: " + why + ".", "Change it by hand."));
  }

  static String at(Spot spot) {
    return spot.path() + ":" + spot.line();
  }
}
