package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.words.Instruction.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/// Writes the module that an experiment adds, in the team's style.
final class ModuleWriter {
  private final Brief brief;
  private final TeamStyle style;
  private final List<Plan.Part> parts;
  private final List<Plan.Listener> listeners;
  private final Map<Element, String> marks;
  private final List<String> places;
  private final List<String> lines = new ArrayList<>();

  ModuleWriter(Brief brief, TeamStyle style, Plan plan) {
    this.brief = brief;
    this.style = style;
    this.parts = plan.parts(brief.key());
    this.listeners = plan.listeners();
    this.marks = plan.marks(brief.key());
    this.places = plan.places(brief.key());
  }

  String write() {
    line(0, "// Experiment " + brief.key() + " by Pryo: " + Escapes.comment(brief.name()));
    if (!parts.isEmpty()) {
      line(
          0, "// The page as it is written is the control, and the other segments change it here.");
      elements();
      changes();
    }
    listeners.forEach(this::listener);
    if (!parts.isEmpty()) {
      client();
      show();
    }
    return String.join(style.lineEnding(), lines) + style.lineEnding();
  }

  private void elements() {
    var selector =
        selector(Stream.concat(parts.stream().map(Plan.Part::mark), places.stream()).toList());
    statement(0, "const tested = document.querySelectorAll(" + text(selector) + ")");
    line(0, "");
  }

  /// Whether all tested elements change in the same way.
  private boolean isAlone() {
    return parts.size() == 1 && places.isEmpty();
  }

  private boolean hasSteps() {
    return parts.stream()
        .anyMatch(part -> brief.tests().stream().anyMatch(t -> acts(part, t.key())));
  }

  private static boolean acts(Plan.Part part, String segment) {
    return steps(part, segment).stream().anyMatch(step -> !(step instanceof Step.Style));
  }

  private static List<Step> steps(Plan.Part part, String segment) {
    return part.steps().getOrDefault(segment, List.of());
  }

  private void changes() {
    if (!hasSteps()) {
      return;
    }
    var segments =
        brief.tests().stream()
            .map(Brief.Variant::key)
            .filter(segment -> parts.stream().anyMatch(part -> acts(part, segment)))
            .toList();
    line(0, "const changes = {");
    for (var segment : segments) {
      if (isAlone()) {
        function(1, segment, parts.getFirst(), segment, isLast(segments, segment));
      } else {
        line(1, segment + ": {");
        var acting = parts.stream().filter(part -> acts(part, segment)).toList();
        for (var part : acting) {
          function(2, text(part.mark()), part, segment, isLast(acting, part));
        }
        line(1, "}" + (isLast(segments, segment) ? style.comma() : ","));
      }
    }
    statement(0, "}");
    line(0, "");
  }

  private static <T> boolean isLast(List<T> all, T one) {
    return all.getLast().equals(one);
  }

  private void function(int depth, String name, Plan.Part part, String segment, boolean last) {
    line(depth, name + ": (element) => {");
    for (var step : steps(part, segment)) {
      step(depth + 1, step);
    }
    line(depth, "}" + (last ? style.comma() : ","));
  }

  private void step(int depth, Step step) {
    switch (step) {
      case Step.Text(var to) -> statement(depth, "element.textContent = " + text(to));
      case Step.TextPart(var from, var to) -> {
        line(depth, "for (const node of element.childNodes) {");
        line(depth + 1, "if (node.nodeType === Node.TEXT_NODE) {");
        statement(
            depth + 2, "node.data = node.data.replace(" + text(from) + ", () => " + text(to) + ")");
        line(depth + 1, "}");
        line(depth, "}");
      }
      case Step.Attribute(var name, var value) ->
          statement(depth, "element.setAttribute(" + text(name) + ", " + text(value) + ")");
      case Step.AddClass(var name) -> statement(depth, "element.classList.add(" + text(name) + ")");
      case Step.RemoveClass(var name) ->
          statement(depth, "element.classList.remove(" + text(name) + ")");
      case Step.Move(var anchor, var after) -> {
        var mark = marks.getOrDefault(anchor.element(), "");
        var place = "document.querySelector(" + text(selector(List.of(mark))) + ")";
        statement(depth, place + "?." + (after ? "after" : "before") + "(element)");
      }
      case Step.Style _ -> {}
    }
  }

  private void listener(Plan.Listener listener) {
    var action = listener.action() == Action.SUBMIT ? "submit" : "click";
    var target = listener.onForm() ? "element.form?" : "element";
    var marked = marks(listener);
    var all = places.isEmpty() && marked.equals(parts.stream().map(Plan.Part::mark).toList());
    var elements = all ? "tested" : "document.querySelectorAll(" + text(selector(marked)) + ")";
    line(0, "for (const element of " + elements + ") {");
    line(1, target + ".addEventListener(" + text(action) + ", () => {");
    statement(2, "window.pryo?.trackEvent(" + text(listener.event()) + ")");
    statement(1, "})");
    line(0, "}");
    if (!parts.isEmpty() || !listeners.getLast().equals(listener)) {
      line(0, "");
    }
  }

  private List<String> marks(Plan.Listener listener) {
    return listener.spots().stream()
        .flatMap(spot -> Optional.ofNullable(marks.get(spot.element())).stream())
        .distinct()
        .toList();
  }

  /// The client, once it is there and has its rules; nothing if that takes longer than the element
  /// stays hidden, for by then the control has been seen.
  private void client() {
    line(0, "const arrival = async () => {");
    line(1, "const pryo =");
    line(2, "window.pryo ??");
    line(2, "(await new Promise((done) => {");
    statement(
        3,
        "document.addEventListener(" + text("pryo") + ", () => done(window.pryo), { once: true })");
    statement(2, "}))");
    statement(1, "await pryo.ready()");
    statement(1, "return pryo");
    statement(0, "}");
    line(0, "");
    line(0, "const timeout = new Promise((done) => {");
    statement(1, "setTimeout(done, " + StyleSheetWriter.WAIT + ")");
    statement(0, "})");
    line(0, "");
  }

  private void show() {
    line(0, "if (tested.length > 0) {");
    statement(1, "const pryo = await Promise.race([arrival(), timeout])");
    statement(1, "const segment = pryo?.variant(" + text(brief.key()) + ") ?? " + text("control"));
    line(1, "for (const element of tested) {");
    if (hasSteps()) {
      var change = isAlone() ? "changes[segment]" : "changes[segment]?.[element.dataset.pryo]";
      statement(2, change + "?.(element)");
    }
    statement(2, "element.dataset.pryoSegment = segment");
    line(1, "}");
    line(0, "}");
  }

  private String selector(List<String> marked) {
    var quote = style.innerQuote();
    return String.join(
        ", ", marked.stream().map(mark -> "[data-pryo=" + quote + mark + quote + "]").toList());
  }

  private String text(String text) {
    return Escapes.script(text, style.quote());
  }

  private void statement(int depth, String code) {
    line(depth, code + style.end());
  }

  private void line(int depth, String code) {
    lines.add(code.isEmpty() ? "" : style.indent().repeat(depth) + code);
  }
}
