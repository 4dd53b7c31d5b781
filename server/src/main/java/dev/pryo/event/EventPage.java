package dev.pryo.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of stored events, the newest arrival first.
///
/// @param events may be fewer than were asked for, even none, although more follow: a page ends
///   where looking further would cost more than a page may
/// @param next what the next page has to be before; null where nothing follows
public record EventPage(List<StoredEvent> events, @Nullable Long next) {}
