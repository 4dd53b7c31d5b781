package dev.pryo;

import dev.pryo.account.FakeGoogle;
import dev.pryo.codehost.FakeGitHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Gives a test's server a fresh home, below which `file:` repositories may lie, and a GitHub of
/// its own.
public final class TestHome
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  /// What deliveries of webhooks are signed with.
  public static final String WEBHOOK_SECRET = "what only GitHub and the test know";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    try {
      Path home = Files.createTempDirectory("pryo-test-home");
      TestPropertyValues.of(
              "pryo.home=" + home,
              "pryo.local-roots=" + System.getProperty("java.io.tmpdir"),
              "pryo.github.url=" + FakeGitHub.shared().web(),
              "pryo.github.api-url=" + FakeGitHub.shared().api(),
              "pryo.github.client-id=" + FakeGitHub.client().getFirst(),
              "pryo.github.client-secret=" + FakeGitHub.client().getLast(),
              "pryo.github.webhook-secret=" + WEBHOOK_SECRET,
              "pryo.google.client-id=" + FakeGoogle.CLIENT,
              "pryo.google.jwks-url=" + FakeGoogle.shared().keys())
          .applyTo(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
