package dev.pryo.web;

import dev.pryo.account.ClientAddress;
import dev.pryo.account.Google;
import dev.pryo.account.SessionCookie;
import dev.pryo.platform.Conflict;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where Google's button brings a browser back to. Its form carries Google's own token against
/// forgeries, twice: as a field and as a cookie that other sites cannot set.
@RestController
class GooglePages {
  private final Google google;
  private final SessionCookie cookie;
  private final ClientAddress address;

  GooglePages(Google google, SessionCookie cookie, ClientAddress address) {
    this.google = google;
    this.cookie = cookie;
    this.address = address;
  }

  @PostMapping("/sign-in/google")
  ResponseEntity<JteModel> signIn(
      @RequestParam(defaultValue = "") String credential,
      @RequestParam(name = "g_csrf_token", defaultValue = "") String field,
      @CookieValue(name = "g_csrf_token", defaultValue = "") String kept,
      HttpServletRequest request,
      HttpServletResponse response) {
    boolean same =
        MessageDigest.isEqual(
            field.getBytes(StandardCharsets.UTF_8), kept.getBytes(StandardCharsets.UTF_8));
    if (field.isEmpty() || !same) {
      throw new Conflict("This sign-in was not begun on this page: use the button on it.");
    }
    cookie.start(google.signIn(credential, address.of(request)), response);
    return Answers.next("/");
  }
}
