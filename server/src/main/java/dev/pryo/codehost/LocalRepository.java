package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.NOT_A_REPOSITORY;
import static dev.pryo.codehost.CodeHostException.Code.PATH_NOT_ALLOWED;
import static dev.pryo.codehost.CodeHostException.Code.UNSUPPORTED_REPOSITORY;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/// Where the parts of a repository on this machine lie, each found inside the allowed folders.
///
/// @param workingTree the checked-out files, or `null` for a bare repository
/// @param gitDir HEAD and index
/// @param commonDir objects and branches: `gitDir`, but in a linked working tree
/// @param config the repository's own settings, without anything that they include
record LocalRepository(@Nullable Path workingTree, Path gitDir, Path commonDir, Config config) {

  private static final int SMALL_FILE = 1 << 20;

  static LocalRepository find(LocalRoots roots, String url) throws IOException {
    Path folder = roots.folder(url);
    if (folder.endsWith(".git") && folder.getParent() != null) {
      folder = roots.inside(folder.getParent(), "The repository");
    }
    Path dotGit = folder.resolve(".git");
    boolean bare = !Files.exists(dotGit, LinkOption.NOFOLLOW_LINKS);
    if (bare && !looksLikeGitDir(folder)) {
      throw notARepository(folder);
    }
    Path gitDir = bare ? folder : gitDir(roots, dotGit, folder);
    if (!looksLikeGitDir(gitDir) && !Files.exists(gitDir.resolve("commondir"))) {
      throw notARepository(folder);
    }
    Path commonDir = commonDir(roots, gitDir);
    checkPlaces(roots, gitDir);
    checkPlaces(roots, commonDir);
    checkObjects(roots, commonDir.resolve("objects"), 0);
    Config config = config(commonDir);
    Path workingTree = bare ? null : workingTree(folder, gitDir, commonDir, config);
    if (bare) {
      checkReallyBare(gitDir, config);
    }
    return new LocalRepository(workingTree, gitDir, commonDir, config);
  }

  /// Looks at each link among branches and their histories, which a write would follow.
  void checkWritable(LocalRoots roots) throws IOException {
    for (String name : new String[] {"refs", "logs"}) {
      for (Path dir : new Path[] {commonDir, gitDir}) {
        if (!Files.isDirectory(dir.resolve(name))) {
          continue;
        }
        try (Stream<Path> all = Files.walk(dir.resolve(name))) {
          for (Path link : all.filter(Files::isSymbolicLink).toList()) {
            roots.inside(link, "A part of the repository");
          }
        }
      }
    }
  }

  /// At most a megabyte of a regular file.
  static String small(Path file) throws IOException {
    if (!Files.isRegularFile(file)) { // a pipe would never end
      throw CodeHostException.of(
          NOT_A_REPOSITORY, "The repository is damaged: " + file + " is not a file.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(SMALL_FILE), UTF_8);
    }
  }

  private static boolean looksLikeGitDir(Path dir) {
    return Files.isRegularFile(dir.resolve("HEAD"))
        && Files.isDirectory(dir.resolve("objects"))
        && (Files.isDirectory(dir.resolve("refs")) || Files.isDirectory(dir.resolve("reftable")));
  }

  private static CodeHostException notARepository(Path folder) {
    for (Path up = folder.getParent(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve(".git"))) {
        return CodeHostException.of(
            NOT_A_REPOSITORY,
            "This folder is only a part of a Git repository. Link the folder that holds .git, and"
                + " name this one as app_root.");
      }
    }
    return CodeHostException.of(
        NOT_A_REPOSITORY,
        "There is no Git repository in "
            + folder
            + ". Make one there with git init, add and commit the files, and try again.");
  }

  /// `.git` itself, or where it points to: a file in linked working trees and submodules.
  private static Path gitDir(LocalRoots roots, Path dotGit, Path folder) throws IOException {
    String what = "The repository's .git folder";
    Path real = roots.inside(dotGit, what);
    if (Files.isDirectory(real)) {
      return real;
    }
    String text = small(real).strip();
    if (!text.startsWith("gitdir:")) {
      throw notARepository(folder);
    }
    return roots.inside(
        folder.resolve(text.substring("gitdir:".length()).strip()).normalize(), what);
  }

