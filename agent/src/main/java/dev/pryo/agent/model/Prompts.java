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

  /// Why the run goes on.
  static String round(Round round) {
    return switch (round) {
      case Round.Feedback(var words) -> file("revise") + marked("feedback", words);
      case Round.Failure(var said) -> file("repair") + marked("failure", said);
    };
  }

  private static String marked(String mark, String text) {
    return "\n<" + mark + ">\n" + text + "\n</" + mark + ">";
  }

  /// Why the run went on, where this text says it to the model.
  static Optional<Round> roundIn(Content part) {
    return part instanceof Content.Text(var text)
        ? within(text, "revise", "feedback")
            .<Round>map(Round.Feedback::new)
            .or(() -> within(text, "repair", "failure").map(Round.Failure::new))
        : Optional.empty();
  }

  private static Optional<String> within(String text, String prompt, String mark) {
    var head = file(prompt) + "\n<" + mark + ">\n";
    var end = "\n</" + mark + ">";
    return text.startsWith(head) && text.endsWith(end)
        ? Optional.of(text.substring(head.length(), text.length() - end.length()))
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
