package dev.pryo.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a request's events. Accepted ones are durable by now.
///
/// @param accepted newly kept
/// @param duplicates known by their id already; the first write stands
public record Receipt(int accepted, int duplicates, List<Rejected> rejected) {

  /// An event that was not kept.
  ///
  /// @param index its place in the request, from 0
  /// @param id null where it has none that can be read
  /// @param reason what is wrong and how to mend it
  public record Rejected(int index, @Nullable String id, String reason) {}
}
