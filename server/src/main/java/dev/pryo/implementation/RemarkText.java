package dev.pryo.implementation;

import dev.pryo.experiment.Experiment;
import dev.pryo.implementation.Remark.Cause;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/// What a pull request's description says of what came of it: one section behind all else, between
/// marks, which is put in the place of the one before. The rest is left as people have it.
final class RemarkText {
  private static final String BEGIN = "<!-- pryo: since then -->";
  private static final String END = "<!-- pryo: end -->";
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_MESSAGE = 200;
  private static final int MOST = 10;

  private RemarkText() {}

  /// The section; empty where there is nothing to say.
  static String section(List<Remark> remarks) {
    if (remarks.isEmpty()) {
      return "";
    }
    return remarks.stream()
        .skip(Math.max(0, remarks.size() - MOST))
        .map(RemarkText::line)
        .collect(Collectors.joining("\n", BEGIN + "\n### Since it was opened\n", "\n" + END));
  }

  private static String line(Remark remark) {
    return "- " + what(remark) + base(remark) + end(remark);
  }

  private static String what(Remark remark) {
    if (remark.cause() == Cause.COMMENT) {
      return "%s asked for another commit"
          .formatted(Plain.text(String.valueOf(remark.login()), LONGEST_NAME));
    }
    return remark.about().isEmpty() ? "" : "Checks failed: " + remark.about();
  }

  private static String base(Remark remark) {
    return remark.onBase().isEmpty()
        ? ""
        : "%sChecks that fail on the base too, and are left as they are: %s"
            .formatted(remark.about().isEmpty() ? "" : ". ", remark.onBase());
  }

  private static String end(Remark remark) {
    String message = Plain.text(remark.message(), LONGEST_MESSAGE);
    return switch (remark.outcome()) {
      case LEFT ->
          remark.cause() == Cause.CHECKS && remark.about().isEmpty() ? "." : ": " + message;
      case RUNNING -> ": at work.";
      case COMMITTED -> ": another commit (%s).".formatted(cost(remark));
      case IN_VAIN -> ": no commit (%s). %s".formatted(cost(remark), message);
    };
  }

  private static String cost(Remark remark) {
    String dollars = "$" + remark.costUsd().setScale(2, RoundingMode.HALF_UP).toPlainString();
    return remark.cause() == Cause.CHECKS
        ? dollars + "; Pryo tries at most " + Remarks.MOST_REPAIRS + " times"
        : dollars;
  }

  /// The description with this section.
  static String put(String body, String section) {
    int begin = body.indexOf(BEGIN);
    int end = body.indexOf(END, Math.max(0, begin));
    if (begin >= 0 && end > begin) {
      return body.substring(0, begin) + section + body.substring(end + END.length());
    }
    return body.stripTrailing() + (section.isEmpty() ? "" : "\n\n" + section) + "\n";
  }

  /// Of a commit that was asked for on the host, in the place of who asked in Pryo.
  static String because(Remark remark, Experiment experiment) {
    return remark.cause() == Cause.CHECKS
        ? "Mends what failed in the repository's checks: %s (attempt %d)."
            .formatted(remark.about(), repairs(experiment))
        : "As %s asked for on the pull request."
            .formatted(Plain.text(String.valueOf(remark.login()), LONGEST_NAME));
  }

  private static int repairs(Experiment experiment) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull == null ? 0 : pull.repairs();
  }
}
