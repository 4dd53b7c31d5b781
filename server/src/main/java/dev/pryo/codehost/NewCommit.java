package dev.pryo.codehost;

import java.util.List;

/// A commit to be written.
///
/// @param branch the branch that will hold it, never the default branch
/// @param parent the full id of the commit that it follows
/// @param edits at least one; the mode of a file that is there stays, a new one is a plain file
public record NewCommit(
    String branch, String parent, String message, Person author, List<FileEdit> edits) {

  public NewCommit {
    edits = List.copyOf(edits);
    if (edits.isEmpty()) {
      throw new IllegalArgumentException("A commit needs at least one edit.");
    }
    if (message.isBlank() || message.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A commit needs a message without NUL characters.");
    }
  }
}
