package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.account.SessionCookie;
import dev.pryo.github.GitHubLinks;
import dev.pryo.platform.Invalid;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A person's own page: GitHub, password and departure.
@RestController
@RequestMapping("/account")
class AccountPages {
  private final Templates templates;
  private final Accounts accounts;
  private final SessionCookie cookie;
  private final GitHubLinks github;

  AccountPages(Templates templates, Accounts accounts, SessionCookie cookie, GitHubLinks github) {
    this.github = github;
    this.templates = templates;
    this.accounts = accounts;
    this.cookie = cookie;
  }

  @GetMapping
  JteModel show(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam(name = "github", defaultValue = "") String came) {
    return page(frame, account, came, Form.empty(), Form.empty());
  }

  private JteModel page(Frame frame, Account account, Form password, Form leave) {
    return page(frame, account, "", password, leave);
  }

  /// @param came how a way to GitHub ended that was just come back from
  private JteModel page(Frame frame, Account account, String came, Form password, Form leave) {
    return templates.accountShow(
        frame,
        account,
        accounts.hasPassword(account.id()),
        github.view(account),
        came,
        password,
        leave);
  }

  /// Setting a password ends every sign-in; this browser gets a new one at once.
  @PostMapping("/password")
  ResponseEntity<JteModel> setPassword(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam MultiValueMap<String, String> posted,
      HttpServletResponse response) {
    Form form = Form.of(posted);
    try {
      accounts.setPassword(account, form.value("current_password"), form.value("password"));
      cookie.start(account, response);
      return Answers.next(Notice.PASSWORD_SET.at("/account"));
    } catch (Invalid e) {
      return Answers.wrong(page(frame, account, form.with(e), Form.empty()));
    }
  }

  /// Deletes the account; who has no password types the e-mail address instead.
  @PostMapping("/delete")
  ResponseEntity<JteModel> delete(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam MultiValueMap<String, String> posted,
      HttpServletRequest request,
      HttpServletResponse response) {
    Form form = Form.of(posted);
    try {
      if (!form.value("email").strip().equalsIgnoreCase(account.email())) {
        throw new Invalid("email", "must be " + account.email() + ", to be sure");
      }
      delete(account, form.value("leaving_password"));
    } catch (Invalid e) {
      return Answers.wrong(page(frame, account, Form.empty(), form.with(e)));
    }
    cookie.end(request, response);
    return Answers.next(Notice.DELETED.at("/sign-in"));
  }

  /// The page has two fields for the password; the error belongs to the second.
  private void delete(Account account, String password) {
    try {
      accounts.delete(account, password);
    } catch (Invalid e) {
      throw new Invalid("leaving_password", e.fields().getFirst().message());
    }
  }
}
