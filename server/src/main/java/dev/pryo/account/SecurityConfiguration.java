package dev.pryo.account;

import dev.pryo.platform.Address;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.PlainAnswer;
import dev.pryo.platform.Problems;
import dev.pryo.platform.Unauthorized;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/// Who may call what: the API by bearer token, the pages by cookie and form token, a few things by
/// anyone.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final String PAGES_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  // Swagger UI writes style attributes and an inline icon; it runs no inline script
  private static final String DOCS_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri"
          + " 'none'";
  // Google posts here from its own page and brings a token of its own against forgeries
  private static final String GOOGLE = "/sign-in/google";
  static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private final PlainAnswer plain;

  SecurityConfiguration(PlainAnswer plain) {
    this.plain = plain;
  }

  /// Requests are observed as wholes; to observe each filter as well costs more than the filters.
  @Bean
  SecurityObservationSettings unobservedFilters() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http, AccessTokens tokens, Accounts accounts, Address address, SignIns signIns) {
    return stateless(http)
        .securityMatcher("/api/**")
        .addFilter(origins(address))
        .authorizeHttpRequests(calls ->
            calls
                .requestMatchers(
                    HttpMethod.POST,
                    "/api/auth/signup",
                    "/api/auth/login",
                    "/api/auth/google",
                    "/api/auth/refresh",
                    "/api/auth/logout",
                    "/api/events",
                    "/api/github/webhook")
                .permitAll()
                .requestMatchers(
                    HttpMethod.GET,
                    "/api/assignments/*",
                    "/api/receipt-key",
                    "/api/github/callback")
                .permitAll()
                .anyRequest()
                .authenticated())
        .oauth2ResourceServer(bearer(tokens, accounts))
        .exceptionHandling(errors -> errors.authenticationEntryPoint(unauthorized()))
        .headers(
            headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(API_POLICY)))
        .addFilterBefore(goingToGitHub(signIns), AnonymousAuthenticationFilter.class)
        .addFilterAfter(new TenantFilter(), AuthorizationFilter.class)
        .build();
  }

  /// The one call of the API that a signed-in browser opens by itself, on its way to GitHub.
  private static SessionFilter goingToGitHub(SignIns signIns) {
    return new SessionFilter(signIns) {
      @Override
      protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("GET")
            || !request.getRequestURI().equals("/api/github/authorize")
            || request.getHeader("Authorization") != null;
      }
    };
  }

  /// The API answers browsers of one origin; events and what is needed to bucket are for any site.
  private CorsFilter origins(Address address) {
    CorsConfiguration anySite = new CorsConfiguration();
    anySite.setAllowedOrigins(List.of("*"));
    anySite.setAllowedMethods(List.of("GET", "POST"));
    anySite.setAllowedHeaders(List.of("Content-Type", "X-Pryo-Key", "If-None-Match"));
    anySite.setExposedHeaders(List.of("ETag", "Retry-After"));
    anySite.setMaxAge(86_400L);
    UrlBasedCorsConfigurationSource source =
        new UrlBasedCorsConfigurationSource() {
          @Override
          public CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
            CorsConfiguration special = super.getCorsConfiguration(request);
            return special == null ? frontend(address) : special; // the port is known only by now
          }
        };
    source.registerCorsConfiguration("/api/events", anySite);
    source.registerCorsConfiguration("/api/assignments/**", anySite);
    CorsFilter filter = new CorsFilter(source);
    filter.setCorsProcessor(new SaidRefusal());
    return filter;
  }

  /// Tells an origin that is refused in the form of all other errors.
  private final class SaidRefusal extends DefaultCorsProcessor {
    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
      if (response instanceof ServletServerHttpResponse servlet) {
        plain.write(
            Problems.answer(
                new Forbidden(
                    "Browsers may not call this from here: the origin, method or a header is not"
                        + " allowed. Set FRONTEND_URL to the front end's origin.")),
            servlet.getServletResponse());
      }
    }
  }

  private static CorsConfiguration frontend(Address address) {
    CorsConfiguration frontend = new CorsConfiguration();
    frontend.setAllowedOrigins(List.of(address.frontendOrigin()));
    frontend.setAllowedMethods(List.of("GET", "POST", "PATCH", "DELETE"));
    frontend.setAllowedHeaders(List.of("Authorization", "Content-Type"));
    frontend.setExposedHeaders(List.of("Retry-After"));
    return frontend;
  }

  @Bean
  @Order(2)
  SecurityFilterChain actuator(HttpSecurity http, AccessTokens tokens, Accounts accounts) {
    return stateless(http)
        .securityMatcher("/actuator/**")
        .authorizeHttpRequests(calls ->
            calls
                .requestMatchers("/actuator/health", "/actuator/health/**")
                .permitAll()
                .requestMatchers("/actuator/prometheus")
                .access((who, call) ->
                    new AuthorizationDecision(
                        who.get() instanceof SignedIn || isLocal(call.getRequest())))
                .anyRequest()
                .denyAll())
        .oauth2ResourceServer(bearer(tokens, accounts))
        .exceptionHandling(errors -> errors.authenticationEntryPoint(unauthorized()))
        .build();
  }

  /// From this machine itself, and not passed on for somebody else.
  private static boolean isLocal(HttpServletRequest request) {
    try {
      return request.getHeader("X-Forwarded-For") == null
          && request.getHeader("Forwarded") == null
          && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> bearer(
      AccessTokens tokens, Accounts accounts) {
    return server ->
        server
            .jwt(jwt ->
                jwt.decoder(tokens)
                    .jwtAuthenticationConverter(token ->
                        accounts
                            .find(UUID.fromString(token.getSubject()))
                            .map(SignedIn::new)
                            .orElseThrow(
                                () -> new InvalidBearerTokenException("The account is gone"))))
            .authenticationEntryPoint(unauthorized());
  }

  private static HttpSecurity stateless(HttpSecurity http) {
    return http.csrf(AbstractHttpConfigurer::disable) // a bearer token is not sent by itself
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http, SignIns signIns, SessionCsrf csrf) {
    return http.securityContext(context -> context.requireExplicitSave(true))
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .logout(AbstractHttpConfigurer::disable)
        .csrf(
            forms -> forms.csrfTokenRepository(csrf).ignoringRequestMatchers("/local/link", GOOGLE))
        .authorizeHttpRequests(calls ->
            calls
                .requestMatchers(
                    "/",
                    "/sign-in",
                    "/sign-up",
                    GOOGLE,
                    "/link/*",
                    "/share/*",
                    "/share/*/over-time",
                    "/local/link",
                    "/pryo.js",
                    "/pryo/*",
                    "/assets/**",
                    "/favicon.ico",
                    "/error")
                .permitAll()
                .anyRequest()
                .authenticated())
        .exceptionHandling(errors -> errors.authenticationEntryPoint(signInPage()))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(PAGES_POLICY))
                .referrerPolicy(referrer ->
                    referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN)))
        .addFilterBefore(new SessionFilter(signIns), AnonymousAuthenticationFilter.class)
        .addFilterAfter(new TenantFilter(), AuthorizationFilter.class)
        .build();
  }

  @Bean
  @Order(0)
  SecurityFilterChain docs(HttpSecurity http) {
    return stateless(http)
        .securityMatcher("/docs", "/swagger-ui/**", "/openapi.json", "/openapi.json/**")
        .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
        .headers(headers ->
            headers.contentSecurityPolicy(policy -> policy.policyDirectives(DOCS_POLICY)))
        .build();
  }

  private AuthenticationEntryPoint unauthorized() {
    return (request, response, failure) ->
        write(
            response,
            Problems.answer(
                new Unauthorized("Sign in: send Authorization: Bearer with an access token.")));
  }

  private void write(HttpServletResponse response, ResponseEntity<ProblemDetail> problem)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer");
    plain.write(problem, response);
  }

  /// People are sent to the sign-in page and back; a fragment's request makes the whole page go
  /// there.
  private static AuthenticationEntryPoint signInPage() {
    return (request, response, failure) -> {
      if (request.getHeader("HX-Request") != null) {
        response.setHeader("HX-Redirect", "/sign-in");
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        return;
      }
      String next =
          request.getMethod().equals("GET")
              ? "?next=" + URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8)
              : "";
      response.sendRedirect("/sign-in" + next);
    };
  }
}
