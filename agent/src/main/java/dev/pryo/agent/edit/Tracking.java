package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.GoalRef;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.words.Instruction.Action;
import dev.pryo.agent.words.Instruction.Track;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Sees to it that each goal's event is sent: by a call that is there already, as the words say, or
/// on the changed element where that leaves no doubt.
final class Tracking {
  private final Site site;
  private final Finder finder;
  private final Place place;
  private final List<Track> asked;
  private final List<Tracked> there = new ArrayList<>();
  private final Map<String, String> how = new LinkedHashMap<>();

  Tracking(Site site, Finder finder, Place place, List<Track> asked) {
    this.site = site;
    this.finder = finder;
    this.place = place;
    this.asked = asked;
  }

  /// What is changed, and how it can be listened to.
  interface Place {
    /// The elements that somebody sees changed.
    List<? extends Spot.OnElement> changed();

    /// Why an element cannot be listened to.
    Optional<Outcome> touchable(Spot.OnElement spot);

    void listen(Plan.Listener listener);
  }

  /// What is in the way, or nothing.
  Optional<Outcome> plan(Brief brief) {
    var events =
        Stream.concat(brief.goals().stream().map(GoalRef::event), asked.stream().map(Track::event))
            .distinct()
            .toList();
    var open = new ArrayList<String>();
    for (var event : events) {
      var already = already(event);
      var words = asked(event);
      if (already.isPresent()) {
        there.add(already.get());
      } else if (words.isEmpty()) {
        open.add(event);
      } else {
        for (var track : words) {
          var problem = asAsked(track);
          if (problem.isPresent()) {
            return problem;
          }
        }
      }
    }
    return open.isEmpty() ? Optional.empty() : onChanged(open);
  }

  /// What is said about an event; the same said twice, in two segments, is said once.
  private List<Track> asked(String event) {
    var different = new LinkedHashMap<List<Object>, Track>();
    asked.stream()
        .filter(track -> track.event().equals(event))
        .forEach(track ->
            different.putIfAbsent(List.of(track.target(), track.action(), track.where()), track));
    return List.copyOf(different.values());
  }

  /// Events that the site sends already.
  List<Tracked> there() {
    return List.copyOf(there);
  }

  /// For each event that is added, on what it is sent.
  Map<String, String> how() {
    return how;
  }

  private Optional<Tracked> already(String event) {
    var inPages =
        site.pages().stream()
            .flatMap(page ->
                page.document().select("script:not([src])").stream()
                    .filter(Page::isWritten)
                    .filter(one -> one.data().contains("trackEvent"))
                    .filter(one -> isCode(one.attr("type")))
                    .flatMap(one ->
                        calls(Scripts.parse(new SourceText(page.path(), false, one.data())), event)
                            .map(at -> at + one.sourceRange().endPos()))
                    .map(at -> tracked(event, page.text(), at)));
    var inScripts =
        site.scripts().stream()
            .filter(script -> !site.isTest(script.path()))
            .flatMap(script -> calls(script, event).map(at -> tracked(event, script.text(), at)));
    var inComponents =
        site.hasComponents()
            ? site.components().stream()
                .filter(one -> !site.isTest(one.path()) && site.isUsed(one.path()))
                .flatMap(one ->
                    Stream.concat(calls(one.code().script(), event), calls(one, event))
                        .map(at -> tracked(event, one.text(), at)))
            : Stream.<Tracked>empty();
    return Stream.of(inScripts, inComponents, inPages).flatMap(all -> all).findFirst();
  }

  private static boolean isCode(String type) {
    return type.isEmpty() || type.equalsIgnoreCase("module") || type.contains("javascript");
  }

  private static Stream<Integer> calls(Script script, String event) {
    return script.tracked().stream()
        .filter(call -> call.name().equals(event))
        .map(Script.Mention::at);
  }

