package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.Progress;
import dev.pryo.agent.Progress.Phase;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.words.Instruction.Action;
import dev.pryo.agent.words.Instruction.Track;
import dev.pryo.agent.words.Instructions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Edit mode for apps whose pages are made of components.
final class ComponentMode {
  private final Site site;
  private final Brief brief;
  private final ComponentPlan plan = new ComponentPlan();
  private final Finder finder;
  private final ComponentPlanner planner;

  ComponentMode(Site site, Brief brief) {
    this.site = site;
    this.brief = brief;
    this.finder = new Finder(site);
    this.planner = new ComponentPlanner(site, finder, plan, brief.ended());
  }

  Outcome run(Map<String, Instructions> wanted, List<Track> tracks, Progress progress) {
    for (var segment : wanted.entrySet()) {
      for (var change : segment.getValue().changes()) {
        var problem = planner.change(segment.getKey(), change);
        if (problem.isPresent()) {
          return problem.get();
        }
      }
    }
    var tracking = new Tracking(site, finder, new Place(), tracks);
    var problem = tracking.plan(brief);
    return problem.orElseGet(() -> write(wanted, tracking, progress));
  }

  private final class Place implements Tracking.Place {
    @Override
    public List<Spot.InComponent> changed() {
      return plan.changed();
    }

    @Override
    public Optional<Outcome> touchable(Spot.OnElement spot) {
      var in = (Spot.InComponent) spot;
      var edit = new Edit.Sent(in.component(), in.tag(), "", Action.CLICK, "");
      var alone = in.tag().isEmpty() && React.isServer(in.component(), site.hasServerComponents());
      return planner
          .touchable(in)
          .or(() -> ComponentPlanner.refused(in, edit))
          .or(() ->
              alone
                  ? Planner.unable(
                      "The element at "
                          + ComponentPlanner.at(in)
                          + " is rendered on the server and has no content that could listen.",
                      "Name an element around it.")
                  : Optional.empty());
    }

    @Override
    public void listen(Plan.Listener listener) {
      for (var spot : listener.spots()) {
        var in = (Spot.InComponent) spot;
        var form = listener.onForm() ? Page.submits(in.element()) : Optional.of(in.element());
        var tag = in.component().tag(form.orElse(in.element()));
        plan.add(
            new Edit.Sent(in.component(), tag, listener.event(), listener.action(), guard(in)));
      }
    }

    /// Where one item of a list changes, that one is meant.
    private String guard(Spot.InComponent in) {
      return plan.edits().stream()
          .filter(edit -> edit instanceof Edit.Inside inside && !inside.guard().isEmpty())
          .filter(edit ->
              edit.component() == in.component() && in.tag().all().anyMatch(edit.tag()::equals))
          .map(edit -> ((Edit.Inside) edit).guard())
          .findFirst()
          .orElse("");
    }
  }

  private Outcome write(Map<String, Instructions> wanted, Tracking tracking, Progress progress) {
    progress.report(Phase.WRITE, 0.6, "Writing the segments");
    var writer = new ComponentWriter(site, brief, plan);
    var taken = writer.taken().or(() -> Oldest.refuses(site, writer.dialect()));
    if (taken.isPresent()) {
      return taken.get();
    }
    var changes = writer.write();
    progress.report(Phase.CHECK, 0.8, "Checking what was written");
    var tracked = new ArrayList<>(tracking.there());
    tracking.how().forEach((event, how) -> tracked.add(added(changes, event, how)));
    var checks = new ComponentChecks(site, brief, plan, writer, changes, tracked).run();
    progress.report(Phase.CHECK, 1, EditMode.failures(checks));
    return new Done(
        changes,
        checks,
        summary(wanted, tracked, writer),
        List.copyOf(tracked),
        EditMode.plain(
            brief.tests(), segment -> new PlainComponents(site, plan, writer.hand()).of(segment)),
        tracking.how().isEmpty()
            ? Map.of()
            : EditMode.plain(
                brief.segments(),
                segment -> new PlainComponents(site, plan, writer.hand()).sending(segment)));
  }

  /// Where the written code sends an event.
  private Tracked added(ChangeSet changes, String event, String how) {
    for (var edit : plan.edits()) {
      if (edit instanceof Edit.Sent sent && sent.event().equals(event)) {
        var path = sent.component().path();
        var text = changes.of(path).map(change -> change.text()).orElse("");
        var at = Math.max(0, text.indexOf(event));
        return new Tracked(event, path, new SourceText(path, false, text).line(at), how);
      }
    }
    throw new IllegalStateException("Nothing sends " + event);
  }

  private List<String> summary(
      Map<String, Instructions> wanted, List<Tracked> tracked, ComponentWriter writer) {
    var sentences = new ArrayList<String>();
    sentences.add("The control stays as it is.");
    for (var segment : brief.tests()) {
      var words =
          Optional.ofNullable(wanted.get(segment.key())).stream()
              .flatMap(read -> read.changes().stream())
              .map(change -> change.words())
              .toList();
      sentences.add(segment.name() + ": " + String.join("; ", words) + ".");
    }
    plan.changed().stream()
        .map(ComponentPlanner::at)
        .sorted()
        .distinct()
        .forEach(place -> sentences.add("Changes the element at " + place + "."));
    writer
        .untranslated()
        .forEach(one ->
            sentences.add(
                "Needs a translation: `"
                    + one.name()
                    + "` in "
                    + one.path()
                    + " still has the words of another language."));
    if (!writer.client().there()) {
      sentences.add(
          "Adds Pryo's browser client as " + writer.client().path() + "; no package is added.");
      if (brief.client().consent() == Brief.Consent.ASK) {
        sentences.add(
            "Nothing is stored or sent until a visitor agrees: call `consent(true)` of "
                + writer.client().path()
                + " there.");
      }
    }
    tracked.forEach(one ->
        sentences.add(
            "`" + one.event() + "`: " + one.how() + " → " + one.file() + ":" + one.line() + "."));
    return List.copyOf(sentences);
  }
}
