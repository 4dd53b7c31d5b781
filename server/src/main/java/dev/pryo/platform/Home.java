package dev.pryo.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder of one installation, held by one server at a time. Only its owner may read what lies
/// in it.
public final class Home implements AutoCloseable {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path folder;
  private final FileChannel channel;

  private Home(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Makes the folder if needed and takes its lock, which the system gives back however the process
  /// ends.
  public static Home open(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(home, permissions("rwx------"));
      FileChannel channel =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new StartFailure(
            "The home %s is in use by another Pryo: stop that one, or start with --home."
                .formatted(home));
      }
      return new Home(home, channel);
    } catch (IOException e) {
      throw new StartFailure(
          "The home %s cannot be written: give this user the right to, or start with --home."
              .formatted(home),
          e);
    }
  }

  /// Refuses a folder that another server holds, and makes none.
  static void requireNotHeld(Path folder) throws IOException {
    if (Files.exists(folder.resolve("lock"))) {
      open(folder).close();
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process, as two servers in one test would
    }
  }

  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /// The text of a file of the home, if it exists.
  public Optional<String> read(String name) {
    try {
      return Files.exists(resolve(name))
          ? Optional.of(Files.readString(resolve(name)).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file that only the owner may read, whole or not at all.
  public void writePrivate(String name, String text) {
    try {
      Path fresh = Files.createTempFile(folder, name, ".new", permissions("rw-------"));
      Files.writeString(fresh, text);
      try {
        Files.move(
            fresh,
            resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(fresh, resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void delete(String name) {
    try {
      Files.deleteIfExists(resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAttribute<?>[] permissions(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
