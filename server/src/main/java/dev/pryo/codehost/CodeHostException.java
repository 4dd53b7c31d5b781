package dev.pryo.codehost;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a code host cannot do. The message is one or two sentences for people: what is wrong and
/// how to mend it.
public final class CodeHostException extends RuntimeException {

  /// What kind of answer it is; `id()` is the name that clients see.
  public enum Code {
    /// The address is of a kind that this host does not take.
    UNSUPPORTED_URL,
    /// The path lies, or leads, where Pryo may not read or write.
    PATH_NOT_ALLOWED,
    NOT_A_REPOSITORY,
    /// A repository of a format that cannot be read.
    UNSUPPORTED_REPOSITORY,
    /// A repository without any commit.
    EMPTY_REPOSITORY,
    BRANCH_NOT_FOUND,
    COMMIT_NOT_FOUND,
    APP_ROOT_NOT_FOUND,
    PULL_REQUEST_NOT_FOUND,
    /// The change is none.
    NOTHING_CHANGED,
    FILE_TOO_LARGE,
    /// Somebody else's work is in the way; `files()` names the files where there are any.
    CONFLICT,
    /// The checked-out working tree has changes of its own; `files()` names them.
    DIRTY_WORKING_TREE,
    /// Whoever asks may not do this there, or nobody may: an archived repository, for one.
    NOT_ALLOWED,
    /// The connection to the host is over; a person has to connect again.
    RECONNECT,
    /// The host asks to wait longer than this call may; `retryAt()` says until when.
    RATE_LIMITED,
    /// The repository could not be read or written; trying again may help.
    UNREACHABLE;

    /// The name for clients: `not_a_repository`.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Code code;
  private final transient List<String> files;
  private final transient @Nullable Instant retryAt;

  private CodeHostException(
      Code code,
      String message,
      List<String> files,
      @Nullable Instant retryAt,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.files = List.copyOf(files);
    this.retryAt = retryAt;
  }

  static CodeHostException of(Code code, String message) {
    return new CodeHostException(code, message, List.of(), null, null);
  }

  static CodeHostException of(Code code, String message, List<String> files) {
    return new CodeHostException(code, message, files, null, null);
  }

  /// The host did not answer, or not in a way that can be read.
  public static CodeHostException unreachable(String message, @Nullable Throwable cause) {
    return new CodeHostException(Code.UNREACHABLE, message, List.of(), null, cause);
  }

  static CodeHostException rateLimited(Instant until) {
    return new CodeHostException(
        Code.RATE_LIMITED,
        "GitHub's limit on requests is reached until "
            + UNTIL.format(until)
            + " UTC. Try again after that.",
        List.of(),
        until,
        null);
  }

  /// The connection to a host is over.
  ///
  /// @param message what happened, and that the person has to connect again
  public static CodeHostException reconnect(String message) {
    return new CodeHostException(Code.RECONNECT, message, List.of(), null, null);
  }

  public Code code() {
    return code;
  }

  /// From when on it may work; null where that is not known.
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  /// The files that are in the way, in path order; empty where the trouble is not about files.
  public List<String> files() {
    return files;
  }
}
