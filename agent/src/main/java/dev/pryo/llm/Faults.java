package dev.pryo.llm;

import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Reply.Fault.Kind;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Says what a vendor's error means.
///
/// Sources: the vendors' pages on errors. Anthropic: `{type: "error", error: {type, message},
/// request_id}`, 529 for an overload, 429 with the code `enforced_spend_limit_reached` and without
/// `retry-after` where money has run out. OpenAI: `{error: {message, type, param, code}}`, 429 of
/// type `insufficient_quota` where money has run out.
final class Faults {
  private static final int LONGEST = 300;
  private static final Set<String> MONEY =
      Set.of(
          "insufficient_quota",
          "credit_balance_exhausted",
          "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded",
          "organization_usage_limit_exceeded",
          "enforced_spend_limit_reached",
          "billing_error");

  private final String apiKey;
  private final InstantSource clock;

  Faults(String apiKey, InstantSource clock) {
    this.apiKey = apiKey;
    this.clock = clock;
  }

  /// @param codes the error's type and code, as far as it has them
  /// @param headers the values of a header
  Fault status(
      int status, List<String> codes, String message, Function<String, List<String>> headers) {
    return new Fault(kind(status, codes, message), detail(message), retryAfter(headers));
  }

  private static Kind kind(int status, List<String> codes, String message) {
    if (status == 402 || codes.stream().anyMatch(MONEY::contains)) {
      return Kind.OUT_OF_MONEY;
    }
    var tooLong =
        status == 413
            || (status == 400
                && (codes.contains("context_length_exceeded")
                    || message.contains("prompt is too long")));
    if (tooLong) {
      return Kind.TOO_LONG;
    }
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 429 -> Kind.RATE_LIMITED;
      case 503, 529 -> Kind.OVERLOADED;
      case 408, 504 -> Kind.TIMED_OUT;
      default -> status >= 500 ? Kind.BROKEN : Kind.REJECTED;
    };
  }

  /// Seconds or a date; milliseconds where the vendor's own header says so.
  private Optional<Duration> retryAfter(Function<String, List<String>> headers) {
    return headers.apply("retry-after-ms").stream()
        .findFirst()
        .flatMap(text -> number(text, 1))
        .or(() ->
            headers.apply("retry-after").stream()
                .findFirst()
                .flatMap(text -> number(text, 1000).or(() -> date(text))))
        .filter(wait -> !wait.isNegative());
  }

  private static Optional<Duration> number(String text, double millis) {
    return text.strip().matches("\\d{1,9}(?:\\.\\d+)?")
        ? Optional.of(Duration.ofMillis((long) (Double.parseDouble(text.strip()) * millis)))
        : Optional.empty();
  }

  private Optional<Duration> date(String text) {
    try {
      var at = OffsetDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(clock.instant(), at.toInstant()));
    } catch (DateTimeParseException noDate) {
      return Optional.empty();
    }
  }

  /// The connection failed. A caller that is interrupted has cancelled.
  Fault connection(Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      return new Fault(Kind.CANCELLED, "The run was cancelled.", Optional.empty());
    }
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedIOException) {
        return new Fault(Kind.TIMED_OUT, "The model did not answer in time.", Optional.empty());
      }
    }
    return new Fault(Kind.UNREACHABLE, detail(String.valueOf(failure)), Optional.empty());
  }

  /// Something came that is not what the vendor describes.
  Fault unreadable(Throwable problem) {
    return new Fault(Kind.UNREADABLE, detail(String.valueOf(problem)), Optional.empty());
  }

  private String detail(String message) {
    var plain = apiKey.isEmpty() ? message : message.replace(apiKey, "…");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
