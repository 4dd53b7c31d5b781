package dev.pryo.agent.edit;

import dev.pryo.agent.words.Instruction.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/// What will be written: elements that change, strings that change, events that are sent. Elements
/// that change in the same way in every segment are one part.
final class Plan {
  /// One element that changes, and its steps for each segment that changes it.
  record Edit(Page page, Element element, Map<String, List<Step>> steps) {
    int offset() {
      return Page.start(element);
    }
  }

  /// Elements that change alike.
  ///
  /// @param mark the value of their `data-pryo`
  record Part(String mark, Map<String, List<Step>> steps, List<Edit> edits) {}

  /// One string of a script, and what it says in each segment that changes it.
  record StringEdit(Script script, Script.Literal literal, Map<String, String> texts) {}

  /// An event sent by elements of pages.
  ///
  /// @param onForm the form that a button stands in is listened to, instead of the button
  record Listener(
      String event, Action action, List<? extends Spot.OnElement> spots, boolean onForm) {}

  private final Map<Element, Edit> edits = new LinkedHashMap<>();
  private final Map<String, StringEdit> strings = new LinkedHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();

  void change(Spot.OnPage spot, String segment, Step step) {
    edits
        .computeIfAbsent(spot.element(), element -> new Edit(spot.page(), element, new TreeMap<>()))
        .steps
        .computeIfAbsent(segment, _ -> new ArrayList<>())
        .add(step);
  }

  void change(Spot.InScript spot, String segment, String text) {
    strings
        .computeIfAbsent(
            spot.path() + ":" + spot.literal().from(),
            _ -> new StringEdit(spot.script(), spot.literal(), new TreeMap<>()))
        .texts
        .put(segment, text);
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /// The same without anything that changes.
  Plan listening() {
    var alone = new Plan();
    listeners.forEach(alone::listen);
    return alone;
  }

  /// The parts in the order of pages and lines. A single part is marked with the experiment's key,
  /// more than one with the key and a number.
  List<Part> parts(String key) {
    var alike = new LinkedHashMap<Map<String, List<Step>>, List<Edit>>();
    edits.values().stream()
        .sorted(Comparator.comparing((Edit edit) -> edit.page.path()).thenComparing(Edit::offset))
        .forEach(edit -> alike.computeIfAbsent(edit.steps, _ -> new ArrayList<>()).add(edit));
    var parts = new ArrayList<Part>();
    alike.forEach((steps, same) ->
        parts.add(new Part(alike.size() == 1 ? key : key + ":" + (parts.size() + 1), steps, same)));
    return List.copyOf(parts);
  }

  List<StringEdit> strings() {
    return List.copyOf(strings.values());
  }

  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /// The marks of all marked elements: those of the parts, for elements that others are moved to
  /// the key and `place`, and for other elements that are listened to the key and `goal`.
  Map<Element, String> marks(String key) {
    var marks = new LinkedHashMap<Element, String>();
    for (var part : parts(key)) {
      part.edits.forEach(edit -> marks.put(edit.element, part.mark));
    }
    var places = anchors();
    for (var at = 0; at < places.size(); at++) {
      marks.putIfAbsent(
          places.get(at), key + (places.size() == 1 ? ":place" : ":place-" + (at + 1)));
    }
    var number = 0;
    for (var listener : listeners) {
      number++;
      var mark = key + (listeners.size() == 1 ? ":goal" : ":goal-" + number);
      listener.spots.forEach(spot -> marks.putIfAbsent(spot.element(), mark));
    }
    return marks;
  }

  /// The elements that others are moved to or past, in the order of the page: they wait as well,
  /// since they make room.
  private List<Element> anchors() {
    return edits.values().stream()
        .flatMap(edit ->
            edit.steps.values().stream()
                .flatMap(List::stream)
                .filter(Step.Move.class::isInstance)
                .flatMap(step -> passed(edit.element, ((Step.Move) step).anchor().element())))
        .distinct()
        .sorted(Comparator.comparingInt(Page::start))
        .toList();
  }

  private static Stream<Element> passed(Element moved, Element anchor) {
    var siblings = anchor.parent() == moved.parent() ? moved.siblingElements() : List.<Element>of();
    var first = Math.min(Page.start(moved), Page.start(anchor));
    var last = Math.max(Page.start(moved), Page.start(anchor));
    return Stream.concat(
        Stream.of(anchor),
        siblings.stream()
            .filter(one -> first < Page.start(one) && Page.start(one) < last)
            .filter(one -> Page.isWritten(one) && !one.hasAttr("data-pryo")));
  }

  /// The marks of elements that make room for others.
  List<String> places(String key) {
    var marks = marks(key);
    var parts = parts(key).stream().map(Part::mark).toList();
    return anchors().stream()
        .flatMap(one -> Optional.ofNullable(marks.get(one)).stream())
        .filter(mark -> !parts.contains(mark))
        .toList();
  }

  boolean isEmpty() {
    return edits.isEmpty() && strings.isEmpty();
  }

  /// The pages that carry a mark.
  Stream<Page> markedPages() {
    return Stream.concat(
            edits.values().stream().map(Edit::page),
            listeners.stream().flatMap(one -> one.spots.stream()).map(spot -> (Page) spot.markup()))
        .distinct();
  }

  List<Edit> edits() {
    return List.copyOf(edits.values());
  }
}
