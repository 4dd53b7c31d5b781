package dev.pryo.codehost;

import org.jspecify.annotations.Nullable;

/// A proposed change as it stands.
///
/// @param number counts from 1 in each repository
/// @param head the branch with the change
/// @param base the branch that it is to be merged into
/// @param headCommit the newest commit of the change
/// @param baseCommit where the change left the base branch
/// @param url the host's own page, or `null` where Pryo's page is the only one
/// @param conflicted whether it cannot be merged as it is, because the base branch changed the same
///   places; null while the host has not found out
public record PullRequest(
    int number,
    State state,
    String head,
    String base,
    String headCommit,
    String baseCommit,
    String title,
    String body,
    @Nullable String url,
    @Nullable Boolean conflicted) {

  /// `MERGED`: the base branch holds the change. `CLOSED`: it will not be merged.
  public enum State {
    DRAFT,
    OPEN,
    MERGED,
    CLOSED
  }
}
