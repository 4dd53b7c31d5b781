package dev.pryo.account;

import dev.pryo.platform.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/// From where a request comes. `X-Forwarded-For` is believed only from the configured proxies.
@Component
public final class ClientAddress {
  private final List<String> proxies;

  ClientAddress(Settings settings) {
    this.proxies =
        Arrays.stream(settings.trustedProxies().split(","))
            .map(String::strip)
            .filter(proxy -> !proxy.isEmpty())
            .toList();
  }

  /// The nearest address that is not one of our proxies.
  public String of(HttpServletRequest request) {
    String nearest = request.getRemoteAddr();
    String forwarded = request.getHeader("X-Forwarded-For");
    if (forwarded == null || !proxies.contains(nearest)) {
      return nearest;
    }
    return Arrays.stream(forwarded.split(",")).map(String::strip).toList().reversed().stream()
        .filter(address -> !proxies.contains(address))
        .findFirst()
        .orElse(nearest);
  }
}
