package dev.pryo.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `DATABASE_URL` in any of its usual forms, as JDBC wants it.
///
/// @param jdbc the address without user and password
record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {
  private static final Set<String> SCHEMES =
      Set.of("postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg");

  static DatabaseUrl parse(String text) {
    String url = text.strip();
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(url, null, null); // user and password stand in its parameters
    }
    try {
      URI uri = new URI(url);
      if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
        throw unreadable();
      }
      String[] login =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      return new DatabaseUrl(
          "jdbc:postgresql://%s%s%s%s"
              .formatted(
                  uri.getHost(),
                  uri.getPort() < 0 ? "" : ":" + uri.getPort(),
                  uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
                  uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
          login.length > 0 ? decoded(login[0]) : null,
          login.length > 1 ? decoded(login[1]) : null);
    } catch (URISyntaxException e) {
      throw unreadable();
    }
  }

  /// The address may hold a password, so the sentence does not repeat it.
  private static StartFailure unreadable() {
    return new StartFailure(
        "DATABASE_URL cannot be read: write postgresql://user:password@host:5432/database, with special"
            + " characters of the password percent-encoded.");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "DatabaseUrl[…]";
  }
}
