package dev.pryo.account;

import dev.pryo.platform.Tenant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// What a signed-in request does in the database, it does for its account.
final class TenantFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (!(who instanceof SignedIn signedIn)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      Tenant.as(
          signedIn.getPrincipal().id(),
          () -> {
            chain.doFilter(request, response);
            return true;
          });
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  /// The second part of a streamed answer is written for the same account.
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}
