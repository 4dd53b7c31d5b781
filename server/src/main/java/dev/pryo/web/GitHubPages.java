package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.github.GitHubLinks;
import dev.pryo.platform.Address;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The GitHub App of this installation, and the end of a person's connection.
@RestController
class GitHubPages {
  private static final String COOKIE = "pryo_github_app";
  private static final int SECONDS = 600;

  private final Templates templates;
  private final GitHubLinks links;
  private final Address address;

  GitHubPages(Templates templates, GitHubLinks links, Address address) {
    this.templates = templates;
    this.links = links;
    this.address = address;
  }

  /// The one page whose form goes to GitHub.
  @GetMapping("/github/app")
  ResponseEntity<JteModel> app(Frame frame, @AuthenticationPrincipal Account account) {
    GitHubLinks.Making making = links.make(account);
    return ResponseEntity.ok()
        .header(HttpHeaders.SET_COOKIE, cookie(making.browser(), SECONDS))
        .header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                + " form-action 'self' %s; frame-ancestors 'none'; base-uri 'none'"
                    .formatted(Address.origin(making.action())))
        .body(templates.accountGithub(frame, making));
  }

  /// Where GitHub brings the browser back to, with a code for the app's keys.
  @GetMapping("/github/app/made")
  ResponseEntity<Void> made(
      @AuthenticationPrincipal Account account,
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String state,
      @CookieValue(name = COOKIE, defaultValue = "") String browser) {
    String install = links.made(account, code, state, browser);
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.SET_COOKIE, cookie("", 0))
        .location(URI.create(install))
        .build();
  }

  @PostMapping("/account/github/disconnect")
  ResponseEntity<JteModel> disconnect(@AuthenticationPrincipal Account account) {
    links.disconnect(account);
    return Answers.next(Notice.GITHUB_GONE.at("/account"));
  }

  private String cookie(String value, int seconds) {
    return ResponseCookie.from(COOKIE, value)
        .httpOnly(true)
        .secure(address.secure())
        .sameSite("Lax")
        .path("/github/app")
        .maxAge(seconds)
        .build()
        .toString();
  }
}
