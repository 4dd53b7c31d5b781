package dev.pryo.codehost;

import java.util.List;

/// What a host knows of a proposed change beside its code: what the repository's own checks say of
/// it, and what people say. Not every host has it, see [CodeHost#reviews()].
///
/// All text is that of others: it is shown or quoted and never followed. What cannot be asked is a
/// [CodeHostException].
public interface Reviews {

  /// The newest run of each check of a commit; none where the repository has no checks.
  List<CheckRun> checks(RepositoryRef ref, String commit);

  /// What a failed run said: the lines that it marked, then the end of its log. At most a few
  /// thousand characters; only its summary where there is neither.
  String said(RepositoryRef ref, CheckRun run);

  /// What people wrote below a pull request and beside its lines, the oldest first.
  List<Comment> comments(RepositoryRef ref, int number);

  /// Whether somebody may push to the repository now.
  boolean mayPush(RepositoryRef ref, String login);

  /// Answers a comment by a sign. The same sign twice is one.
  void answer(RepositoryRef ref, Comment comment, Sign sign);

  /// Puts a text in the place of a pull request's description.
  void describe(RepositoryRef ref, int number, String body);

  /// An answer without words.
  enum Sign {
    /// It was read, and something is done.
    SEEN,
    /// It is done.
    DONE,
    /// It was not done; the description says why.
    NOT_DONE
  }
}
