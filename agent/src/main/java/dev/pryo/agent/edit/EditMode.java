package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.Variant;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.Progress;
import dev.pryo.agent.Progress.Phase;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.words.Extraction;
import dev.pryo.agent.words.Instruction.Track;
import dev.pryo.agent.words.Instructions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes an experiment into plain HTML pages and script modules by rules alone. It is certain or
/// it changes nothing.
///
/// Start reading here: words become `Instructions`, `Finder` finds what they mean, `Planner` and
/// `Tracking` make a `Plan` of it, `Writer` writes the plan, `Checks` doubts it.
public final class EditMode {
  private EditMode() {}

  public static Outcome run(SourceTree tree, Brief brief, Progress progress) {
    progress.report(Phase.PLAN, 0, "Reading the instructions");
    var wanted = new LinkedHashMap<String, Instructions>();
    for (var segment : brief.tests()) {
      var words = words(brief, segment);
      var read = Instructions.of(words);
      if (read.changes().isEmpty() || !read.unknown().isEmpty()) {
        return notUnderstood(segment, words, read);
      }
      wanted.put(segment.key(), read);
    }
    progress.report(Phase.READ, 0.2, "Looking for the places that are meant");
    var site = new Site(tree, brief.appRoot(), brief.ended());
    if (site.isEmpty()) {
      return new Unable(
          brief.appRoot() == null
              ? "The repository is empty."
              : "There is nothing in the folder “" + brief.appRoot() + "”.",
          "Check the project's app folder.");
    }
    if (site.isTooBig()) {
      return new Unable(
          "There are more than " + Site.MOST_FILES + " pages or scripts, too many to be certain.",
          "Name the folder of the app in the project's settings.");
    }
    var old = Oldest.refuses(site);
    if (old.isPresent()) {
      return old.get();
    }
    if (site.hasComponents()) {
      return new ComponentMode(site, brief).run(wanted, tracks(brief, wanted), progress);
    }
    var plan = new Plan();
    var finder = new Finder(site);
    var planner = new Planner(site, finder, plan, brief.ended());
    for (var segment : wanted.entrySet()) {
      for (var change : segment.getValue().changes()) {
        var problem = planner.change(segment.getKey(), change);
        if (problem.isPresent()) {
          return problem.get();
        }
      }
    }
    var tracking = new Tracking(site, finder, new PagePlace(planner, plan), tracks(brief, wanted));
    var problem = tracking.plan(brief).or(() -> overlap(plan, brief.key()));
    return problem.orElseGet(() -> write(site, brief, plan, tracking, wanted, progress));
  }

  /// The elements of pages that change.
  private record PagePlace(Planner planner, Plan plan) implements Tracking.Place {
    @Override
    public List<Spot.OnPage> changed() {
      return plan.edits().stream()
          .map(edit -> new Spot.OnPage(edit.page(), edit.element()))
          .toList();
    }

    @Override
    public Optional<Outcome> touchable(Spot.OnElement spot) {
      return planner.touchable(spot);
    }

    @Override
    public void listen(Plan.Listener listener) {
      plan.listen(listener);
    }
  }

  private static Outcome write(
      Site site,
      Brief brief,
      Plan plan,
      Tracking tracking,
      Map<String, Instructions> wanted,
      Progress progress) {
    progress.report(Phase.WRITE, 0.6, "Writing the segments");
    var writer = new Writer(site, brief, plan);
    var taken = writer.taken();
    if (taken.isPresent()) {
      return taken.get();
    }
    var changes = writer.write();
    progress.report(Phase.CHECK, 0.8, "Checking what was written");
    var tracked = new ArrayList<>(tracking.there());
    tracking
        .how()
        .forEach((event, how) -> tracked.add(added(changes, writer.homes().script(), event, how)));
    var checks = new Checks(site, brief, plan, writer, changes, tracked).run();
    progress.report(Phase.CHECK, 1, failures(checks));
    return new Done(
        changes,
        checks,
        summary(brief, wanted, plan, tracked),
        List.copyOf(tracked),
        plain(brief.tests(), segment -> new PlainPages(site, plan).of(segment)),
        tracking.how().isEmpty()
            ? Map.of()
            : plain(
                brief.segments(),
                segment -> new PlainPages(site, plan).sending(segment, writer.listening())));
  }

