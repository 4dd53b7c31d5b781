package dev.pryo.account;

import java.util.UUID;

/// A read of one experiment that is polled so often that [ShortReads] asks it itself, without
/// Spring's dispatcher. The same route has a controller, which answers whenever this one throws.
public interface ShortRead {
  /// The last part of the route, after the experiment's id: `status`.
  String route();

  /// The answer's body.
  Object read(Account account, UUID experiment);
}
