package dev.pryo.web;

import dev.pryo.codehost.GitHubPeople.Listed;
import dev.pryo.github.GitHubLinks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person's repositories on GitHub, to choose one from. GitHub is asked only after a search, so
/// that the page itself never waits for it.
///
/// @param query what was searched; null before any search
/// @param problem why nothing could be found, a sentence
public record Picker(
    GitHubLinks.View github, @Nullable String query, List<Listed> found, @Nullable String problem) {

  static Picker before(GitHubLinks.View github) {
    return new Picker(github, null, List.of(), null);
  }

  /// Whether there is anything that this person could do with it.
  public boolean isShown() {
    return github.ready() || github.mayMakeApp();
  }
}
