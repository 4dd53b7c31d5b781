package dev.pryo.codehost;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What GitHub publishes of itself: the description of its API and examples of its webhooks, from
/// npm packages of known versions. They are fetched once, by the machine's npm, and never become
/// part of this repository.
final class Octokit {
  private static final Path CACHE = Path.of("target", "octokit");
  private static final JsonMapper JSON = JsonMapper.shared();

  private Octokit() {}

  /// The OpenAPI description of api.github.com.
  static JsonNode api() {
    return read("@octokit/openapi", "23.0.2", "package/generated/api.github.com.json");
  }

  /// A list of `{name, description, examples}`, one for each kind of event.
  static JsonNode webhooks() {
    return read("@octokit/webhooks-examples", "7.6.1", "package/api.github.com/index.json");
  }

  /// What GitHub documents for apps: for each permission the operations that it allows to read and
  /// to write.
  static JsonNode permissions() {
    return read("@octokit/app-permissions", "2.1.0", "package/generated/api.github.com.json")
        .get("permissions");
  }

  /// Skips the test where what it needs is neither here nor to be had.
  static void require() {
    boolean here = Files.exists(CACHE.resolve("octokit-openapi-23.0.2.json"));
    assumeTrue(here || npmIsInstalled(), "npm, which fetches what GitHub publishes of itself");
  }

  private static synchronized JsonNode read(String name, String version, String entry) {
    Path file = CACHE.resolve(name.replaceAll("[@/]", "-").substring(1) + "-" + version + ".json");
    try {
      if (!Files.exists(file)) {
        fetch(name + "@" + version, entry, file);
      }
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fetch(String spec, String entry, Path file) throws IOException {
    Files.createDirectories(CACHE);
    Path folder = Files.createTempDirectory(CACHE, "npm");
    try {
      pack(spec, folder);
      File[] packed = folder.toFile().listFiles((dir, name) -> name.endsWith(".tgz"));
      if (packed == null || packed.length != 1) {
        throw new IOException("npm packed no single archive of " + spec);
      }
      Path whole = folder.resolve("entry.json");
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed[0].toPath()))) {
        extract(in, entry, whole);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      for (File left : List.of(java.util.Objects.requireNonNull(folder.toFile().listFiles()))) {
        Files.delete(left.toPath());
      }
      Files.delete(folder);
    }
  }

  private static void pack(String spec, Path folder) throws IOException {
    Process npm =
        new ProcessBuilder("npm", "pack", "--silent", spec)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("npm.log").toFile())
            .start();
    try {
      if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        npm.destroyForcibly();
        throw new IOException(
            "npm could not fetch " + spec + ": " + Files.readString(folder.resolve("npm.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// One file of a tar archive: blocks of 512 bytes, a header before each file.
  private static void extract(InputStream tar, String entry, Path to) throws IOException {
    while (true) {
      byte[] header = tar.readNBytes(512);
      if (header.length < 512 || header[0] == 0) {
        throw new IOException("The package has no " + entry);
      }
      String name = text(header, 0, 100);
      long size = Long.parseLong(text(header, 124, 12).strip(), 8);
      if (name.equals(entry)) {
        Files.write(to, tar.readNBytes((int) size));
        return;
      }
      tar.skipNBytes((size + 511) / 512 * 512);
    }
  }

  private static String text(byte[] header, int from, int length) {
    String field = new String(header, from, length, StandardCharsets.US_ASCII);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }

  private static boolean npmIsInstalled() {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(dir -> Files.isExecutable(Path.of(dir, "npm")));
  }
}
