package dev.pryo.codehost;

import org.jspecify.annotations.Nullable;

/// Which repository: the API's `repository` object.
///
/// @param host the host's name, `git` or `github`
/// @param fullName `owner/repo`, for hosts that name repositories so
/// @param url where a plain Git repository lies, `file:///…`
/// @param defaultBranch the branch that is served and merged into; `null` lets the host say
/// @param appRoot the app's folder inside the repository, without leading or trailing slash; `.` is
///   the app in the repository's own folder, `null` the whole repository
public record RepositoryRef(
    String host,
    @Nullable String fullName,
    @Nullable String url,
    @Nullable String defaultBranch,
    @Nullable String appRoot) {

  /// A plain Git repository by its address.
  public static RepositoryRef git(String url) {
    return new RepositoryRef("git", null, url, null, null);
  }

  /// The same repository with this default branch.
  public RepositoryRef withDefaultBranch(String branch) {
    return new RepositoryRef(host, fullName, url, branch, appRoot);
  }

  /// The same repository with the app in this folder.
  public RepositoryRef withAppRoot(String folder) {
    return new RepositoryRef(host, fullName, url, defaultBranch, folder);
  }

  /// What to call the repository in a sentence.
  public String label() {
    return fullName != null ? fullName : String.valueOf(url);
  }
}
