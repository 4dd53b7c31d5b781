package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A text whose parts are replaced, taken out or put elsewhere, all by positions in the text as it
/// is. What stands alone on its lines comes and goes with them.
final class Rearranged {
  private record Part(int from, int to, String text) {
    boolean isIn(Cut cut) {
      return cut.from <= from && to <= cut.to;
    }
  }

  /// @param place where it goes to, null where it goes for good
  private record Cut(int from, int to, @Nullable Place place) {
    boolean holds(Cut other) {
      return this != other && from <= other.from && other.to <= to;
    }
  }

  private record Place(int from, int to, boolean after) {}

  private final SourceText text;
  private final String body;
  private final List<Part> parts = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();

  Rearranged(SourceText text) {
    this.text = text;
    this.body = text.body();
  }

  void replace(int from, int to, String with) {
    parts.add(new Part(from, to, with));
  }

  /// All edits of another hand, after those that are there already at the same place.
  void add(Splices more) {
    more.all().forEach(one -> replace(one.from(), one.to(), one.text()));
  }

  void remove(int from, int to) {
    cuts.add(new Cut(from, to, null));
  }

  /// What stands between `from` and `to` goes before or behind the anchor.
  void move(int from, int to, int anchorFrom, int anchorTo, boolean after) {
    cuts.add(new Cut(from, to, new Place(anchorFrom, anchorTo, after)));
  }

  /// The new text; empty where something would go to a place that goes itself, or where two edits
  /// are of the same characters.
  Optional<String> apply() {
    var outer = cuts.stream().filter(one -> cuts.stream().noneMatch(c -> c.holds(one))).toList();
    var splices = new Splices();
    for (var cut : outer) {
      if (cut.place != null && !put(splices, cut, cut.place, outer)) {
        return Optional.empty();
      }
    }
    for (var part : parts) {
      if (outer.stream().noneMatch(part::isIn)) {
        splices.replace(part.from, part.to, part.text);
      }
    }
    outer.forEach(cut -> splices.replace(lineFrom(cut.from, cut.to), lineTo(cut), ""));
    return splices.collide() ? Optional.empty() : Optional.of(splices.apply(body));
  }

  private boolean put(Splices splices, Cut cut, Place place, List<Cut> outer) {
    if (outer.stream().anyMatch(one -> one.from <= place.from && place.to <= one.to)) {
      return false;
    }
    var inner = new Splices();
    parts.stream()
        .filter(part -> part.isIn(cut))
        .forEach(part -> inner.replace(part.from, part.to, part.text));
    if (inner.collide()) {
      return false;
    }
    var moved = inner.apply(body, cut.from, cut.to);
    if (isAlone(place.from, place.to)) {
      var line = Standing.indent(body, place.from) + moved + text.lineEnding();
      splices.insert(
          place.after ? endOfLine(place.to) : body.lastIndexOf('\n', place.from - 1) + 1, line);
    } else {
      splices.insert(place.after ? place.to : place.from, moved);
    }
    return true;
  }

  /// Whether nothing else stands on the lines of a range, and the last of them ends.
  private boolean isAlone(int from, int to) {
    var end = body.indexOf('\n', to);
    return text.indentBefore(from).isPresent() && end >= 0 && body.substring(to, end).isBlank();
  }

  private int endOfLine(int at) {
    return body.indexOf('\n', at) + 1;
  }

  private int lineFrom(int from, int to) {
    return isAlone(from, to) ? body.lastIndexOf('\n', from - 1) + 1 : from;
  }

  private int lineTo(Cut cut) {
    return isAlone(cut.from, cut.to) ? endOfLine(cut.to) : cut.to;
  }
}
