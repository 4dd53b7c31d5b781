package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.Paths;
import dev.pryo.agent.edit.Code.Access;
import dev.pryo.agent.edit.Code.Datum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Texts that do not stand in markup: strings of code, values of data, and phrases of languages.
/// What is written is the place that shows them; data stays as it is.
final class Values {
  /// What tells one item of a list from the others, if its text alone does not.
  private static final List<String> NAMES = List.of("id", "key", "slug", "name", "href");

  private final Site site;
  private final ComponentPlan plan;
  private final ComponentPlanner planner;

  Values(Site site, ComponentPlan plan, ComponentPlanner planner) {
    this.site = site;
    this.plan = plan;
    this.planner = planner;
  }

  Optional<Outcome> literal(String segment, Spot.InCode in, String from, String to) {
    var text = ComponentPlanner.replaced(in.literal().value(), from, to);
    if (text.isEmpty()) {
      return ComponentPlanner.broken(in);
    }
    var datum =
        in.component().code().data().stream()
            .filter(one -> one.literal().from() == in.literal().from())
            .findFirst();
    if (datum.isPresent()) {
      return shown(segment, in, datum.get(), text.get());
    }
    if (in.literal().shown() == Script.Shown.AT_LOAD) {
      return unable(
          in, "is read when the file loads, so that everybody would count as having seen it");
    }
    return inside(
        segment, in, in.component(), in.literal().from(), in.literal().to(), text.get(), "");
  }

