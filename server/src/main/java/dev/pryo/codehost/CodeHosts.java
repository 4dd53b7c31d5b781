package dev.pryo.codehost;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The hosts that this installation can talk to, by their names.
@Component
public final class CodeHosts {
  private final Map<String, CodeHost> hosts;
  private final Map<String, ConnectedHosts> connected;

  CodeHosts(List<CodeHost> hosts, List<ConnectedHosts> connected) {
    this.hosts =
        hosts.stream().collect(Collectors.toUnmodifiableMap(CodeHost::name, Function.identity()));
    this.connected =
        connected.stream()
            .collect(Collectors.toUnmodifiableMap(ConnectedHosts::name, Function.identity()));
  }

  /// The host of that name that needs nobody's connection; nothing where there is none.
  public Optional<CodeHost> find(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /// The host of a repository, as these people reach it.
  ///
  /// @param people accounts, in the order in which their connections are tried
  public Optional<CodeHost> find(RepositoryRef ref, List<UUID> people) {
    ConnectedHosts through = connected.get(ref.host());
    return through == null ? find(ref.host()) : through.reach(ref, people);
  }
}
