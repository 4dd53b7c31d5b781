package dev.pryo.github;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody's connection to GitHub.
///
/// @param id new with each connection, so that nothing of an earlier one serves a later one
/// @param login their name on GitHub
/// @param offSince since when GitHub does not accept it any more; null while it does
record Connection(
    UUID id,
    UUID account,
    Kind kind,
    String login,
    List<String> scopes,
    Grant grant,
    @Nullable Instant offSince) {

  /// Whether the person let an OAuth app act for them, or a GitHub App.
  enum Kind {
    OAUTH,
    APP
  }

  /// What GitHub gave.
  ///
  /// @param refreshToken null where the token does not end by itself
  /// @param expiresAt when it does
  record Grant(String accessToken, @Nullable String refreshToken, @Nullable Instant expiresAt) {}

  boolean works() {
    return offSince == null;
  }
}
