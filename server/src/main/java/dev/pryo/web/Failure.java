package dev.pryo.web;

import dev.pryo.experiment.Stage;
import java.util.List;

/// Why variants could not be written, apart into the sentence and the places it lists.
///
/// @param places file, line and context, where more than one place was meant
public record Failure(String title, String sentence, List<String> places, boolean retryable) {
  static Failure of(Stage.Problem error) {
    List<String> lines = error.message().lines().map(String::strip).toList();
    return new Failure(
        title(error.code()),
        lines.isEmpty() ? "" : lines.getFirst(),
        lines.stream()
            .skip(1)
            .map(line -> line.replaceFirst("^[-•*] ", ""))
            .filter(line -> !line.isEmpty())
            .toList(),
        error.retryable());
  }

  private static String title(String code) {
    return switch (code) {
      case "ambiguous" -> "Which one is meant?";
      case "cancelled" -> "Cancelled";
      case "pull_request_closed" -> "The pull request was closed";
      case "interrupted" -> "Interrupted";
      case "checks_failed" -> "It did not pass its checks";
      case "budget" -> "The budget is reached";
      case "no_model" -> "A language model is needed";
      case "model_unavailable" -> "The model does not answer";
      case "model_unusable" -> "The model cannot be used";
      case "too_long" -> "The model cannot be used";
      case "given_up" -> "The model gave up";
      default -> "It could not be written";
    };
  }
}