  /// Calls in a component's markup: a handler, `<Track>`, and the scripts of Astro.
  private static Stream<Integer> calls(Component component, String event) {
    var named = Pattern.quote(event);
    var handler =
        Pattern.compile("\\btrackEvent\\w*\\(\\s*([\"'`]|&quot;|&#39;)%s\\1".formatted(named));
    var script =
        Pattern.compile(
            "(?m)^[ \\t]*(?:track\\(.*,\\s*|trackEvent\\(\\s*)([\"'`])%s\\1".formatted(named));
    return component.roots().stream()
        .flatMap(Tag::all)
        .filter(tag ->
            tag.attributes().stream().anyMatch(one -> handler.matcher(one.value()).find())
                || (tag.name().equals("Track")
                    && tag.attribute("event").filter(one -> one.value().equals(event)).isPresent())
                || (tag.name().equals("script")
                    && script
                        .matcher(component.text().body())
                        .region(tag.openEnd(), tag.closeFrom())
                        .find()))
        .map(Tag::from);
  }

  private static Tracked tracked(String event, SourceText text, int at) {
    return new Tracked(event, text.path(), text.line(at), "The site sends it already.");
  }

  private Optional<Outcome> asAsked(Track track) {
    var chosen =
        Planner.choose(
            site, finder.elements(track.target(), track.where()), track.where(), track.words());
    if (chosen.problem().isPresent()) {
      return chosen.problem();
    }
    var spots = chosen.spots().stream().map(Spot.OnElement.class::cast).toList();
    var forms = spots.stream().allMatch(spot -> spot.element().normalName().equals("form"));
    var senders = spots.stream().allMatch(spot -> Page.submits(spot.element()).isPresent());
    if (track.action() == Action.SUBMIT && !forms && !senders) {
      return Planner.unable(
          "Only a form is submitted, and “" + track.words() + "” names something else.",
          "Name the form, or say “is clicked”.");
    }
    return listen(track.event(), track.action(), spots, track.action() == Action.SUBMIT && !forms);
  }

  /// One event is open and the changed element is one that people click or send: that is the event.
  private Optional<Outcome> onChanged(List<String> open) {
    var spots = place.changed();
    var acting = spots.stream().map(Tracking::acting).flatMap(Optional::stream).toList();
    if (open.size() > 1 || spots.isEmpty() || acting.size() < spots.size()) {
      return Planner.unable(
          "It is not clear when the event “" + open.getFirst() + "” should be sent.",
          "Add a sentence such as: track '"
              + open.getFirst()
              + "' when 'Check out' is clicked. Or: track '"
              + open.getFirst()
              + "' when the form #signup is submitted.");
    }
    var event = open.getFirst();
    var sending = acting.stream().filter(one -> Page.submits(one.element()).isPresent()).toList();
    var forms = acting.stream().filter(one -> one.element().normalName().equals("form")).toList();
    var clicked =
        acting.stream().filter(one -> !sending.contains(one) && !forms.contains(one)).toList();
    return Stream.of(
            listen(event, Action.SUBMIT, sending, true),
            listen(event, Action.SUBMIT, forms, false),
            listen(event, Action.CLICK, clicked, false))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The element itself or the button or link around it.
  private static Optional<Spot.OnElement> acting(Spot.OnElement spot) {
    return Stream.concat(Stream.of(spot.element()), spot.element().parents().stream())
        .filter(one ->
            Page.isClickable(one) || (one == spot.element() && one.normalName().equals("form")))
        .filter(spot.markup().elements()::contains)
        .findFirst()
        .map(spot.markup()::spot);
  }

  private Optional<Outcome> listen(
      String event, Action action, List<? extends Spot.OnElement> spots, boolean onForm) {
    if (spots.isEmpty()) {
      return Optional.empty();
    }
    for (var spot : spots) {
      var problem = place.touchable(spot);
      if (problem.isPresent()) {
        return problem;
      }
    }
    place.listen(new Plan.Listener(event, action, spots, onForm));
    var where = spots.getFirst().path() + ":" + spots.getFirst().line();
    var what = action == Action.SUBMIT ? "the form is submitted" : "it is clicked";
    how.merge(event, "sent when " + what + " (" + where + ")", (first, _) -> first);
    return Optional.empty();
  }
}
