package dev.pryo.account;

/// What other packages do when people come and go. Called as Pryo itself, inside the transaction
/// that makes the change.
public interface AccountListener {
  /// Whether an invitation waits for this e-mail address (in lower case).
  boolean invited(String email);

  /// A new account exists.
  void joined(Account account);

  /// The account is about to be deleted.
  void leaving(Account account);
}
