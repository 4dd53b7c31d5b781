package dev.pryo.codehost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;

/// A bare repository in a folder of its own that is gone when it is closed.
record Scratch(Path folder, Repository repository) implements AutoCloseable {

  static Scratch make() throws IOException {
    Path folder = Files.createTempDirectory("pryo-scratch");
    try {
      return new Scratch(folder, SafeGit.create(folder));
    } catch (IOException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  @Override
  public void close() {
    repository.close();
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
