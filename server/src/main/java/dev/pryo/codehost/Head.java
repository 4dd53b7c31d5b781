package dev.pryo.codehost;

/// The newest commit of a branch.
///
/// @param branch the branch's short name, `main` or `release/2`
/// @param commit the full commit id
public record Head(String branch, String commit) {}
