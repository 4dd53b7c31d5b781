package dev.pryo.codehost;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The hosts that this installation can talk to, by their names.
@Component
public final class CodeHosts {
  private final Map<String, CodeHost> hosts;

  CodeHosts(List<CodeHost> hosts) {
    this.hosts =
        hosts.stream().collect(Collectors.toUnmodifiableMap(CodeHost::name, Function.identity()));
  }

  /// The host of that name; nothing where it is not set up.
  public Optional<CodeHost> find(String name) {
    return Optional.ofNullable(hosts.get(name));
  }
}
