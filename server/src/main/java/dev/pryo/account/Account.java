package dev.pryo.account;

import java.time.Instant;
import java.util.UUID;

/// A person who signs in, as the API shows them.
public record Account(UUID id, String email, String name, Instant createdAt) {}
