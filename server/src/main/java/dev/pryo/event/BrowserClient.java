package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One version of the browser client, minified in the build.
///
/// @param version names this text and no other: of a build between two releases, the content's
///   fingerprint is part of it
/// @param fingerprint of the content; the client tells its beginning with its events
public record BrowserClient(String version, String fingerprint, String script) {
  private static final Pattern BANNER = Pattern.compile("/\\*! Pryo (\\S+) (\\S+) .*");
  private static final BrowserClient CURRENT = read();

  /// What the client's source says of itself, where a site has taken it as a module.
  private static final String MODULE = "unknown";

  /// The one that came with this server.
  public static BrowserClient current() {
    return CURRENT;
  }

  /// One that was served before, as it is kept.
  static BrowserClient kept(String version, String script) {
    Matcher banner = BANNER.matcher(script.lines().findFirst().orElse(""));
    return new BrowserClient(version, banner.matches() ? banner.group(2) : version, script);
  }

  private static BrowserClient read() {
    try (InputStream file =
        Objects.requireNonNull(BrowserClient.class.getResourceAsStream("/static-client/pryo.js"))) {
      String script = new String(file.readAllBytes(), UTF_8);
      Matcher banner = BANNER.matcher(script.lines().findFirst().orElse(""));
      if (!banner.matches()) {
        throw new IllegalStateException("The browser client does not say its version");
      }
      return new BrowserClient(
          banner.group(1).replace("SNAPSHOT", banner.group(2)), banner.group(2), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a tag says in its `integrity` attribute, so that a browser refuses any other content.
  public String integrity() {
    return "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384"));
  }

  /// Whether it is this one that says so of itself, or one whose age nobody knows.
  boolean sent(String told) {
    return told.equals(MODULE) || (!told.isEmpty() && fingerprint.startsWith(told));
  }

  byte[] bytes() {
    return script.getBytes(UTF_8);
  }

  byte[] digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has them
    }
  }
}
