package dev.pryo.implementation;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import dev.pryo.experiment.Segment;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a commit and a pull request say. The sentences are Pryo's own; whatever people wrote is
/// quoted, capped and stripped by [Plain].
///
/// @param siteUrl where previews open that have no page of their own
/// @param asker who asked for it
/// @param model that wrote it; null for rules
record PullRequestText(
    Experiment experiment,
    Outcome.Done written,
    @Nullable String siteUrl,
    String asker,
    @Nullable String model) {
  private static final int LONGEST_TITLE = 80;
  private static final int LONGEST_BODY = 4000;
  private static final int LONGEST_QUOTE = 800;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_SENTENCE = 200;
  private static final int LONGEST_WORDS_OF_A_MODEL = 400;
  private static final String TITLE = "A/B test: ";

  /// One line.
  static String title(Experiment experiment) {
    String name = Plain.text(experiment.name(), LONGEST_TITLE - TITLE.length());
    return TITLE + (name.isEmpty() ? experiment.key() : name);
  }

  String title() {
    return title(experiment);
  }

  String commitMessage() {
    return """
    %s

    Adds the segments %s of the experiment %s.
    %s
    """
        .formatted(
            title(),
            experiment.segments().stream().map(Segment::key).collect(Collectors.joining(", ")),
            experiment.key(),
            author());
  }

  /// Of a further commit on the same pull request. What was asked for stays out of it.
  ///
  /// @param because why it was made, in a sentence
  String revisionMessage(String because) {
    String subject = "Revise " + title();
    return """
    %s

    %s
    %s
    """
        .formatted(Plain.line(subject, LONGEST_TITLE), because, author());
  }

  /// Why a commit was made that somebody asked for in Pryo.
  static String asked(String asker) {
    return "As %s asked for in Pryo.".formatted(Plain.text(asker, LONGEST_NAME));
  }

  /// Of the commit that takes in a base branch which had changed the same places.
  ///
  /// @param into that branch
  String movedMessage(String into) {
    return """
    %s

    Takes in %s, which had changed the same places, and writes the experiment again there,
    as %s asked for in Pryo.
    %s
    """
        .formatted(
            Plain.line("Write again: " + title(), LONGEST_TITLE),
            into,
            Plain.text(asker, LONGEST_NAME),
            author());
  }

  private String author() {
    return model == null
        ? "Written by Pryo's edit mode, by rules and without a language model."
        : "Written by a language model, %s, led by Pryo.".formatted(modelName());
  }

  private String modelName() {
    return Plain.text(String.valueOf(model), LONGEST_NAME);
  }

  String body() {
    String body =
        """
        > %s
        %s
        %s %% of the visitors take part. Each of them sees one of these segments, the same one at every visit; \
        everybody else sees the control, the site as it is:

        | Segment | Visitors | Preview |
        |---|---|---|
        %s

        ### What changes
        %s

        ### What is measured
        %s

        ### How to try it
        %s

        ### Checks
        %s
        """
            .formatted(
                Plain.text(experiment.description(), LONGEST_QUOTE),
                hypothesis(),
                experiment.exposurePercentage().stripTrailingZeros().toPlainString(),
                lines(experiment.segments().stream().map(this::row)),
                summary(),
                lines(experiment.goals().stream().map(PullRequestText::goal)),
                trial(),
                lines(written.checks().stream().map(PullRequestText::check)));
    String end = end();
    return body.length() + end.length() <= LONGEST_BODY
        ? body + end
        : body.substring(0, body.lastIndexOf('\n', LONGEST_BODY - end.length() - 3))
            + "\n…\n"
            + end;
  }

  /// A model's words are quoted.
  private String summary() {
    return model == null
        ? lines(written.summary().stream().map(line -> "- " + Plain.text(line, LONGEST_SENTENCE)))
        : lines(
            Stream.concat(
                Stream.of("In the model's words:", ""),
                written.summary().stream()
                    .map(line -> "> - " + Plain.text(line, LONGEST_WORDS_OF_A_MODEL))));
  }

  private String hypothesis() {
    return experiment.hypothesis() == null
        ? ""
        : ">\n> Hypothesis: %s\n".formatted(Plain.text(experiment.hypothesis(), LONGEST_QUOTE));
  }

  private String row(Segment segment) {
    String link = experiment.previewLink(segment, siteUrl);
    return "| %s (`%s`) | %s %% | %s |"
        .formatted(
            Plain.text(segment.name(), LONGEST_NAME),
            segment.key(),
            segment.trafficPercentage().stripTrailingZeros().toPlainString(),
            link == null
                ? "append `%s` to the page".formatted(segment.previewHash())
                : "<" + link + ">");
  }

  private String trial() {
    return "Run or deploy this branch and open a preview %s. It shows its segment to you alone, and you are not counted."
        .formatted(
            experiment.previewLink(experiment.control(), siteUrl) == null
                ? "by appending its text to the page's address"
                : "link, with the address of your deployment in place of the site's");
  }

  private static String goal(Goal goal) {
    return "- %s: %s, %s, should %s"
        .formatted(
            goal.events().stream()
                .map(event -> Plain.text(event, LONGEST_NAME))
                .collect(Collectors.joining(" per ")),
            word(goal.role()),
            word(goal.kind()),
            word(goal.direction()));
  }

  private static String check(Check check) {
    return "- %s (%s): %s"
        .formatted(word(check.status()), check.id(), Plain.text(check.detail(), LONGEST_SENTENCE));
  }

  private String end() {
    return """

    ### Not verified
    No browser has opened the site with this change: the checks read its code. Whether each segment looks and works as \
    it should is for a person to see.

    ---
    This change was written by software: %s, asked by %s. Nobody has \
    reviewed it yet. Checks of this repository may run on it. After the merge, visitors see it once the experiment \
    `%s` is activated.
    """
        .formatted(
            model == null
                ? "Pryo, in its edit mode (rules, no language model)"
                : "an AI, the language model %s, led by Pryo".formatted(modelName()),
            Plain.text(asker, LONGEST_NAME),
            experiment.key());
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n"));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
