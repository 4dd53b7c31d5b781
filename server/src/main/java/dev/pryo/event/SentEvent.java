package dev.pryo.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as a client sent it, right in itself; whether it fits its project is not known yet.
///
/// @param index its place in the request, from 0
/// @param timestamp null: the time of receipt
/// @param properties a JSON object, as it was written
/// @param experiment key or id
/// @param segment key; null: the bucketed one
public record SentEvent(
    int index,
    String id,
    String userId,
    String event,
    @Nullable Instant timestamp,
    @Nullable Double value,
    @Nullable String properties,
    @Nullable String experiment,
    @Nullable String segment,
    boolean preview) {}
