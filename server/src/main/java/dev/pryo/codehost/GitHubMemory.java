package dev.pryo.codehost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// What GitHub answered lately. What is named by its content is not asked for again; anything else
/// is asked for again only with the words "if it has changed", which costs nothing of the rate
/// limit where it has not.
final class GitHubMemory {
  private static final long MOST_BYTES = 32L << 20;
  private static final int LARGEST = 8 << 20;
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Pattern UNCHANGING =
      Pattern.compile(
          ".*/(?:git/(?:trees|blobs|commits)/[0-9a-f]{40}|compare/[0-9a-f]{40}\\.\\.\\.[0-9a-f]{40})");

  /// An answer worth keeping.
  ///
  /// @param etag what names this version of it; null where it cannot change
  record Kept(@Nullable String etag, HttpHeaders headers, byte[] body) {}

  private record Key(String access, URI address) {}

  private final Cache<Key, Kept> answers =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, Kept kept) -> kept.body().length + 1000)
          .expireAfterAccess(LIFE)
          .build();

  Optional<Kept> find(String access, URI address) {
    return Optional.ofNullable(answers.getIfPresent(new Key(access, address)));
  }

  void keep(String access, URI address, HttpHeaders headers, byte[] body) {
    boolean unchanging = UNCHANGING.matcher(address.getPath()).matches();
    String etag = headers.getETag();
    if (body.length <= LARGEST && (unchanging || etag != null)) {
      answers.put(new Key(access, address), new Kept(unchanging ? null : etag, headers, body));
    }
  }

  /// Forgets what was read through an access that has ended.
  void forget(String access) {
    answers.asMap().keySet().removeIf(key -> key.access().equals(access));
  }
}
