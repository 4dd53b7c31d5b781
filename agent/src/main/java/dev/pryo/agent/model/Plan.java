package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a model says it will do before it writes. Nothing outside it is written.
///
/// @param change files that are there and change
/// @param add files that are new
/// @param segments how each segment differs
/// @param goals where each goal is tracked
/// @param steady how flicker and trouble with hydration are avoided
/// @param unclear what the brief leaves open, and how it was read
public record Plan(
    List<File> change,
    List<File> add,
    List<Segment> segments,
    List<Goal> goals,
    String steady,
    List<String> unclear) {

  /// A file and what happens in it.
  public record File(String path, String what) {}

  /// How one segment differs from the control.
  public record Segment(String key, String differs) {}

  /// Where an event is sent.
  public record Goal(String event, String where) {}

  static Plan read(JsonNode input) {
    return new Plan(
        all(input.path("change"))
            .map(one -> new File(text(one, "path"), text(one, "what")))
            .toList(),
        all(input.path("add")).map(one -> new File(text(one, "path"), text(one, "what"))).toList(),
        all(input.path("segments"))
            .map(one -> new Segment(text(one, "key"), text(one, "differs")))
            .toList(),
        all(input.path("goals"))
            .map(one -> new Goal(text(one, "event"), text(one, "where")))
            .toList(),
        text(input, "steady"),
        all(input.path("unclear")).map(one -> one.asString("")).toList());
  }

  private static Stream<JsonNode> all(JsonNode list) {
    return list.isArray() ? list.valueStream() : Stream.empty();
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("").strip();
  }

  Set<String> paths() {
    var paths = new LinkedHashSet<String>();
    Stream.concat(change.stream(), add.stream()).map(File::path).forEach(paths::add);
    return paths;
  }

  /// What is missing or not allowed, a sentence each; empty where the plan can be followed.
  List<String> problems(Brief brief, Fence fence) {
    var problems = new ArrayList<String>();
    change.forEach(file -> fence.refuseChange(file.path()).ifPresent(problems::add));
    add.forEach(file -> fence.refuseAdd(file.path()).ifPresent(problems::add));
    if (paths().isEmpty()) {
      problems.add("No file is named.");
    }
    for (var segment : brief.tests()) {
      if (segments.stream().noneMatch(one -> says(one.key(), segment.key(), one.differs()))) {
        problems.add("It is not said how the segment " + segment.key() + " differs.");
      }
    }
    for (var goal : brief.goals()) {
      if (goals.stream().noneMatch(one -> says(one.event(), goal.event(), one.where()))) {
        problems.add("It is not said where the event " + goal.event() + " is sent.");
      }
    }
    if (steady.isEmpty()) {
      problems.add("“steady” does not say how flicker and hydration are taken care of.");
    }
    return problems;
  }

  private static boolean says(String named, String wanted, String words) {
    return named.equals(wanted) && !words.isEmpty();
  }
}
