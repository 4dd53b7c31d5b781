package dev.pryo.platform;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// On whose behalf the current thread talks to the database: an account, or Pryo itself for jobs,
/// ingest and migrations. Row security shows nothing to a transaction that has neither.
public final class Tenant {
  private static final String SYSTEM = "system";
  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

  private Tenant() {}

  /// Runs the work for an account.
  public static <T extends @Nullable Object, X extends Throwable> T as(
      UUID account, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, account.toString()).call(work);
  }

  /// Runs the work as Pryo itself; who may see the answer has then been decided in code.
  public static <T extends @Nullable Object, X extends Throwable> T system(
      ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, SYSTEM).call(work);
  }

  /// The work for another thread that helps the current one, on behalf of whoever this one acts
  /// for.
  public static Runnable carried(Runnable work) {
    String who = current();
    return () -> ScopedValue.where(CURRENT, who).run(work);
  }

  static String current() {
    return CURRENT.isBound() ? CURRENT.get() : "";
  }
}
