package dev.pryo.share;

import java.time.Instant;

/// That an experiment's results are shared. The link itself is known to whoever made it alone.
///
/// @param expiresAt when the link ends by itself
public record Share(Instant createdAt, Instant expiresAt) {}
