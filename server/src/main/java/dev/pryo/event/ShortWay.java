package dev.pryo.event;

import dev.pryo.platform.PlainAnswer;
import dev.pryo.platform.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/// Takes the two routes that every page view calls past the other filters. Nobody signs in there
/// and no session is kept, yet the way through them costs several times the work itself:
/// docs/decisions/0012-the-short-way.md. The controllers are the same as on the long way, which a
/// browser's preflight and every other request take.
@Component("shortWay")
final class ShortWay extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String EVENTS = "/api/events";
  private static final String ASSIGNMENTS = "/api/assignments/";

  private final transient IngestApi ingest;
  private final transient AssignmentsApi assignments;
  private final transient PlainAnswer plain;
  private final transient MeterRegistry meters;

  ShortWay(IngestApi ingest, AssignmentsApi assignments, PlainAnswer plain, MeterRegistry meters) {
    this.ingest = ingest;
    this.assignments = assignments;
    this.plain = plain;
    this.meters = meters;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (path.equals(EVENTS) && request.getMethod().equals("POST")) {
      answer(request, response, "events", () -> events(request));
    } else if (isAssignments(path) && request.getMethod().equals("GET")) {
      String key = path.substring(ASSIGNMENTS.length());
      answer(
          request,
          response,
          "assignments",
          () -> assignments.assignments(key, new ServletWebRequest(request, response)));
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isAssignments(String path) {
    return path.startsWith(ASSIGNMENTS) && Lookups.isKey(path.substring(ASSIGNMENTS.length()));
  }

  private ResponseEntity<?> events(HttpServletRequest request) {
    String key = request.getHeader("X-Pryo-Key");
    Receipt receipt =
        ingest.receive(
            request,
            key,
            key == null ? request.getParameter("key") : null,
            request.getParameter("v"),
            request.getHeader(HttpHeaders.ORIGIN),
            request.getHeader(HttpHeaders.USER_AGENT));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(receipt);
  }

  private void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      String route,
      Callable<ResponseEntity<?>> work)
      throws IOException {
    long start = System.nanoTime();
    ResponseEntity<?> answer;
    try {
      answer = work.call();
    } catch (Exception e) {
      answer = Problems.answer(e);
    }
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (request.getHeader(HttpHeaders.ORIGIN) != null) {
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After");
    }
    plain.write(answer, response);
    meters
        .timer(
            "pryo.open.requests",
            "route",
            route,
            "status",
            String.valueOf(answer.getStatusCode().value()))
        .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }
}
