package dev.pryo.github;

import dev.pryo.codehost.GitHubAccess;
import java.util.UUID;

/// A token of which only this one use is known: a fresh one, before it is anybody's.
record PlainAccess(String id, String token) implements GitHubAccess {
  PlainAccess(String token) {
    this(UUID.randomUUID().toString(), token);
  }

  @Override
  public void refused(String refused) {} // it is nobody's connection yet
}
