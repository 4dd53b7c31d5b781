package dev.pryo.codehost;

import java.util.List;

/// A commit to be written.
///
/// @param branch the branch that will hold it, never the default branch
/// @param parent the full id of the commit that it follows
/// @param base the commit whose files are edited: the parent, or one of another branch that is
///   taken in with this commit, and is then its second parent
/// @param edits at least one; the mode of a file that is there stays, a new one is a plain file
public record NewCommit(
    String branch,
    String parent,
    String base,
    String message,
    Person author,
    List<FileEdit> edits) {

  public NewCommit {
    edits = List.copyOf(edits);
    if (edits.isEmpty()) {
      throw new IllegalArgumentException("A commit needs at least one edit.");
    }
    if (message.isBlank() || message.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A commit needs a message without NUL characters.");
    }
  }

  /// A commit that changes what its parent has.
  public NewCommit(
      String branch, String parent, String message, Person author, List<FileEdit> edits) {
    this(branch, parent, parent, message, author, edits);
  }

  List<String> parents() {
    return parent.equals(base) ? List.of(parent) : List.of(parent, base);
  }
}
