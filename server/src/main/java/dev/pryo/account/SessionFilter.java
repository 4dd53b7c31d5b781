package dev.pryo.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Recognises a signed-in browser by its cookie.
class SessionFilter extends OncePerRequestFilter {
  private final SignIns signIns;

  SessionFilter(SignIns signIns) {
    this.signIns = signIns;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SessionCookie.value(request, SessionCookie.NAME)
        .flatMap(signIns::session)
        .ifPresent(account -> {
          SecurityContext context = SecurityContextHolder.createEmptyContext();
          context.setAuthentication(new SignedIn(account));
          SecurityContextHolder.setContext(context);
        });
    chain.doFilter(request, response);
  }
}
