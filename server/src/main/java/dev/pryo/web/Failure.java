package dev.pryo.web;

import dev.pryo.experiment.Stage;
import java.util.List;
import java.util.regex.Pattern;

/// Why variants could not be written, apart into the sentence and the places it lists.
///
/// @param places file, line and context, where more than one place was meant
/// @param closed whether somebody closed its pull request, who can say why
public record Failure(
    String title, String sentence, List<String> places, boolean retryable, boolean closed) {
  static final String CLOSED = "pull_request_closed";

  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?]|[.!?][”’])\\s+(?=\\p{Lu})");

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
        error.retryable(),
        error.code().equals(CLOSED));
  }

  /// Its first sentence, which says what happened.
  public String lead() {
    return SENTENCE.split(sentence, 2)[0];
  }

  /// What it says behind that, such as what to do; empty for nothing.
  public String rest() {
    return sentence.substring(lead().length()).strip();
  }

  private static String title(String code) {
    return switch (code) {
      case "ambiguous" -> "Which one is meant?";
      case "cancelled" -> "Cancelled";
      case CLOSED -> "The pull request was closed";
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
