package dev.pryo.github;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where GitHub is, and what Pryo is there; every key stands in `application.yml`.
///
/// @param url where people open it
/// @param apiUrl where programs ask it; empty: github.com's, or an Enterprise server's usual one
/// @param clientId of an OAuth app of your own; empty: the GitHub App that was made, if any
/// @param webhookSecret of webhooks that somebody set up by hand
@ConfigurationProperties("pryo.github")
record GitHubSettings(
    String url, String apiUrl, String clientId, String clientSecret, String webhookSecret) {
  private static final String PUBLIC = "https://github.com";

  String web() {
    return url.strip().replaceAll("/+$", "");
  }

  String api() {
    if (!apiUrl.isBlank()) {
      return apiUrl.strip().replaceAll("/+$", "");
    }
    return web().equals(PUBLIC) ? "https://api.github.com" : web() + "/api/v3";
  }

  boolean hasOAuthApp() {
    return !clientId.isBlank() && !clientSecret.isBlank();
  }
}
