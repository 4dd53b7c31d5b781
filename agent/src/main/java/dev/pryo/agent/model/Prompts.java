package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Check;
import dev.pryo.agent.Progress.Phase;
import dev.pryo.llm.Content;
import dev.pryo.llm.Reply.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a model is told by Pryo. The words are in `prompts/`, a file for each phase.
final class Prompts {
  private Prompts() {}

  static String system(Runtime runtime) {
    return file("system") + "\n" + runtime.usage();
  }

  /// What, where, and how to begin. The map comes first: it is the same for every experiment of a
  /// repository.
  static List<Content> begin(Agent.Task task) {
    return List.of(
        new Content.Text(
            "<map>\n" + task.map().text(Agent.MAP_TOKENS) + "\n</map>\n\n" + brief(task.brief())),
        new Content.Text(file("plan")));
  }

  static String brief(Brief brief) {
    var segments =
        brief.segments().stream()
            .map(one ->
                "- "
                    + one.key()
                    + ", “"
                    + one.name()
                    + "”: "
                    + either(
                        one.instructions(),
                        one.description(),
                        one.isControl() ? "as it is today" : "as the description says"))
            .collect(Collectors.joining("\n"));
    var goals =
        brief.goals().stream()
            .map(one -> "- " + one.event() + ": " + either(one.description(), one.name(), ""))
            .collect(Collectors.joining("\n"));
    return "<brief>\nExperiment key: "
        + brief.key()
        + "\nName: "
        + brief.name()
        + "\n"
        + brief.description()
        + "\n\nSegments:\n"
        + segments
        + "\n\nGoals (events):\n"
        + goals
        + (brief.appRoot() == null ? "" : "\n\nThe app's folder: " + brief.appRoot())
        + "\n</brief>";
  }

  private static String either(String first, String second, String last) {
    return !first.isBlank() ? first : !second.isBlank() ? second : last;
  }

  /// The words of a phase that begins with this answer.
  static Optional<String> next(Stages stages, Workspace workspace, Answer answer) {
    if (answer.calls().stream().anyMatch(call -> call.name().equals("read_multiple_files"))) {
      stages.read();
    }
    if (workspace.plan().isEmpty()) {
      return Optional.empty();
    }
    var phase = stages.phase();
    if (phase == Phase.PLAN && !stages.hasRead()) {
      stages.enter(Phase.READ);
      return Optional.of(file("read"));
    }
    if (phase == Phase.PLAN || (phase == Phase.READ && stages.hasRead())) {
      stages.enter(Phase.WRITE);
      return Optional.of(file("write"));
    }
    if (phase != Phase.WRITE && !workspace.isUntouched()) {
      stages.enter(Phase.WRITE);
    }
    return Optional.empty();
  }

  static String failed(List<Check> failed) {
    return failed.stream()
            .map(check -> "- " + check.id() + ": " + check.detail())
            .collect(Collectors.joining("\n"))
        + "\n\n"
        + file("check");
  }

  static String feedback(String words) {
    return file("revise") + "\n<feedback>\n" + words + "\n</feedback>";
  }

  /// The words of somebody on the team, where this text brings them to the model.
  static Optional<String> feedbackIn(Content part) {
    var head = file("revise") + "\n<feedback>\n";
    return part instanceof Content.Text(var text) && text.startsWith(head)
        ? Optional.of(text.substring(head.length(), text.length() - "\n</feedback>".length()))
        : Optional.empty();
  }

  static String cutOff(int tokens) {
    return "Your answer was cut off at "
        + tokens
        + " tokens and nothing of it was done. Do it in smaller steps: one file in a call, and"
        + " replacements instead of whole files.";
  }

  static String idle(boolean empty) {
    return (empty ? "Your answer was empty." : "Words alone change nothing.")
        + " Call a tool; when everything is written, flush_writes; when it cannot be done,"
        + " give_up.";
  }

  static String file(String name) {
    var path = "/prompts/" + name + ".md";
    try (var in = Prompts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path + " cannot be read", unreadable);
    }
  }
}
