package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.NOTHING_CHANGED;
import static dev.pryo.codehost.CodeHostException.Code.PATH_NOT_ALLOWED;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/// What may be written where, on every host.
final class EditRules {
  private static final ObjectChecker SAFE_NAMES =
      new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
  private static final byte[] LFS = "version https://git-lfs.github.com/spec/".getBytes(UTF_8);
  private static final int LARGEST_POINTER = 1024; // by the specification of Git LFS

  /// What stands in the commit that a change follows.
  interface Present {
    @Nullable Entry at(String path) throws IOException;

    /// A file's bytes where it is no larger than `most`; else none.
    byte[] content(String path, Entry file, int most) throws IOException;
  }

  private EditRules() {}

  /// @param never branches that are never written
  static void checkBranch(String branch, Set<String> never) {
    if (!Repository.isValidRefName(Constants.R_HEADS + branch)) {
      throw CodeHostException.of(PATH_NOT_ALLOWED, branch + " is no name for a Git branch.");
    }
    if (never.contains(branch)) {
      throw CodeHostException.of(
          PATH_NOT_ALLOWED, "Pryo never commits to the default branch " + branch + ".");
    }
  }

  static void check(List<FileEdit> edits, Present base) throws IOException {
    Set<String> seen = new HashSet<>();
    for (FileEdit edit : edits) {
      String path = edit.path();
      try {
        SAFE_NAMES.checkPath(path);
      } catch (CorruptObjectException e) {
        throw notAllowed(path, "it is no safe path in a Git repository");
      }
      if (!seen.add(path)) {
        throw notAllowed(path, "it is named twice in one change");
      }
      checkPlace(edit, base);
    }
    for (String path : seen) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        if (seen.contains(path.substring(0, slash))) {
          throw notAllowed(path, "the same change writes a file where its folder should be");
        }
      }
    }
  }

  private static void checkPlace(FileEdit edit, Present base) throws IOException {
    String path = edit.path();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      Entry folder = base.at(path.substring(0, slash));
      if (folder != null && !folder.isFolder()) {
        throw notAllowed(path, path.substring(0, slash) + " is not a folder of the repository");
      }
    }
    Entry present = base.at(path);
    if (present != null && !present.isFile()) {
      throw notAllowed(path, "it is a folder, a symbolic link or a submodule");
    }
    if (present == null && edit.content() == null) {
      throw notAllowed(path, "there is no such file to delete");
    }
    if (present != null && isPointer(base.content(path, present, LARGEST_POINTER))) {
      throw notAllowed(path, "its content is kept in Git LFS, outside of the repository");
    }
  }

  /// Whether these bytes are not a file's own, but say where Git LFS keeps them.
  static boolean isPointer(byte[] content) {
    return content.length >= LFS.length
        && content.length <= LARGEST_POINTER
        && Arrays.equals(content, 0, LFS.length, LFS, 0, LFS.length);
  }

  static CodeHostException nothing() {
    return CodeHostException.of(
        NOTHING_CHANGED, "The files already are as they should become; there is no change.");
  }

  private static CodeHostException notAllowed(String path, String why) {
    return CodeHostException.of(
        PATH_NOT_ALLOWED, "Pryo does not write " + path + ": " + why + ".", List.of(path));
  }
}
