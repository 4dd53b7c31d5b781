package dev.pryo.account;

import dev.pryo.platform.Address;
import dev.pryo.platform.EmbeddedSetup;
import dev.pryo.platform.Home;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Keys;
import dev.pryo.platform.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// On its owner's machine Pryo needs no password: it prints a link that signs in once. Whoever can
/// read a file in its home that only the owner may read, may ask for another (`./pryo link`).
@RestController
@EmbeddedSetup
@Hidden
class LocalLink {
  static final String CONTROL = "control";
  static final String HEADER = "X-Pryo-Control";

  private final Home home;
  private final Accounts accounts;
  private final SignIns signIns;
  private final Address address;
  private final String secret = Keys.random();

  LocalLink(Home home, Accounts accounts, SignIns signIns, Address address) {
    this.home = home;
    this.accounts = accounts;
    this.signIns = signIns;
    this.address = address;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order // after everything that gets ready
  void ready() {
    home.writePrivate(CONTROL, "http://127.0.0.1:%d\n%s\n".formatted(address.port(), secret));
    System.out.printf(
        "%nPryo is ready. Open this link, it signs you in once:%n%n  %s%n%n",
        link(accounts.localOwner()));
  }

  @PostMapping(path = "/local/link", produces = "text/plain")
  String link(
      @RequestHeader(name = HEADER, defaultValue = "") String given,
      @RequestBody(required = false) @Nullable String email) {
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))) {
      throw new NotFound("page");
    }
    return link(
        email == null || email.isBlank()
            ? accounts.localOwner()
            : accounts
                .byEmail(email)
                .orElseThrow(() -> new Invalid("email", "has no account here")));
  }

  private String link(Account account) {
    return address.publicUrl() + "/link/" + signIns.link(account);
  }

  @PreDestroy
  void gone() {
    home.delete(CONTROL);
  }
}
