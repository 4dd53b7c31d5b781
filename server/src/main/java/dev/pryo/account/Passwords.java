package dev.pryo.account;

import dev.pryo.platform.Invalid;
import dev.pryo.platform.Unavailable;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Passwords, hashed with argon2id (19 MiB, two passes: the first of OWASP's recommended settings).
/// So many hashes run at once as there are processors; more wait.
@Component
final class Passwords {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 1000;
  private static final Set<String> COMMON = CommonPasswords.load();

  private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
  private final Semaphore room =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final String nobody = encode("a password that no account has");

  void check(Invalid.Collector problems, @Nullable String password, String field) {
    int length = password == null ? 0 : password.codePointCount(0, password.length());
    problems
        .check(
            length >= SHORTEST && length <= LONGEST,
            field,
            "must have %d to %d characters".formatted(SHORTEST, LONGEST))
        .check(
            password == null || !COMMON.contains(password.toLowerCase(Locale.ROOT)),
            field,
            "is one of the most common passwords: choose another");
  }

  String hash(String password) {
    return bounded(() -> encode(password));
  }

  /// Compares in the same time whether or not there is such an account.
  boolean matches(String password, @Nullable String hash) {
    return bounded(() -> argon2.matches(password, hash == null ? nobody : hash)) && hash != null;
  }

  private String encode(String password) {
    return java.util.Objects.requireNonNull(argon2.encode(password));
  }

  private <T> T bounded(Supplier<T> work) {
    try {
      if (!room.tryAcquire(10, TimeUnit.SECONDS)) {
        throw new Unavailable(
            "Too many people sign in at this moment: try again in a few seconds.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping: try again in a few seconds.");
    }
    try {
      return work.get();
    } finally {
      room.release();
    }
  }
}
