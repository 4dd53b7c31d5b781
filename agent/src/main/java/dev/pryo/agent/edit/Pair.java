package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.words.Instruction.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/// An element that moves and the one that it moves to. Where words fit several of each, the two
/// that stand side by side are meant.
///
/// @param moved the first moves to the last
record Pair(List<Spot.OnElement> moved, Optional<Outcome> problem) {
  static Pair of(Site site, Finder finder, Move move) {
    var moving = onElements(finder.elements(move.target(), move.where()));
    var anchors = onElements(finder.elements(move.anchor(), move.where()));
    var beside = new ArrayList<List<Spot.OnElement>>();
    for (var one : moving) {
      for (var anchor : anchors) {
        if (one.element() != anchor.element()
            && one.element().parent() == anchor.element().parent()) {
          beside.add(List.of(one, anchor));
        }
      }
    }
    if (beside.size() == 1) {
      return checked(beside.getFirst(), move);
    }
    var first = Planner.choose(site, List.copyOf(moving), move.where(), move.words());
    var second = Planner.choose(site, List.copyOf(anchors), move.where(), move.words());
    var problem = first.problem().or(second::problem);
    return problem.isPresent()
        ? new Pair(List.of(), problem)
        : checked(List.of(moving.getFirst(), anchors.getFirst()), move);
  }

  private static List<Spot.OnElement> onElements(List<Spot> spots) {
    return spots.stream()
        .filter(Spot.OnElement.class::isInstance)
        .map(Spot.OnElement.class::cast)
        .toList();
  }

  private static Pair checked(List<Spot.OnElement> pair, Move move) {
    var moved = pair.getFirst().element();
    var anchor = pair.getLast().element();
    if (moved == anchor || moved.parents().contains(anchor) || anchor.parents().contains(moved)) {
      return failed("“" + move.words() + "” names two elements of which one holds the other.");
    }
    return stands(moved, anchor, move.after())
        ? failed("“" + move.words() + "” is how it is already.")
        : new Pair(pair, Optional.empty());
  }

  private static boolean stands(Element moved, Element anchor, boolean after) {
    return (after ? anchor.nextElementSibling() : anchor.previousElementSibling()) == moved;
  }

  private static Pair failed(String why) {
    return new Pair(
        List.of(), Planner.unable(why, "Name two elements that stand beside each other."));
  }
}
