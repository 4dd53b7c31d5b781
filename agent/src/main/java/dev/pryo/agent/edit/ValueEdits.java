package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.Paths;
import dev.pryo.agent.edit.Code.Datum;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Changes texts that do not stand in markup. What is written is the place that shows them; data
/// stays as it is, and phrases get a second name.
final class ValueEdits {
  private final Site site;
  private final Values values;
  private final ComponentPlan plan;
  private final ComponentPlanner planner;

  ValueEdits(Site site, ComponentPlan plan, ComponentPlanner planner) {
    this.site = site;
    this.values = new Values(site);
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
    var constant =
        in.component().code().constants().stream()
            .filter(one -> one.literal().from() == in.literal().from() && !one.uses().isEmpty())
            .findFirst();
    if (constant.isPresent()) {
      return constant.get().uses().stream()
          .flatMap(use ->
              inside(
                  segment,
                  in,
                  in.component(),
                  use.from(),
                  use.to(),
                  text.get(),
                  "",
                  at -> plan.add(origin(segment, in, text.get()), at))
                  .stream())
          .findFirst();
    }
    if (in.literal().shown() == Script.Shown.AT_LOAD) {
      return unable(
          in, "is read when the file loads, so that everybody would count as having seen it");
    }
    return inside(
        segment,
        in,
        in.component(),
        in.literal().from(),
        in.literal().to(),
        text.get(),
        "",
        _ -> {});
  }

  private static ComponentPlan.Origin origin(String segment, Spot.InCode in, String text) {
    return new ComponentPlan.Origin(
        in.component().text(), in.literal().from(), in.literal().to(), Map.of(segment, text));
  }

  /// A value of data changes where a list shows it.
  private Optional<Outcome> shown(String segment, Spot.InCode in, Datum datum, String text) {
    var places = values.places(in.component(), datum);
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
      var guard = values.guard(in.component(), datum, place.access());
      if (guard.isEmpty()) {
        return unable(in, "is one of several of the same, which nothing tells apart");
      }
      var problem =
          inside(
              segment,
              in,
              place.component(),
              place.access().from(),
              place.access().to(),
              text,
              guard.get(),
              at -> plan.add(origin(segment, in, text), at));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /// A phrase gets a second name with the new text, and the component asks for that.
  Optional<Outcome> phrase(String segment, Spot.InLanguage in, String from, String to) {
    var text = ComponentPlanner.replaced(in.entry().value(), from, to);
    if (text.isEmpty()) {
      return ComponentPlanner.broken(in);
    }
    var uses = values.uses(in.entry().path());
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
        inside(
            segment,
            use,
            use.component(),
            use.literal().from(),
            use.literal().to(),
            name,
            "",
            plan::named);
    if (problem.isEmpty()) {
      plan.add(new ComponentPlan.Phrase(in.file(), in.entry(), Map.of(segment, text.get())));
    }
    return problem;
  }

  /// @param planned takes the edit once it is planned
  private Optional<Outcome> inside(
      String segment,
      Spot spot,
      Component component,
      int from,
      int to,
      String text,
      String guard,
      Consumer<Edit.Inside> planned) {
    var tag = Values.around(component, from);
    if (tag.isEmpty()) {
      return unable(spot, "stands outside of the markup of its component");
    }
    var element = Values.element(component, from);
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
    if (element.isEmpty()) {
      return unable(spot, "stands in no element");
    }
    var problem = planner.guarded(element.get(), edit);
    if (problem.isEmpty()) {
      planned.accept(edit);
    }
    return problem;
  }

  private static Optional<Outcome> unable(Spot spot, String why) {
    return Planner.unable(
        "The text at " + ComponentPlanner.at(spot) + " " + why + ".",
        "Name the element that shows it, or change it by hand.");
  }
}
