package dev.pryo.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Google's keys, of one key, at an address of this machine; how often they were asked for is
/// counted.
public final class FakeGoogle {
  /// The client that servers of tests are there.
  public static final String CLIENT = "pryo.apps.example";

  private static final FakeGoogle SHARED = new FakeGoogle();

  final RSAKey key;
  final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  private FakeGoogle() {
    try {
      key = new RSAKeyGenerator(2048).keyID("google-1").generate();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/certs",
          exchange -> {
            try (exchange) {
              asked.incrementAndGet();
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, keys.length);
              exchange.getResponseBody().write(keys);
            }
          });
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static FakeGoogle shared() {
    return SHARED;
  }

  public String keys() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/certs";
  }
}
