package dev.pryo.project;

import org.jspecify.annotations.Nullable;

/// Where a project's code lives.
///
/// @param host which code host: `git` or `github`
/// @param fullName `owner/repo`, at a host that has such names
/// @param url the address, for `git`
/// @param defaultBranch the branch that pull requests go to; null: the repository's own
/// @param appRoot the folder of the web app; null: the repository's root
public record Repository(
    String host,
    @Nullable String fullName,
    @Nullable String url,
    @Nullable String defaultBranch,
    @Nullable String appRoot) {}
