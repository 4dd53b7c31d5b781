package dev.pryo.account;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Sign-up, sign-in and what follows from them.
@RestController
@RequestMapping("/api/auth")
@Tag(name = "Accounts")
class AuthApi {
  record SignUp(@Nullable String email, @Nullable String password, @Nullable String name) {}

  record Login(@Nullable String email, @Nullable String password) {}

  /// @param credential Google's ID token
  record GoogleSignIn(@JsonAlias("id_token") @Nullable String credential) {}

  record Refresh(@Nullable String refreshToken) {}

  record Leave(@Nullable String password) {}

  private final Accounts accounts;
  private final SignIns signIns;
  private final ClientAddress address;
  private final Google google;

  AuthApi(Accounts accounts, SignIns signIns, ClientAddress address, Google google) {
    this.google = google;
    this.accounts = accounts;
    this.signIns = signIns;
    this.address = address;
  }

  @PostMapping("/signup")
  @ResponseStatus(HttpStatus.CREATED)
  @SecurityRequirements
  Tokens signUp(@RequestBody SignUp body, HttpServletRequest request) {
    return signIns.start(
        accounts.signUp(body.email(), body.password(), body.name(), address.of(request)));
  }

  @PostMapping("/login")
  @SecurityRequirements
  Tokens login(@RequestBody Login body, HttpServletRequest request) {
    return signIns.start(accounts.signIn(body.email(), body.password(), address.of(request)));
  }

  @PostMapping("/google")
  @SecurityRequirements
  Tokens google(@RequestBody GoogleSignIn body, HttpServletRequest request) {
    return signIns.start(google.signIn(body.credential(), address.of(request)));
  }

  @PostMapping("/refresh")
  @SecurityRequirements
  Tokens refresh(@RequestBody Refresh body) {
    return signIns.refresh(body.refreshToken());
  }

  @PostMapping("/logout")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @SecurityRequirements
  void logout(@RequestBody Refresh body) {
    signIns.end(body.refreshToken());
  }

  @GetMapping("/me")
  Account me(@AuthenticationPrincipal Account account) {
    return account;
  }

  @DeleteMapping("/me")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leave(@AuthenticationPrincipal Account account, @RequestBody Leave body) {
    accounts.delete(account, body.password());
  }
}
