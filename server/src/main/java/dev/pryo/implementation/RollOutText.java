package dev.pryo.implementation;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.experiment.Experiment;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a roll-out's commit and pull request say.
///
/// @param name of the segment that stays
/// @param asker who asked for it
record RollOutText(
    Experiment experiment, String segment, String name, RollOut.Result.Done written, String asker) {
  private static final int LONGEST_TITLE = 80;
  private static final int LONGEST_NAME = 60;
  private static final int MOST_FILES = 40;
  private static final String TITLE = "Roll out: ";

  /// One line.
  static String title(Experiment experiment) {
    String name = Plain.text(experiment.name(), LONGEST_TITLE - TITLE.length());
    return TITLE + (name.isEmpty() ? experiment.key() : name);
  }

  String pullRequestTitle() {
    return title(experiment);
  }

  String commitMessage() {
    return """
    %s

    Takes the experiment %s out of the code. %s
    Written by Pryo from its own record, without a language model.
    """
        .formatted(title(experiment), experiment.key(), stays());
  }

  private String stays() {
    return segment.equals("control")
        ? "Everything is as it was before."
        : "Its segment %s stays.".formatted(segment);
  }

  String body() {
    return """
    The experiment %s (`%s`) is decided, and this takes it out of the code. %s

    ### Files
    %s

    ### Checks
    %s
    %s
    %s asked for it. Pryo wrote it from its own record of what it had added, without a language model.
    """
        .formatted(
            Plain.text(experiment.name(), LONGEST_NAME),
            experiment.key(),
            segment.equals("control")
                ? "Everybody sees what was there before."
                : "Everybody sees what “%s” (`%s`) showed."
                    .formatted(Plain.text(name, LONGEST_NAME), segment),
            lines(written.changes().changes().stream().limit(MOST_FILES).map(RollOutText::file)),
            lines(
                written.checks().stream()
                    .map(check -> "- %s: %s".formatted(check.id(), check.detail()))),
            written.kept().isEmpty()
                ? ""
                : "\n### What stays\n"
                    + lines(written.kept().stream().map(one -> "- " + one))
                    + "\n",
            Plain.text(asker, LONGEST_NAME));
  }

  private static String file(FileChange change) {
    return change.content() == null
        ? "- `%s` goes: Pryo added it and nobody changed it since".formatted(change.path())
        : "- `%s`: %d lines in, %d out"
            .formatted(change.path(), change.additions(), change.deletions());
  }

  private static String lines(Stream<String> all) {
    return all.collect(Collectors.joining("\n"));
  }
}
