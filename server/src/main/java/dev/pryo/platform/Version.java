package dev.pryo.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which Pryo this is.
public final class Version {
  private static final String CURRENT = read();

  private Version() {}

  /// The version that was built; `development` where nothing was packaged.
  public static String current() {
    return CURRENT;
  }

  private static String read() {
    try (InputStream file = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
      Properties build = new Properties();
      if (file != null) {
        build.load(file);
      }
      return build.getProperty("build.version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
