package dev.pryo.codehost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.api.errors.InvalidRefNameException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// Makes a bare repository with one commit. It is made beside its place and renamed in the last
/// step, so a crash leaves no half of it; what an earlier crash left is cleared away.
record NewRepository(Path folder, String branch) {

  void create(List<FileEdit> files, String message, PersonIdent author) throws IOException {
    Path draft = folder.resolveSibling(folder.getFileName() + ".new");
    delete(draft);
    Files.createDirectories(draft);
    SafeGit.isolate();
    try (Repository repository =
        new FileRepositoryBuilder()
            .setGitDir(draft.toFile())
            .setBare()
            .setInitialBranch(branch)
            .build()) {
      repository.create(true);
      fill(repository, files, message, author);
    } catch (InvalidRefNameException e) {
      throw new IllegalArgumentException(branch + " is no name for a Git branch.", e);
    }
    Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private void fill(Repository repository, List<FileEdit> files, String message, PersonIdent author)
      throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = GitCommits.put(DirCache.newInCore(), files, inserter);
      ObjectId commit = GitCommits.commit(tree, List.of(), message, author, inserter);
      var refs = new Refs(repository);
      if (!refs.move(Constants.R_HEADS + branch, null, commit, author, "commit (initial)")) {
        throw new IOException("Git could not write the branch " + branch + ".");
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