  /// What each segment leaves once it is there for good, where rules can write that.
  static Map<String, List<FileChange>> plain(
      List<Variant> segments, Function<String, Optional<List<FileChange>>> write) {
    var all = new LinkedHashMap<String, List<FileChange>>();
    for (var segment : segments) {
      write.apply(segment.key()).ifPresent(changes -> all.put(segment.key(), changes));
    }
    return all;
  }

  static String failures(List<Check> checks) {
    var failed = checks.stream().filter(check -> check.status() == Check.Status.FAIL).count();
    return failed == 0 ? "All checks passed" : failed + " checks failed";
  }

  /// A segment's instructions, else what its description changes, else what the experiment's does
  /// where there is only one segment it can mean.
  private static String words(Brief brief, Variant segment) {
    if (!segment.instructions().isBlank()) {
      return segment.instructions();
    }
    var shared = brief.tests().size() == 1 ? brief.description() : "";
    return Stream.of(segment.description(), shared)
        .flatMap(EditMode::firstVersion)
        .findFirst()
        .orElse(segment.description().isBlank() ? shared : segment.description());
  }

  private static Stream<String> firstVersion(String description) {
    return Extraction.of(description).segments().stream()
        .skip(1)
        .limit(1)
        .map(Extraction.Segment::instructions);
  }

  private static Outcome notUnderstood(Variant segment, String words, Instructions read) {
    if (words.isBlank()) {
      return new Unable(
          "The segment “" + segment.name() + "” has no instructions.",
          "Say what it changes, such as: change 'Add to cart' to 'Buy now'.");
    }
    var clause = read.unknown().isEmpty() ? words : read.unknown().getFirst();
    return new Unable(
        "Edit mode does not understand “" + clause + "” (segment “" + segment.name() + "”).",
        "Say it in a form such as: change 'Add to cart' to 'Buy now'; make the sign-up button"
            + " green; hide the banner; set the placeholder of #email to 'Work e-mail'.");
  }

  /// What the words of the whole brief say about tracking.
  private static List<Track> tracks(Brief brief, Map<String, Instructions> wanted) {
    var own = wanted.values().stream().flatMap(read -> read.tracks().stream());
    var texts =
        Stream.concat(
            Stream.of(brief.description()),
            brief.goals().stream().flatMap(goal -> Stream.of(goal.name(), goal.description())));
    return Stream.concat(own, texts.flatMap(text -> Instructions.of(text).tracks().stream()))
        .toList();
  }

  /// A mark can be listened to only as a whole.
  private static Optional<Outcome> overlap(Plan plan, String key) {
    var marks = plan.marks(key);
    for (var listener : plan.listeners()) {
      var elements = listener.spots().stream().map(Spot.OnElement::element).toList();
      var used = elements.stream().map(marks::get).toList();
      var more =
          marks.entrySet().stream()
              .anyMatch(one -> used.contains(one.getValue()) && !elements.contains(one.getKey()));
      if (more) {
        return Planner.unable(
            "The event “"
                + listener.event()
                + "” is wanted on some of several elements that change"
                + " in the same way.",
            "Track it on all of them, or on another element.");
      }
    }
    return Optional.empty();
  }

  private static Tracked added(ChangeSet changes, String module, String event, String how) {
    var text = changes.of(module).map(change -> change.text()).orElse("");
    var at = Scripts.parse(new SourceText(module, false, text));
    var line =
        at.tracked().stream()
            .filter(call -> call.name().equals(event))
            .findFirst()
            .map(call -> at.text().line(call.at()))
            .orElse(1);
    return new Tracked(event, module, line, how);
  }

  private static List<String> summary(
      Brief brief, Map<String, Instructions> wanted, Plan plan, List<Tracked> tracked) {
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
    Stream.concat(
            plan.edits().stream()
                .map(edit -> edit.page().path() + ":" + edit.page().text().line(edit.offset())),
            plan.strings().stream()
                .map(one ->
                    one.script().path() + ":" + one.script().text().line(one.literal().from())))
        .sorted()
        .distinct()
        .forEach(place -> sentences.add("Changes the element at " + place + "."));
    tracked.forEach(one ->
        sentences.add(
            "`" + one.event() + "`: " + one.how() + " → " + one.file() + ":" + one.line() + "."));
    return List.copyOf(sentences);
  }
}
