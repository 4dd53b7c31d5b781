package dev.pryo.implementation;

import dev.pryo.agent.Progress;
import dev.pryo.agent.model.Transcript.Answered;
import dev.pryo.agent.model.Transcript.Entry;
import dev.pryo.agent.model.Transcript.Refused;
import dev.pryo.agent.model.Transcript.Told;
import dev.pryo.codehost.Patience;
import dev.pryo.job.Job;
import dev.pryo.job.JobRun;
import dev.pryo.llm.Content.ToolCall;
import dev.pryo.llm.Patient;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells people what a run does: its phases, the model's calls, each refusal, and for what it
/// waits.
final class Telling implements Progress, Patient.Pause {
  private static final int LONGEST = 300;

  private final JobRun run;
  private Job.Phase phase = Job.Phase.PLAN;

  Telling(JobRun run) {
    this.run = run;
  }

  @Override
  public void report(Progress.Phase next, double fraction, String message) {
    phase = Job.Phase.valueOf(next.name());
    run.report(phase, 0.1 + 0.7 * fraction, message + ".");
  }

  /// The vendor is busy. Whoever cancels need not wait for it.
  @Override
  public void sleep(Duration time) {
    run.pause(time, "The model does not answer now; it is asked again in %d s."::formatted);
  }

  /// Waiting for a code host, as people see it.
  static Patience patience(JobRun run, Duration longest) {
    return new Patience(
        longest,
        (time, why) -> run.pause(time, left -> "%s; going on in %d s.".formatted(why, left)));
  }

  /// A line for what is new in the transcript.
  void note(Entry entry) {
    switch (entry) {
      case Told told -> {}
      case Answered(var answer) ->
          answer.calls().forEach(call -> run.note(phase, "step", Plain.line(words(call), LONGEST)));
      case Refused(var tool, var reason) ->
          run.note(phase, "refusal", Plain.line(tool + ": " + reason, LONGEST));
    }
  }

  private static String words(ToolCall call) {
    ObjectNode input = call.input().orElse(null);
    return switch (call.name()) {
      case "list_files" -> "Lists " + or(text(input, "under"), "the files");
      case "search_text" -> "Searches for “" + text(input, "text") + "”";
      case "read_multiple_files" -> "Reads " + files(input);
      case "plan" -> "Plans";
      case "write_file" -> "Writes " + text(input, "path");
      case "remove_file" -> "Takes away " + text(input, "path");
      case "compare_changes" -> "Looks at the changes so far";
      case "flush_writes" -> "Says that everything is written";
      case "give_up" -> "Gives up";
      default -> "Calls " + call.name();
    };
  }

  private static String files(@Nullable ObjectNode input) {
    return input == null
        ? "files"
        : input
            .path("files")
            .valueStream()
            .map(one -> one.isString() ? one.asString() : one.path("path").asString(""))
            .collect(Collectors.joining(", "));
  }

  private static String text(@Nullable JsonNode input, String field) {
    return input == null ? "" : input.path(field).asString("");
  }

  private static String or(String text, String otherwise) {
    return text.isBlank() ? otherwise : text;
  }
}
