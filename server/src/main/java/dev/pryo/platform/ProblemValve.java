package dev.pryo.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import tools.jackson.databind.json.JsonMapper;

/// Says in the form of all other errors what the web server refuses by itself, such as a request
/// line that is none: it never reaches [Problems]. Made by Tomcat.
public final class ProblemValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class).build();

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setHeader("X-Content-Type-Options", "nosniff");
      ProblemDetail problem = Problems.detail(status, sentence(status));
      response
          .getReporter()
          .write(new String(JSON.writeValueAsBytes(problem), StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The client has gone before its error was told", e);
    }
  }

  private static String sentence(HttpStatus status) {
    return status.is5xxServerError()
        ? "Something went wrong on our side; nothing you sent is at fault."
        : status == HttpStatus.BAD_REQUEST
            ? "The request is not valid HTTP: check its address and headers."
            : "The request cannot be answered: %s."
                .formatted(status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT));
  }
}
