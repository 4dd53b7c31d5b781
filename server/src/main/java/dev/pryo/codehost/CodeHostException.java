package dev.pryo.codehost;

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
    /// The repository could not be read or written; trying again may help.
    UNREACHABLE;

    /// The name for clients: `not_a_repository`.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long serialVersionUID = 1L;

  private final Code code;
  private final transient List<String> files;

  private CodeHostException(
      Code code, String message, List<String> files, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.files = List.copyOf(files);
  }

  static CodeHostException of(Code code, String message) {
    return new CodeHostException(code, message, List.of(), null);
  }

  static CodeHostException of(Code code, String message, List<String> files) {
    return new CodeHostException(code, message, files, null);
  }

  static CodeHostException unreachable(String message, Throwable cause) {
    return new CodeHostException(Code.UNREACHABLE, message, List.of(), cause);
  }

  public Code code() {
    return code;
  }

  /// The files that are in the way, in path order; empty where the trouble is not about files.
  public List<String> files() {
    return files;
  }
}
