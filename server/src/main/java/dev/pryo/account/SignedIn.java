package dev.pryo.account;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// Somebody whose token or cookie has been checked.
final class SignedIn extends AbstractAuthenticationToken {
  private final Account account;

  SignedIn(Account account) {
    super(List.of());
    this.account = account;
    setAuthenticated(true);
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Account getPrincipal() {
    return account;
  }

  @Override
  public String getName() {
    return account.id().toString();
  }
}
