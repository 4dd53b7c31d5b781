package dev.pryo.platform;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What the operator set; every key stands in `application.yml` with its meaning and default.
@ConfigurationProperties("pryo")
public record Settings(
    Path home,
    String publicUrl,
    String frontendUrl,
    String databaseUrl,
    String secretKey,
    String secretKeyBefore,
    Signup signup,
    boolean rateLimits,
    String trustedProxies,
    String localRoots,
    int shopPort,
    String sharedBuffers,
    String maxWalSize) {

  /// Who may make an account.
  public enum Signup {
    OPEN,
    INVITE,
    CLOSED
  }

  /// Whether Pryo runs on a database of its own, on this machine, for its owner.
  public boolean embedded() {
    return databaseUrl.isBlank();
  }
}
