package dev.pryo.web;

import dev.pryo.platform.Forbidden;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Problems;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Says to people what `Problems` says to programs: the same status and sentence, in the frame of a
/// page and with a way back.
@Component
final class ErrorPages implements HandlerExceptionResolver, Ordered {
  private static final List<String> PROGRAMS =
      List.of("/api/", "/actuator", "/local/", "/openapi", "/pryo/");

  private final Templates templates;
  private final Frames frames;

  ErrorPages(Templates templates, Frames frames) {
    this.templates = templates;
    this.frames = frames;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /// Leaves requests of programs to `Problems`.
  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception thrown) {
    if (PROGRAMS.stream().anyMatch(request.getRequestURI()::startsWith) || response.isCommitted()) {
      return null;
    }
    // what exists but is not for this role looks like what does not exist
    write(
        Problems.answer(thrown instanceof Forbidden ? new NotFound("page") : thrown),
        request,
        response);
    return new ModelAndView();
  }

  private void write(
      ResponseEntity<ProblemDetail> problem,
      HttpServletRequest request,
      HttpServletResponse response) {
    HttpStatus status = HttpStatus.valueOf(problem.getStatusCode().value());
    ProblemDetail detail = problem.getBody();
    String wait = problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
    if (wait != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, wait);
    }
    write(status, detail == null ? null : detail.getDetail(), request, response);
  }

  private void write(
      HttpStatus status,
      @Nullable String sentence,
      HttpServletRequest request,
      HttpServletResponse response) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    page(status, sentence, request).render(output);
    response.setStatus(status.value());
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    try {
      output.writeTo(response.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JteModel page(HttpStatus status, @Nullable String sentence, HttpServletRequest request) {
    return templates.errorProblem(
        frames.of(request), title(status), sentence == null ? "" : sentence);
  }

  private static String title(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "There is no such page";
      case CONFLICT -> "This cannot be done now";
      case FORBIDDEN -> "This form is too old";
      case CONTENT_TOO_LARGE -> "This is too large";
      case TOO_MANY_REQUESTS -> "Too many at once";
      case UNPROCESSABLE_CONTENT, BAD_REQUEST -> "This cannot be accepted";
      case SERVICE_UNAVAILABLE -> "One moment, please";
      default -> status.is5xxServerError() ? "Something went wrong" : "This does not work";
    };
  }

  /// What never reached a handler: a form without its token, a request that the server itself
  /// refused.
  @Controller
  static final class Unhandled implements ErrorController {
    private final ErrorPages pages;

    Unhandled(ErrorPages pages) {
      this.pages = pages;
    }

    /// Programs get the problem as JSON, people a page.
    @RequestMapping("/error")
    @Nullable ResponseEntity<ProblemDetail> show(
        HttpServletRequest request, HttpServletResponse response) {
      HttpStatus status =
          request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
              ? HttpStatus.valueOf(code)
              : HttpStatus.NOT_FOUND;
      String sentence =
          switch (status) {
            case FORBIDDEN ->
                "It was opened before you signed in or out. Go back, reload the page, and send it again.";
            case NOT_FOUND -> "There is no such page, or it is not yours.";
            default -> "The server refused this request. Nothing was changed.";
          };
      if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
          && PROGRAMS.stream().anyMatch(path::startsWith)) {
        return ResponseEntity.status(status)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
            .body(Problems.detail(status, sentence));
      }
      pages.write(status, sentence, request, response);
      return null;
    }
  }
}
