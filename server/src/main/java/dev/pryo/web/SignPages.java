package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.account.ClientAddress;
import dev.pryo.account.GoogleSettings;
import dev.pryo.account.SessionCookie;
import dev.pryo.platform.Address;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Settings;
import dev.pryo.platform.TooMany;
import dev.pryo.platform.Unauthorized;
import dev.pryo.platform.Unavailable;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Sign-in, sign-up and sign-out.
@RestController
class SignPages {
  private static final String GOOGLE_POLICY =
      "default-src 'none'; script-src 'self' https://accounts.google.com/gsi/client;"
          + " style-src 'self' https://accounts.google.com/gsi/style; img-src 'self' data:;"
          + " connect-src 'self' https://accounts.google.com/gsi/; frame-src https://accounts.google.com/gsi/;"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private final Templates templates;
  private final Accounts accounts;
  private final SessionCookie cookie;
  private final ClientAddress address;
  private final Settings settings;
  private final GoogleSettings google;
  private final Address here;

  SignPages(
      Templates templates,
      Accounts accounts,
      SessionCookie cookie,
      ClientAddress address,
      Settings settings,
      GoogleSettings google,
      Address here) {
    this.templates = templates;
    this.accounts = accounts;
    this.cookie = cookie;
    this.address = address;
    this.settings = settings;
    this.google = google;
    this.here = here;
  }

  @GetMapping("/sign-in")
  ResponseEntity<JteModel> signIn(
      Frame frame,
      @RequestParam(defaultValue = "") String next,
      @RequestParam(defaultValue = "") String link) {
    return frame.account() != null
        ? Answers.next(inside(next))
        : withGoogle(
            Answers.page(signInPage(frame, Form.of(Map.of("next", next)), link.equals("spent"))));
  }

  private JteModel signInPage(Frame frame, Form form, boolean linkSpent) {
    return templates.signIn(
        frame,
        form,
        linkSpent,
        settings.embedded(),
        settings.signup() != Settings.Signup.CLOSED,
        google.on() ? google.clientId() : null,
        here.publicUrl() + "/sign-in/google");
  }

  @PostMapping("/sign-in")
  ResponseEntity<JteModel> signIn(
      Frame frame,
      @RequestParam MultiValueMap<String, String> posted,
      HttpServletRequest request,
      HttpServletResponse response) {
    Form form = Form.of(posted);
    try {
      Account account =
          accounts.signIn(form.value("email"), form.value("password"), address.of(request));
      cookie.start(account, response);
      return Answers.next(inside(form.value("next")));
    } catch (Unauthorized | TooMany | Unavailable e) {
      return withGoogle(Answers.wrong(signInPage(frame, form.with(said(e)), false)));
    }
  }

  /// Google's button is a script of Google's; this page alone may run it, and only where it is set
  /// up.
  private ResponseEntity<JteModel> withGoogle(ResponseEntity<JteModel> page) {
    return google.on()
        ? ResponseEntity.status(page.getStatusCode())
            .header("Content-Security-Policy", GOOGLE_POLICY)
            .body(page.getBody())
        : page;
  }

  /// Only a page of our own may follow a sign-in.
  private static String inside(String next) {
    return next.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*") ? next : "/";
  }

  @GetMapping("/sign-up")
  ResponseEntity<JteModel> signUp(Frame frame) {
    return frame.account() != null
        ? Answers.next("/")
        : Answers.page(templates.signUp(frame, Form.empty(), accounts.none()));
  }

  @PostMapping("/sign-up")
  ResponseEntity<JteModel> signUp(
      Frame frame,
      @RequestParam MultiValueMap<String, String> posted,
      HttpServletRequest request,
      HttpServletResponse response) {
    Form form = Form.of(posted);
    try {
      Account account =
          accounts.signUp(
              form.value("email"), form.value("password"), form.value("name"), address.of(request));
      cookie.start(account, response);
      return Answers.next("/");
    } catch (Invalid e) {
      return Answers.wrong(templates.signUp(frame, form.with(e), accounts.none()));
    } catch (Conflict | Forbidden | TooMany | Unavailable e) {
      return Answers.wrong(templates.signUp(frame, form.with(said(e)), accounts.none()));
    }
  }

  private static String said(RuntimeException e) {
    if (!(e instanceof TooMany wait)) {
      return String.valueOf(e.getMessage());
    }
    return "%s Try again in %s.".formatted(e.getMessage(), Texts.span(wait.retryAfter()));
  }

  @PostMapping("/sign-out")
  ResponseEntity<JteModel> signOut(HttpServletRequest request, HttpServletResponse response) {
    cookie.end(request, response);
    return Answers.next(Notice.SIGNED_OUT.at("/sign-in"));
  }
}
