package dev.pryo.platform;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes an answer where no controller does it: from a filter.
@Component
public final class PlainAnswer {
  private final JsonMapper json;

  PlainAnswer(JsonMapper json) {
    this.json = json;
  }

  /// Writes status, headers and body: bytes as they stand, anything else as JSON.
  public void write(ResponseEntity<?> answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.getStatusCode().value());
    answer
        .getHeaders()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    Object body = answer.getBody();
    if (body != null) {
      byte[] bytes = body instanceof byte[] ready ? ready : json.writeValueAsBytes(body);
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    }
  }
}
