package dev.pryo.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A checked event, about to be kept.
///
/// @param id as it was sent, unique in the project
/// @param userKey 64 bits of a keyed hash of the user's id
/// @param name the event's name; `$exposure` for a mere exposure
/// @param at the client's time, or that of receipt where there is none
/// @param segment index of the segment in the named experiment; null where the user is outside of
///   it, and where none is named
/// @param mismatch whether the client's segment is not the bucketed one
/// @param properties a JSON object
public record NewEvent(
    long projectNo,
    String id,
    String userId,
    long userKey,
    String name,
    Instant at,
    Instant receivedAt,
    @Nullable Double value,
    @Nullable Long experimentNo,
    @Nullable Integer segment,
    boolean mismatch,
    Source source,
    boolean bot,
    @Nullable String properties) {
  /// The name of an event that says nothing but that its user saw a segment.
  public static final String EXPOSURE = "$exposure";
}
