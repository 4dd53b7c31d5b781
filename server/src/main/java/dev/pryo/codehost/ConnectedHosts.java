package dev.pryo.codehost;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A code host that is reached through the connections of people. Spring finds those that this
/// installation has.
public interface ConnectedHosts {

  /// The name by which a [RepositoryRef] asks for it.
  String name();

  /// The host as the first of these people reaches it; nothing where none of them is connected.
  ///
  /// @param people accounts, in the order in which they are asked
  Optional<CodeHost> reach(RepositoryRef ref, List<UUID> people);
}
