package dev.pryo.codehost;

/// By what right Pryo asks GitHub: one connection of a person, or one installation of an app.
public interface GitHubAccess {

  /// Names the connection, so that what was read through one is never answered through another. Not
  /// a secret.
  String id();

  /// The token as it is now; one that is about to end is renewed first.
  ///
  /// @throws CodeHostException with `RECONNECT` where there is none any more
  String token();

  /// GitHub does not take this token: the connection is over, unless there is a newer one by now.
  void refused(String token);
}
