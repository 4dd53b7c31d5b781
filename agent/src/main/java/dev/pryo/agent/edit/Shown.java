package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// What a segment shows, worked out by doing its steps on a copy of each element.
final class Shown {
  private Shown() {}

  /// A text that is equal for two segments if and only if they show the same.
  static String to(String segment, Plan plan) {
    var all = new ArrayList<String>();
    for (var edit : plan.edits()) {
      var copy = edit.element().clone();
      var style = new ArrayList<String>();
      for (var step : edit.steps().getOrDefault(segment, List.of())) {
        apply(step, copy, style);
      }
      all.add(copy.outerHtml() + style);
    }
    for (var edit : plan.strings()) {
      all.add(edit.texts().getOrDefault(segment, edit.literal().value()));
    }
    return String.join("\u0000", all);
  }

  private static void apply(Step step, Element element, List<String> style) {
    switch (step) {
      case Step.Text(var to) -> element.text(to);
      case Step.TextPart(var from, var to) ->
          element.textNodes().forEach(node -> replace(node, from, to));
      case Step.Attribute(var name, var value) -> element.attr(name, value);
      case Step.AddClass(var name) -> element.addClass(name);
      case Step.RemoveClass(var name) -> element.removeClass(name);
      case Step.Move(var anchor, var after) ->
          style.add((after ? "after " : "before ") + anchor.offset());
      case Step.Style(var declarations) -> style.add(declarations.toString());
    }
  }

  private static void replace(TextNode node, String from, String to) {
    var text = node.getWholeText().replace("\r\n", "\n");
    var at = text.indexOf(from);
    if (at >= 0) {
      node.text(text.substring(0, at) + to + text.substring(at + from.length()));
    }
  }
}
