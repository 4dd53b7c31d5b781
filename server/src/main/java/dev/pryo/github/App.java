package dev.pryo.github;

import java.util.UUID;

/// The GitHub App of this installation, as the manifest flow made it.
///
/// @param slug its name in addresses
record App(UUID id, long number, String slug, String clientId, String page, Secrets secrets) {

  /// What only Pryo may know.
  ///
  /// @param pem the private key with which Pryo speaks as the app
  record Secrets(String clientSecret, String webhookSecret, String pem) {}
}
