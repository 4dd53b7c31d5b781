package dev.pryo.account;

/// What a sign-in over the API gives: a short-lived JWT and an opaque token that renews it once.
///
/// @param expiresIn seconds until the access token ends
public record Tokens(
    String accessToken, String refreshToken, String tokenType, long expiresIn, Account user) {}
