package dev.pryo.codehost;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// Which repository: the API's `repository` object.
///
/// @param host the host's name, `git` or `github`
/// @param fullName `owner/repo`, for hosts that name repositories so
/// @param url where a plain Git repository lies, `file:///…` or `https://…`
/// @param defaultBranch the branch that is served and merged into; `null` lets the host say
/// @param appRoot the app's folder inside the repository, without leading or trailing slash; `.` is
///   the app in the repository's own folder, `null` the whole repository
/// @param token for an `https:` repository that is not public; taken, and never shown
public record RepositoryRef(
    String host,
    @Nullable String fullName,
    @Nullable String url,
    @Nullable String defaultBranch,
    @Nullable String appRoot,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable String token) {

  public RepositoryRef(
      String host,
      @Nullable String fullName,
      @Nullable String url,
      @Nullable String defaultBranch,
      @Nullable String appRoot) {
    this(host, fullName, url, defaultBranch, appRoot, null);
  }

  /// A plain Git repository by its address.
  public static RepositoryRef git(String url) {
    return new RepositoryRef("git", null, url, null, null);
  }

  /// The same repository with this default branch.
  public RepositoryRef withDefaultBranch(String branch) {
    return new RepositoryRef(host, fullName, url, branch, appRoot, token);
  }

  /// The same repository with the app in this folder.
  public RepositoryRef withAppRoot(String folder) {
    return new RepositoryRef(host, fullName, url, defaultBranch, folder, token);
  }

  /// The same repository, read and written with this token.
  public RepositoryRef withToken(@Nullable String secret) {
    return new RepositoryRef(host, fullName, url, defaultBranch, appRoot, secret);
  }

  /// Whether it is asked for over the network, so that it is not looked at every moment.
  public boolean far() {
    return fullName != null || GitRemotes.takes(url);
  }

  /// Without the token: such a text ends up in logs.
  @Override
  public String toString() {
    return "RepositoryRef[" + host + " " + label() + "]";
  }

  /// What to call the repository in a sentence.
  public String label() {
    return fullName != null ? fullName : String.valueOf(url);
  }
}
