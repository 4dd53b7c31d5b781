package dev.pryo.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as it was kept.
///
/// @param seq grows with every arrival; where a page ends
/// @param id as it was sent
/// @param named whether it names the experiment that was asked for
/// @param segment index of the segment in that experiment, null where the user is outside of it
/// @param properties a JSON object
public record StoredEvent(
    long seq,
    String id,
    String userId,
    String name,
    Instant at,
    Instant receivedAt,
    @Nullable Double value,
    boolean named,
    @Nullable Integer segment,
    Source source,
    boolean bot,
    @Nullable String properties) {}
