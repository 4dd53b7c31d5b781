package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Makes the frame of a page from the request; handlers take it as a parameter.
@Component
final class Frames implements HandlerMethodArgumentResolver {
  private final Assets assets;
  private final Projects projects;
  private final InstantSource clock;

  Frames(Assets assets, Projects projects, InstantSource clock) {
    this.assets = assets;
    this.projects = projects;
    this.clock = clock;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Frame.class;
  }

  @Override
  public Frame resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
  }

  Frame of(HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return new Frame(
        who != null && who.getPrincipal() instanceof Account account ? account : null,
        csrf(request),
        assets,
        Notice.of(request.getParameter("said")),
        null,
        clock.instant());
  }

  private static Frame.Csrf csrf(HttpServletRequest request) {
    // read now: a token that is read while the page is written comes too late for its cookie
    return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
        ? new Frame.Csrf(token.getParameterName(), token.getHeaderName(), token.getToken())
        : new Frame.Csrf("_csrf", "X-CSRF-Token", "");
  }

  /// The frame of a page of the project, if the account may read it.
  Frame in(Frame frame, Account account, UUID project, Frame.Section section) {
    Project found = projects.require(account, project, Role.VIEWER);
    return frame.in(found, projects.role(account, project).orElse(Role.VIEWER), section);
  }
}
