package dev.pryo.codehost;

/// A pull request to be opened.
///
/// @param branch the branch with the change
/// @param base the branch that it shall be merged into
/// @param title one line
public record NewPullRequest(String branch, String base, String title, String body) {

  public NewPullRequest {
    if (title.isBlank() || title.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A pull request needs a title of one line.");
    }
    if (body.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A pull request's body may not hold NUL characters.");
    }
  }
}
