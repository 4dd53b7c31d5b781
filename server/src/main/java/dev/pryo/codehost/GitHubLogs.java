package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.jgit.transport.http.HttpConnection;

/// Reads the end of a log from where GitHub sends whoever asks for it: a store elsewhere, whose
/// address is good for a minute. The token does not go there. An address of GitHub itself is opened
/// as GitHub is; any other has to be `https:` on the public internet.
///
/// @param own the servers of this GitHub, `https://github.com`
record GitHubLogs(Set<String> own, Predicate<InetAddress> allowed, InstantSource clock) {
  private static final int MOST_BYTES = 32 << 20;
  private static final int KEPT_BYTES = 64 << 10;
  private static final int LONGEST = 8_000;
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration WHOLE = Duration.ofSeconds(60);

  /// When each line was written, which GitHub puts before it.
  private static final Pattern TIME =
      Pattern.compile("(?m)^\\uFEFF?\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z ?");

  private static final String ERROR = "##[error]";

  static GitHubLogs of(String web, String api, InstantSource clock) {
    return new GitHubLogs(
        Stream.of(web, api).map(URI::create).map(GitHubLogs::server).collect(toUnmodifiableSet()),
        PublicAddresses::contains,
        clock);
  }

  private static String server(URI address) {
    return "%s://%s:%d".formatted(address.getScheme(), address.getHost(), address.getPort());
  }

  /// The lines before the last error, some thousand characters: what comes behind it only tidies
  /// up.
  ///
  /// @throws IOException where it cannot be read, or its address may not be opened
  String end(URI address) throws IOException {
    String text = TIME.matcher(new String(tail(address), UTF_8)).replaceAll("");
    int error = text.lastIndexOf(ERROR);
    int end = error < 0 ? -1 : text.indexOf('\n', error);
    String before = (end < 0 ? text : text.substring(0, end)).strip();
    return before.length() <= LONGEST ? before : "…" + before.substring(before.length() - LONGEST);
  }

  private byte[] tail(URI address) throws IOException {
    HttpConnection connection = open(address);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) ANSWER.toMillis());
    connection.setReadTimeout((int) ANSWER.toMillis());
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("the log is not there");
    }
    try (InputStream in = connection.getInputStream()) {
      return tail(in);
    }
  }

  private HttpConnection open(URI address) throws IOException {
    if (address.getHost() == null || address.getUserInfo() != null) {
      throw new IOException("an address that names no server");
    }
    if (own.contains(server(address))) {
      return new HttpsConnection(
          (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY));
    }
    return new CheckedHttp(
            address.toURL(), allowed, (SSLSocketFactory) SSLSocketFactory.getDefault())
        .create(address.toURL());
  }

  private byte[] tail(InputStream in) throws IOException {
    Instant last = clock.instant().plus(WHOLE);
    byte[] kept = new byte[2 * KEPT_BYTES];
    int filled = 0;
    for (int all = 0; all < MOST_BYTES && clock.instant().isBefore(last); ) {
      if (filled == kept.length) {
        System.arraycopy(kept, KEPT_BYTES, kept, 0, KEPT_BYTES);
        filled = KEPT_BYTES;
      }
      int read = in.read(kept, filled, kept.length - filled);
      if (read < 0) {
        break;
      }
      filled += read;
      all += read;
    }
    return Arrays.copyOfRange(kept, Math.max(0, filled - KEPT_BYTES), filled);
  }
}
