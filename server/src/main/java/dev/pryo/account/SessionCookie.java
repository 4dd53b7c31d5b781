package dev.pryo.account;

import dev.pryo.platform.Address;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/// The browser's end of a sign-in. Scripts cannot read it, and other sites' requests do not carry
/// it.
@Component
public class SessionCookie {
  static final String NAME = "pryo_session";
  private final SignIns signIns;
  private final Address address;

  SessionCookie(SignIns signIns, Address address) {
    this.signIns = signIns;
    this.address = address;
  }

  /// Signs the account in on this browser.
  public void start(Account account, HttpServletResponse response) {
    write(response, NAME, signIns.startSession(account), SignIns.REFRESH);
  }

  /// Signs this browser out.
  public void end(HttpServletRequest request, HttpServletResponse response) {
    value(request, NAME).ifPresent(signIns::endSession);
    write(response, NAME, "", Duration.ZERO);
  }

  void write(HttpServletResponse response, String name, String value, Duration life) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name, value)
            .httpOnly(true)
            .secure(address.secure())
            .sameSite("Lax")
            .path("/")
            .maxAge(life)
            .build()
            .toString());
  }

  static Optional<String> value(HttpServletRequest request, String name) {
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(name) && !cookie.getValue().isEmpty()) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }
}
