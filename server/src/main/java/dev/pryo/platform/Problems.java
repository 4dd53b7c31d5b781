package dev.pryo.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/// Turns what went wrong into RFC 9457 problem details; the only place that does.
@RestControllerAdvice
public class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final long RETRY_SECONDS = 2;

  @ExceptionHandler
  ResponseEntity<ProblemDetail> handle(
      Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (response.isCommitted()) {
      LOG.warn("The answer to {} broke off", request.getRequestURI(), thrown);
      throw thrown; // so that the connection is cut and nobody takes the part for the whole
    }
    return thrown instanceof AsyncRequestNotUsableException
        ? ResponseEntity.noContent().build() // the client has gone; nobody reads this
        : answer(thrown);
  }

  /// The answer for anything that was thrown. The pages show the same in words.
  public static ResponseEntity<ProblemDetail> answer(Throwable thrown) {
    String sentence = String.valueOf(thrown.getMessage());
    return switch (thrown) {
      case NotFound e -> problem(HttpStatus.NOT_FOUND, sentence);
      case Conflict e -> problem(HttpStatus.CONFLICT, sentence);
      case Forbidden e -> problem(HttpStatus.FORBIDDEN, sentence);
      case Unauthorized e -> problem(HttpStatus.UNAUTHORIZED, sentence);
      case TooLarge e -> problem(HttpStatus.CONTENT_TOO_LARGE, sentence);
      case Unavailable e -> later(HttpStatus.SERVICE_UNAVAILABLE, sentence, RETRY_SECONDS);
      case TooMany e -> later(HttpStatus.TOO_MANY_REQUESTS, sentence, e.retryAfter().toSeconds());
      case Invalid e -> invalid(e);
      case HttpMessageNotReadableException e -> unreadable(e);
      case MethodArgumentTypeMismatchException e -> mismatch(e);
      case DataAccessResourceFailureException e -> databaseDown(e);
      case CannotCreateTransactionException e -> databaseDown(e);
      case TransientDataAccessException e -> databaseDown(e);
      case ErrorResponse e -> fromSpring(e, thrown);
      default -> bug(thrown);
    };
  }

  private static ResponseEntity<ProblemDetail> invalid(Invalid e) {
    ProblemDetail detail =
        detail(
            HttpStatus.UNPROCESSABLE_CONTENT,
            e.fields().stream()
                .map(field -> field.field() + " " + field.message().replaceAll("\\.$", ""))
                .collect(Collectors.joining("; ", "", ".")));
    detail.setProperty("errors", e.fields());
    return response(detail);
  }

  /// A body that is no JSON is unreadable; JSON of which one value has the wrong type names that
  /// value.
  private static ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLarge large) {
        return answer(large);
      }
      if (cause instanceof MismatchedInputException wrong && !wrong.getPath().isEmpty()) {
        return invalid(new Invalid(path(wrong), "has the wrong type" + wanted(wrong)));
      }
      if (cause instanceof JacksonException read && isOutOfRange(read)) {
        return invalid(new Invalid(path(read), "is out of range: send a smaller number"));
      }
    }
    return problem(
        HttpStatus.BAD_REQUEST,
        e.getCause() instanceof MismatchedInputException
            ? "The body has the wrong form: send one JSON object."
            : e.getCause() instanceof JacksonException json
                ? "The body is not the JSON this needs: %s."
                    .formatted(
                        String.valueOf(json.getOriginalMessage()).lines().findFirst().orElse(""))
                : "The body cannot be read: send JSON.");
  }

  /// Whether it is a number of JSON that its type cannot hold: beyond a long, or of an exponent
  /// beyond a decimal's.
  private static boolean isOutOfRange(JacksonException e) {
    return !e.getPath().isEmpty()
        && (e instanceof InputCoercionException || e.getCause() instanceof NumberFormatException);
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String wanted(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == null) {
      return "";
    }
    if (type.isEnum()) {
      return ": send one of "
          + java.util.Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return ": send " + named(type);
  }

  private static String named(Class<?> type) {
    if (Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == UUID.class) {
      return "an id";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type == String.class ? "a text" : "an object";
  }

  private static ResponseEntity<ProblemDetail> mismatch(MethodArgumentTypeMismatchException e) {
    // an id in the path that is no id names nothing
    return e.getParameter().hasParameterAnnotation(PathVariable.class)
        ? problem(HttpStatus.NOT_FOUND, String.valueOf(new NotFound(e.getName()).getMessage()))
        : invalid(
            new Invalid(
                e.getName(),
                "cannot be read: send "
                    + named(e.getRequiredType() == null ? String.class : e.getRequiredType())));
  }

  private static ResponseEntity<ProblemDetail> databaseDown(Exception e) {
    LOG.warn("The database does not answer: {}", e.getMessage());
    return later(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The database does not answer just now: try again in a moment.",
        RETRY_SECONDS);
  }

  private static ResponseEntity<ProblemDetail> fromSpring(ErrorResponse e, Throwable thrown) {
    if (e.getStatusCode().is5xxServerError()) {
      return bug(thrown);
    }
    String said = e.getBody().getDetail();
    HttpStatusCode status = e.getStatusCode();
    return ResponseEntity.status(status)
        .headers(e.getHeaders())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            detail(
                HttpStatus.valueOf(status.value()), said == null ? "The request is wrong." : said));
  }

  private static ResponseEntity<ProblemDetail> bug(Throwable thrown) {
    String code = UUID.randomUUID().toString().substring(0, 8);
    LOG.error("Error {}", code, thrown);
    return problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side; nothing you sent is at fault. Quote code %s."
            .formatted(code));
  }

  private static ResponseEntity<ProblemDetail> later(
      HttpStatus status, String sentence, long seconds) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail(status, sentence));
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String sentence) {
    return response(detail(status, sentence));
  }

  private static ResponseEntity<ProblemDetail> response(ProblemDetail detail) {
    return ResponseEntity.status(detail.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
  }

  /// A problem's body with its type named after the status.
  public static ProblemDetail detail(HttpStatus status, String sentence) {
    ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, sentence);
    detail.setTitle(status.getReasonPhrase());
    detail.setType(
        URI.create("urn:pryo:problem:" + status.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    return detail;
  }
}
