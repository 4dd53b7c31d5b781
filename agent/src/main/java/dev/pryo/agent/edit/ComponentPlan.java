package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What will be written into components and files of languages. What segments do to the same place
/// is one edit.
final class ComponentPlan {
  /// A text under a new name in the files of all languages.
  ///
  /// @param path the name that is there
  record Phrase(LanguageFile file, LanguageFile.Entry entry, Map<String, String> texts) {}

  /// Where a text is written that is shown elsewhere: a value of data, a constant.
  ///
  /// @param from of the string, quotes included
  record Origin(SourceText source, int from, int to, Map<String, String> texts) {}

  private final Map<List<Object>, Origin> origins = new LinkedHashMap<>();
  private final Set<List<Object>> shown = new HashSet<>();
  private final Map<List<Object>, Edit> edits = new LinkedHashMap<>();
  private final Map<List<Object>, Phrase> phrases = new LinkedHashMap<>();
  private final Map<Tag, Spot.InComponent> changed = new LinkedHashMap<>();

  void add(Edit edit) {
    edits.merge(place(edit), edit, ComponentPlan::joined);
  }

  void add(Phrase phrase) {
    phrases.merge(
        List.of(phrase.file.pattern(), phrase.entry.path()),
        phrase,
        (one, other) -> new Phrase(one.file, one.entry, both(one.texts, other.texts)));
  }

  /// What is shown at an edit's place is written there.
  void add(Origin origin, Edit.Inside at) {
    shown.add(place(at));
    origins.merge(
        List.of(origin.source.path(), origin.from),
        origin,
        (one, other) -> new Origin(one.source, one.from, one.to, both(one.texts, other.texts)));
  }

  /// An edit whose text is written elsewhere, under a name.
  void named(Edit.Inside at) {
    shown.add(place(at));
  }

  List<Origin> origins() {
    return List.copyOf(origins.values());
  }

  /// Whether what it shows is written elsewhere.
  boolean hasOrigin(Edit.Inside inside) {
    return shown.contains(place(inside));
  }

  /// An element that looks different for somebody.
  void changed(Spot.InComponent spot) {
    changed.putIfAbsent(spot.tag(), spot);
  }

  List<Spot.InComponent> changed() {
    return List.copyOf(changed.values());
  }

  List<Edit> edits() {
    return List.copyOf(edits.values());
  }

  List<Phrase> phrases() {
    return List.copyOf(phrases.values());
  }

  /// The edits of each file, by its path.
  Map<String, List<Edit>> byPath() {
    var all = new TreeMap<String, List<Edit>>();
    for (var edit : edits.values()) {
      all.computeIfAbsent(edit.component().path(), _ -> new ArrayList<>()).add(edit);
    }
    return all;
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  private static List<Object> place(Edit edit) {
    var what =
        switch (edit) {
          case Edit.Say say -> say.words().from();
          case Edit.Give give -> give.name();
          case Edit.Inside inside -> inside.from() + inside.guard();
          case Edit.Moved moved -> moved.anchor().from() + (moved.after() ? "after" : "before");
          case Edit.Sent sent -> sent.event() + sent.action();
          default -> "";
        };
    return List.of(edit.component().path(), edit.getClass(), edit.tag().from(), what);
  }

  private static Edit joined(Edit one, Edit other) {
    return switch (one) {
      case Edit.Say(var component, var tag, var words, var texts) ->
          new Edit.Say(component, tag, words, both(texts, ((Edit.Say) other).texts()));
      case Edit.Give(var component, var tag, var name, var values) ->
          new Edit.Give(component, tag, name, both(values, ((Edit.Give) other).values()));
      case Edit.Dress(var component, var tag, var clothes) ->
          new Edit.Dress(component, tag, dressed(clothes, ((Edit.Dress) other).clothes()));
      case Edit.Look(var component, var tag, var looks) -> {
        var all = new TreeMap<>(looks);
        ((Edit.Look) other)
            .looks()
            .forEach((segment, more) ->
                all.merge(segment, more, (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        yield new Edit.Look(component, tag, all);
      }
      case Edit.Inside(var component, var tag, var from, var to, var texts, var guard) ->
          new Edit.Inside(
              component, tag, from, to, both(texts, ((Edit.Inside) other).texts()), guard);
      case Edit.Gone(var component, var tag, var segments) ->
          new Edit.Gone(component, tag, all(segments, ((Edit.Gone) other).segments()));
      case Edit.Moved(var component, var tag, var anchor, var after, var segments) ->
          new Edit.Moved(
              component, tag, anchor, after, all(segments, ((Edit.Moved) other).segments()));
      case Edit.Mark mark -> mark;
      case Edit.Sent sent -> sent;
    };
  }

  private static Map<String, Edit.Clothes> dressed(
      Map<String, Edit.Clothes> one, Map<String, Edit.Clothes> other) {
    var all = new TreeMap<>(one);
    other.forEach((segment, clothes) ->
        all.merge(
            segment,
            clothes,
            (a, b) ->
                new Edit.Clothes(
                    Stream.concat(a.added().stream(), b.added().stream()).toList(),
                    Stream.concat(a.removed().stream(), b.removed().stream()).toList())));
    return all;
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    var all = new TreeMap<>(one);
    all.putAll(other);
    return all;
  }

  private static Set<String> all(Set<String> one, Set<String> other) {
    var all = new TreeSet<>(one);
    all.addAll(other);
    return new LinkedHashSet<>(all);
  }
}
