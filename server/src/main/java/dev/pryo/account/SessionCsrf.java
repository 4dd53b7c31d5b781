package dev.pryo.account;

import dev.pryo.platform.Keys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.stereotype.Component;

/// The token in each form is a keyed digest of the browser's cookie. A page of another origin on
/// the same host may plant cookies, but cannot make the token that goes with them; so unlike a
/// token that merely repeats a cookie this needs no state and no trust in cookies.
@Component
final class SessionCsrf implements CsrfTokenRepository {
  private static final String VISIT = "pryo_visit";
  private static final String HEADER = "X-CSRF-Token";
  private static final String PARAMETER = "_csrf";

  private final SecretKey key;
  private final SessionCookie cookies;

  SessionCsrf(Keys keys, SessionCookie cookies) {
    this.key = keys.derive("form tokens", "HmacSHA256");
    this.cookies = cookies;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    String visit = Keys.random();
    request.setAttribute(VISIT, visit);
    return token(visit);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token != null && request.getAttribute(VISIT) instanceof String visit) {
      cookies.write(response, VISIT, visit, SignIns.REFRESH);
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return SessionCookie.value(request, SessionCookie.NAME)
        .or(() -> SessionCookie.value(request, VISIT))
        .map(this::token)
        .orElse(null);
  }

  private CsrfToken token(String cookie) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] digest = mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8));
      return new DefaultCsrfToken(
          HEADER, PARAMETER, Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