  private static Path commonDir(LocalRoots roots, Path gitDir) throws IOException {
    Path pointer = gitDir.resolve("commondir");
    if (!Files.exists(pointer)) {
      return gitDir;
    }
    roots.inside(pointer, "A part of the repository");
    Path common =
        roots.inside(
            gitDir.resolve(small(pointer).strip()).normalize(),
            "The main repository's .git folder");
    if (!looksLikeGitDir(common)) {
      throw CodeHostException.of(
          NOT_A_REPOSITORY,
          "This working tree's main repository is damaged or gone: " + common + ".");
    }
    return common;
  }

  /// Links in a Git folder may be an old way of sharing, so they are followed, but not out of the
  /// roots.
  private static void checkPlaces(LocalRoots roots, Path dir) throws IOException {
    try (Stream<Path> entries = Files.list(dir)) {
      for (Path entry : entries.toList()) {
        if (Files.isSymbolicLink(entry) && Files.exists(entry)) {
          roots.inside(entry, "A part of the repository");
        }
        if (Files.exists(entry) && !Files.isDirectory(entry) && !Files.isRegularFile(entry)) {
          throw CodeHostException.of(
              PATH_NOT_ALLOWED,
              "The repository holds something that is neither a file nor a folder: " + entry + ".");
        }
      }
    }
  }

  /// Objects may be borrowed from other repositories, and those may borrow again.
  private static void checkObjects(LocalRoots roots, Path objects, int depth) throws IOException {
    checkPlaces(roots, objects);
    for (String name : new String[] {"pack", "info"}) {
      if (Files.isDirectory(objects.resolve(name))) {
        checkPlaces(roots, objects.resolve(name));
      }
    }
    Path alternates = objects.resolve("info/alternates");
    if (!Files.exists(alternates)) {
      return;
    }
    if (depth == 5) {
      throw CodeHostException.of(
          PATH_NOT_ALLOWED, "The repository borrows objects in too long a chain (alternates).");
    }
    for (String line : small(alternates).lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        Path borrowed =
            roots.inside(
                objects.resolve(line).normalize(), "A repository from which objects are borrowed");
        checkObjects(roots, borrowed, depth + 1);
      }
    }
  }

  private static Config config(Path commonDir) throws IOException {
    var config = new Config(); // reads no included file
    Path file = commonDir.resolve("config");
    if (Files.exists(file)) {
      try {
        config.fromText(small(file));
      } catch (ConfigInvalidException e) {
        throw CodeHostException.of(
            NOT_A_REPOSITORY, "The repository is damaged: " + file + " cannot be understood.");
      }
    }
    if (config.getStringList("include", null, "path").length > 0) {
      throw CodeHostException.of(
          PATH_NOT_ALLOWED,
          "The repository's settings include other files, which Pryo does not read. Take"
              + " include.path out of "
              + file
              + ".");
    }
    String hash = config.getString("extensions", null, "objectFormat");
    if (hash != null && !hash.equalsIgnoreCase("sha1")) {
      throw CodeHostException.of(
          UNSUPPORTED_REPOSITORY,
          "The repository names its objects by " + hash + "; Pryo reads SHA-1 repositories only.");
    }
    return config;
  }

  private static @Nullable Path workingTree(Path folder, Path gitDir, Path commonDir, Config config)
      throws IOException {
    boolean linked = !gitDir.equals(commonDir);
    if (!linked && config.getBoolean("core", null, "bare", false)) {
      return null;
    }
    String elsewhere = config.getString("core", null, "worktree");
    if (!linked && elsewhere != null) {
      Path named = gitDir.resolve(elsewhere).normalize();
      if (!Files.exists(named) || !named.toRealPath().equals(folder)) {
        throw CodeHostException.of(
            NOT_A_REPOSITORY,
            "The repository's files are checked out in another folder (core.worktree). Link that"
                + " folder instead.");
      }
    }
    return folder;
  }

  private static void checkReallyBare(Path gitDir, Config config) {
    boolean hasFiles =
        config.getString("core", null, "worktree") != null
            || !config.getBoolean("core", null, "bare", !Files.exists(gitDir.resolve("index")));
    if (hasFiles) {
      throw CodeHostException.of(
          NOT_A_REPOSITORY,
          "This is the inner folder of a working tree. Link the folder with the files instead.");
    }
  }
}
