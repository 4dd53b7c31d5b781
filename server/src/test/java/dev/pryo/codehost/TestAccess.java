package dev.pryo.codehost;

/// A token that stays what it is.
record TestAccess(String token) implements GitHubAccess {
  @Override
  public String id() {
    return token;
  }

  @Override
  public void refused(String refused) {}
}
