package dev.pryo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/// Real Git repositories for tests.
public final class TestRepository {
  private static final PersonIdent SOMEBODY = new PersonIdent("Ada", "ada@example.org");

  private TestRepository() {}

  /// A working tree in a fresh folder, with one commit of these files on `main`.
  public static Path with(Map<String, String> files) {
    try {
      Path folder = Files.createTempDirectory("pryo-test-repository");
      try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
        commit(git, files, "Start");
      }
      return folder;
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Adds a commit with these files on the checked-out branch.
  public static void commit(Path folder, Map<String, String> files, String message) {
    try (Git git = Git.open(folder.toFile())) {
      commit(git, files, message);
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Does something while another branch is checked out, and goes back to `main`.
  public static void on(Path folder, String branch, Runnable work) {
    try (Git git = Git.open(folder.toFile())) {
      git.checkout().setName(branch).call();
      work.run();
      git.checkout().setName("main").call();
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commit(Git git, Map<String, String> files, String message)
      throws IOException, GitAPIException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = git.getRepository().getWorkTree().toPath().resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    git.add().addFilepattern(".").call();
    git.commit()
        .setMessage(message)
        .setAuthor(SOMEBODY)
        .setCommitter(SOMEBODY)
        .setSign(false)
        .call();
  }
}
