package dev.pryo.account;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Sign-in with Google; every key stands in `application.yml`.
///
/// @param clientId empty: there is none
/// @param jwksUrl where Google's public keys are
@ConfigurationProperties("pryo.google")
public record GoogleSettings(String clientId, String jwksUrl) {
  public boolean on() {
    return !clientId.isBlank();
  }
}
