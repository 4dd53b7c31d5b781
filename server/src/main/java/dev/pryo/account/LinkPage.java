package dev.pryo.account;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// Where a printed link leads.
@Controller
class LinkPage {
  private final SignIns signIns;
  private final SessionCookie cookie;

  LinkPage(SignIns signIns, SessionCookie cookie) {
    this.signIns = signIns;
    this.cookie = cookie;
  }

  @GetMapping("/link/{token}")
  String follow(@PathVariable String token, HttpServletResponse response) {
    Optional<Account> account = signIns.followLink(token);
    account.ifPresent(known -> cookie.start(known, response));
    return account.isPresent() ? "redirect:/" : "redirect:/sign-in?link=spent";
  }
}