  /// A value of data changes where a list shows it.
  private Optional<Outcome> shown(String segment, Spot.InCode in, Datum datum, String text) {
    var places = places(in.component(), datum);
    if (places.isEmpty()) {
      return unable(
          in,
          "is the value “"
              + datum.property()
              + "” of “"
              + datum.binding()
              + "”, and no component shows that in a way that edit mode follows");
    }
    for (var place : places) {
      var guard = guard(in.component(), datum, place.access);
      if (guard.isEmpty()) {
        return unable(in, "is one of several of the same, which nothing tells apart");
      }
      var problem =
          inside(
              segment,
              in,
              place.component,
              place.access.from(),
              place.access.to(),
              text,
              guard.get());
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private record Place(Component component, Access access) {}

  private List<Place> places(Component home, Datum datum) {
    var all = new ArrayList<Place>();
    for (var component : site.components()) {
      if (!site.isUsed(component.path()) || site.isTest(component.path())) {
        continue;
      }
      var binding =
          component == home ? Optional.of(datum.binding()) : imported(component, home, datum);
      binding.ifPresent(name ->
          component.code().loops().stream()
              .filter(loop -> loop.binding().equals(name))
              .flatMap(loop -> loop.accesses().stream())
              .filter(access -> access.property().equals(datum.property()))
              .forEach(access -> all.add(new Place(component, access))));
    }
    return all;
  }

  /// The name under which a component imports the data.
  private Optional<String> imported(Component component, Component home, Datum datum) {
    return component.code().imports().stream()
        .filter(one ->
            site.graph()
                .resolve(component.path(), one.source())
                .filter(home.path()::equals)
                .isPresent())
        .flatMap(one -> one.names().entrySet().stream())
        .filter(
            name -> name.getValue().equals(datum.binding()) || name.getValue().equals("default"))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// What holds of the one item alone: `plan.title === 'Pro'`, or that of its id.
  private Optional<String> guard(Component home, Datum datum, Access access) {
    var quote = TeamStyle.measure(site).quote();
    var group =
        home.code().data().stream().filter(one -> one.binding().equals(datum.binding())).toList();
    var same =
        group.stream()
            .filter(one ->
                one.property().equals(datum.property())
                    && one.literal().value().equals(datum.literal().value()))
            .count();
    if (same == 1) {
      return Optional.of(
          access.source() + " === " + Escapes.script(datum.literal().value(), quote));
    }
    return NAMES.stream()
        .filter(name -> datum.siblings().containsKey(name) && access.sibling(name).isPresent())
        .filter(name -> {
          var value = datum.siblings().getOrDefault(name, "");
          return group.stream()
                  .filter(one -> one.property().equals(name) && one.literal().value().equals(value))
                  .count()
              == 1;
        })
        .findFirst()
        .map(name ->
            access.sibling(name).orElseThrow()
                + " === "
                + Escapes.script(datum.siblings().getOrDefault(name, ""), quote));
  }

  private Optional<Outcome> inside(
      String segment, Spot spot, Component component, int from, int to, String text, String guard) {
    var tag = around(component, from);
    if (tag.isEmpty()) {
      return unable(spot, "stands outside of the markup of its component");
    }
    var element =
        component.tags().entrySet().stream()
            .filter(one -> one.getValue() == tag.get())
            .map(Map.Entry::getKey)
            .findFirst();
    var edit = new Edit.Inside(component, tag.get(), from, to, Map.of(segment, text), guard);
    var overlap =
        plan.edits().stream()
            .anyMatch(other ->
                other instanceof Edit.Inside one
                    && one.component() == component
                    && one.from() == from
                    && !one.guard().equals(guard));
    if (overlap) {
      return unable(spot, "is shown where another text of the same list changes already");
    }
    return element.isPresent()
        ? planner.guarded(component.spot(element.get()), edit)
        : unable(spot, "stands in no element");
  }

  /// The innermost element around a position.
  private static Optional<Tag> around(Component component, int at) {
    return component.roots().stream()
        .flatMap(Tag::all)
        .filter(tag -> tag.from() <= at && at < tag.to() && !tag.name().isEmpty())
        .reduce((_, inner) -> inner);
  }

  /// A phrase gets a second name with the new text, and the component asks for that.
  Optional<Outcome> phrase(String segment, Spot.InLanguage in, String from, String to) {
    var text = ComponentPlanner.replaced(in.entry().value(), from, to);
    if (text.isEmpty()) {
      return ComponentPlanner.broken(in);
    }
    var uses = uses(in.entry().path());
    if (uses.isEmpty()) {
      return unable(
          in,
          "is the phrase “" + in.entry().path() + "”, which no component asks for by that name");
    }
    if (uses.size() > 1) {
      return Optional.of(
          new Outcome.Ambiguous(
              "“" + in.entry().path() + "” is shown in " + uses.size() + " places. Which one?",
              uses.stream().map(Spot::place).toList()));
    }
    for (var file : site.languages()) {
      var refused =
          file.pattern().equals(in.file().pattern())
              ? Paths.refuseWrite(file.path())
              : Optional.<String>empty();
      if (refused.isPresent()) {
        return unable(in, "has a translation in " + file.path() + ", which may not be written");
      }
    }
    var use = uses.getFirst();
    var name = use.literal().value() + Phrases.suffix(in.entry().path(), segment);
    var problem =
        inside(segment, use, use.component(), use.literal().from(), use.literal().to(), name, "");
    if (problem.isEmpty()) {
      plan.add(new ComponentPlan.Phrase(in.file(), in.entry(), Map.of(segment, text.get())));
    }
    return problem;
  }

  /// The calls that ask for a phrase, by its whole name or by the end of it where the beginning is
  /// said elsewhere in the file.
  private List<Spot.InCode> uses(String path) {
    return site.components().stream()
        .filter(one -> site.isUsed(one.path()) && !site.isTest(one.path()))
        .flatMap(component ->
            strings(component)
                .filter(literal -> isAsked(component, literal) && means(component, literal, path))
                .map(literal -> new Spot.InCode(component, literal)))
        .toList();
  }

  private static Stream<Script.Literal> strings(Component component) {
    return Stream.concat(
            component.code().script().literals().stream(), component.strings().stream())
        .distinct();
  }

  private static final Pattern ASKS =
      Pattern.compile(
          "(?s).*(?:\\$?\\bt|\\btranslate|\\b_|\\bi18nKey\\s*=|\\bkeypath\\s*=|\\bid\\s*[:=])\\s*[({]?\\s*");

  private static boolean isAsked(Component component, Script.Literal literal) {
    var body = component.text().body();
    return ASKS.matcher(body.substring(Math.max(0, literal.from() - 40), literal.from())).matches();
  }

  private static boolean means(Component component, Script.Literal literal, String path) {
    var value = literal.value().replaceFirst("^[\\w-]+:", "");
    if (value.equals(path)) {
      return true;
    }
    if (value.isEmpty() || !path.endsWith("." + value)) {
      return false;
    }
    var before = path.substring(0, path.length() - value.length() - 1);
    return strings(component).anyMatch(one -> one.value().equals(before));
  }

  private static Optional<Outcome> unable(Spot spot, String why) {
    return Planner.unable(
        "The text at " + ComponentPlanner.at(spot) + " " + why + ".",
        "Name the element that shows it, or change it by hand.");
  }
}
