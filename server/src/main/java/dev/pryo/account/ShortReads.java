package dev.pryo.account;

import dev.pryo.platform.PlainAnswer;
import dev.pryo.platform.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;

/// Takes the reads that programs poll, sent with a right access token, past the other filters to
/// Spring's dispatcher: docs/decisions/0012-the-short-way.md. Who asks is found out by the same
/// means as on the long way. Whatever is out of the ordinary takes that one: a token that is not
/// right, a browser of another origin, an address in another spelling.
@Component("shortReads")
final class ShortReads extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String BEARER = "Bearer ";
  private static final Pattern READS =
      Pattern.compile(
          "/api/experiments(?:/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/(status|events))?)?");

  private final transient AccessTokens tokens;
  private final transient Accounts accounts;
  private final transient Map<String, ShortRead> direct;
  private final transient PlainAnswer plain;
  private final transient DispatcherServlet dispatcher;
  private final transient MeterRegistry meters;

  ShortReads(
      AccessTokens tokens,
      Accounts accounts,
      List<ShortRead> direct,
      PlainAnswer plain,
      DispatcherServlet dispatcher,
      MeterRegistry meters) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.direct = direct.stream().collect(Collectors.toMap(ShortRead::route, Function.identity()));
    this.plain = plain;
    this.dispatcher = dispatcher;
    this.meters = meters;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher read = READS.matcher(request.getRequestURI());
    Optional<SignedIn> who =
        read.matches() && isPlain(request)
            ? who(request.getHeader(HttpHeaders.AUTHORIZATION))
            : Optional.empty();
    if (who.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    long start = System.nanoTime();
    answer(who.get(), read, request, response);
    meters
        .timer(
            "pryo.short.reads",
            "route",
            read.group(2) != null ? read.group(2) : read.group(1) != null ? "one" : "list",
            "status",
            String.valueOf(response.getStatus()))
        .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  private static boolean isPlain(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && !request.isSecure()
        && request.getHeader(HttpHeaders.ORIGIN) == null;
  }

  private Optional<SignedIn> who(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return Optional.empty();
    }
    try {
      String account = tokens.decode(authorization.substring(BEARER.length())).getSubject();
      return accounts.find(UUID.fromString(account)).map(SignedIn::new);
    } catch (JwtException e) {
      return Optional.empty(); // the long way says what is wrong
    }
  }

  private void answer(
      SignedIn who, Matcher read, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    setHeaders(response);
    try {
      Tenant.as(
          who.getPrincipal().id(),
          () -> {
            ResponseEntity<Object> answer = directly(who.getPrincipal(), read);
            if (answer == null) {
              dispatch(who, request, response);
            } else {
              plain.write(answer, response);
            }
            return true;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private static void setHeaders(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-XSS-Protection", "0");
    response.setHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    response.setHeader("Pragma", "no-cache");
    response.setHeader("Expires", "0");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", SecurityConfiguration.API_POLICY);
    response.addHeader("Vary", "Origin");
    response.addHeader("Vary", "Access-Control-Request-Method");
    response.addHeader("Vary", "Access-Control-Request-Headers");
  }

  /// Null where the dispatcher shall answer: it has no direct read, or that has failed and is to be
  /// said in the usual form.
  private @Nullable ResponseEntity<Object> directly(Account account, Matcher read) {
    ShortRead known = read.group(2) == null ? null : direct.get(read.group(2));
    if (known == null) {
      return null;
    }
    try {
      Object body = known.read(account, UUID.fromString(read.group(1)));
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private void dispatch(SignedIn who, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    SecurityContextHolder.setContext(new SecurityContextImpl(who));
    try {
      dispatcher.service(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
