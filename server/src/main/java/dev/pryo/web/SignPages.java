package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.account.ClientAddress;
import dev.pryo.account.SessionCookie;
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
  private final Templates templates;
  private final Accounts accounts;
  private final SessionCookie cookie;
  private final ClientAddress address;
  private final Settings settings;

  SignPages(
      Templates templates,
      Accounts accounts,
      SessionCookie cookie,
      ClientAddress address,
      Settings settings) {
    this.templates = templates;
    this.accounts = accounts;
    this.cookie = cookie;
    this.address = address;
    this.settings = settings;
  }

  @GetMapping("/sign-in")
  ResponseEntity<JteModel> signIn(
      Frame frame,
      @RequestParam(defaultValue = "") String next,
      @RequestParam(defaultValue = "") String link) {
    return frame.account() != null
        ? Answers.next(inside(next))
        : Answers.page(signInPage(frame, Form.of(Map.of("next", next)), link.equals("spent")));
  }

  private JteModel signInPage(Frame frame, Form form, boolean linkSpent) {
    return templates.signIn(
        frame, form, linkSpent, settings.embedded(), settings.signup() != Settings.Signup.CLOSED);
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
      return Answers.wrong(signInPage(frame, form.with(said(e)), false));
    }
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
