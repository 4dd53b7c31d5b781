package dev.pryo.platform;

import java.net.URI;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Where people and browsers find this server. Links, snippets and pull requests carry it; it comes
/// from the settings or the bound port, never from a request.
@Component
public class Address {
  private final Settings settings;
  private volatile int port;

  Address(Settings settings) {
    this.settings = settings;
  }

  @EventListener
  void started(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      port = event.getWebServer().getPort();
    }
  }

  /// The port that the server listens on; 0 before it does.
  public int port() {
    return port;
  }

  /// The server's address without a slash at its end.
  public String publicUrl() {
    return settings.publicUrl().isBlank()
        ? "http://127.0.0.1:" + port
        : settings.publicUrl().strip().replaceAll("/+$", "");
  }

  /// The one origin whose pages may call the API in a browser.
  public String frontendOrigin() {
    return origin(settings.frontendUrl().isBlank() ? publicUrl() : settings.frontendUrl().strip());
  }

  /// Scheme, host and port of an address.
  public static String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  /// Whether pages travel encrypted, so that cookies may insist on it.
  public boolean secure() {
    return publicUrl().startsWith("https:");
  }
}
