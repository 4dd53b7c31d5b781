package dev.pryo.implementation;

import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.experiment.Experiment;
import dev.pryo.implementation.Footprints.Prepared;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a roll-out's commit and pull request say.
///
/// @param name of the segment that stays
/// @param asker who asked for it
/// @param prepared what came of writing down beforehand what the segment is; null where that was
///   not tried, or not needed
/// @param model that did what the record alone does not know; null where it knows all
record RollOutText(
    Experiment experiment,
    String segment,
    String name,
    RollOut.Result.Done written,
    String asker,
    @Nullable Prepared prepared,
    @Nullable String model) {
  private static final int LONGEST_TITLE = 80;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_DETAIL = 200;
  private static final int LONGEST_WORDS_OF_A_MODEL = 800;
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
    %s
    """
        .formatted(title(experiment), experiment.key(), stays(), author("Written by Pryo"));
  }

  private String author(String begin) {
    String author =
        model == null
            ? begin + " from its own record of what it had added, without a language model."
            : "%s from its own record of what it had added, and by a language model, %s, where the record alone does not know."
                .formatted(begin, Plain.text(model, LONGEST_NAME));
    return prepared == null || !prepared.ready() || prepared.model().isEmpty()
        ? author
        : author
            + " What the segment is without the experiment had been put into that record by a language model, %s, after the merge, and was checked then."
                .formatted(Plain.text(prepared.model(), LONGEST_NAME));
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

    %s
    ### Checks
    %s
    %s
    %s asked for it. %s
    """
        .formatted(
            Plain.text(experiment.name(), LONGEST_NAME),
            experiment.key(),
            segment.equals("control")
                ? "Everybody sees what was there before."
                : "Everybody sees what “%s” (`%s`) showed."
                    .formatted(Plain.text(name, LONGEST_NAME), segment),
            lines(written.changes().changes().stream().limit(MOST_FILES).map(RollOutText::file)),
            byModel(),
            lines(
                written.checks().stream()
                    .map(check ->
                        "- %s%s: %s"
                            .formatted(
                                check.id(),
                                check.status() == Check.Status.WARN ? " (look at this)" : "",
                                Plain.text(check.detail(), LONGEST_DETAIL)))),
            written.kept().isEmpty()
                ? ""
                : "\n### What stays\n"
                    + lines(written.kept().stream().map(one -> "- " + one))
                    + "\n",
            Plain.text(asker, LONGEST_NAME),
            author("Pryo wrote it"));
  }

  /// Which lines somebody had changed since, and what models say of what they did.
  private String byModel() {
    String lines =
        written.edited().isEmpty()
            ? ""
            : "\n### Lines that were changed since\n"
                + lines(
                    written.edited().stream().limit(MOST_FILES).map(one -> "- `%s`".formatted(one)))
                + "\n";
    return lines
        + (prepared == null
            ? ""
            : quoted(
                prepared.ready()
                    ? "What the model did after the merge"
                    : "Why the record does not have the segment",
                Stream.of(prepared.words())))
        + quoted("What the model did", written.words().stream());
  }

  private static String quoted(String title, Stream<String> words) {
    String quotes =
        lines(
            words
                .map(one -> Plain.text(one, LONGEST_WORDS_OF_A_MODEL))
                .filter(one -> !one.isEmpty())
                .map(one -> "> " + one));
    return quotes.isEmpty() ? "" : "\n### %s\n%s\n".formatted(title, quotes);
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
