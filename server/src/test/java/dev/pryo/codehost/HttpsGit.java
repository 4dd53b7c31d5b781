package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/// A Git server behind TLS: every folder below its own is a repository, which may be read by
/// anyone, or by the token, and written by the token only.
final class HttpsGit implements AutoCloseable {
  static final String TOKEN = "glpat-what-only-the-owner-knows";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final HttpsServer server;
  private final SSLContext tls;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final AtomicInteger hits = new AtomicInteger();
  volatile boolean isPublic;
  volatile @Nullable String redirect;

  HttpsGit(Path folder) throws Exception {
    this.folder = folder;
    KeyStore keys = Keys.MADE;
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// Made once: the JDK's tool takes a second.
  private static final class Keys {
    static final KeyStore MADE = make();

    private static KeyStore make() {
      try {
        return keys(Files.createTempDirectory("pryo-test-keys").resolve("keys.p12"));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static KeyStore keys(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "git",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-validity",
                "2",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore both = KeyStore.getInstance("PKCS12"); // the key, and its certificate as trusted
    both.load(null, PASSWORD);
    both.setKeyEntry(
        "git", keys.getKey("git", PASSWORD), PASSWORD, keys.getCertificateChain("git"));
    both.setCertificateEntry("trusted", keys.getCertificate("git"));
    return both;
  }

  /// What trusts this server's certificate.
  SSLSocketFactory trust() {
    return tls.getSocketFactory();
  }

  String address(String name) {
    return "https://localhost:%d/%s".formatted(server.getAddress().getPort(), name);
  }

  private void answer(HttpExchange exchange) throws IOException {
    hits.incrementAndGet();
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String to = redirect;
      if (to != null) {
        exchange
            .getResponseHeaders()
            .set("Location", to + path + "?" + exchange.getRequestURI().getRawQuery());
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      boolean writes =
          path.endsWith("/git-receive-pack")
              || String.valueOf(exchange.getRequestURI().getQuery()).contains("receive-pack");
      if (!(isPublic && !writes) && !signedIn(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      Path place = folder.resolve(path.substring(1).replaceFirst("/(info/refs|git-[a-z-]+)$", ""));
      if (!Files.isDirectory(place)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      try (Repository git = Git.open(place.toFile()).getRepository()) {
        serve(exchange, git, writes, path.endsWith("/info/refs"));
      }
    }
  }

  private static boolean signedIn(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null
        && header.startsWith("Basic ")
        && new String(Base64.getDecoder().decode(header.substring(6)), UTF_8).endsWith(":" + TOKEN);
  }

  private static void serve(HttpExchange exchange, Repository git, boolean writes, boolean refs)
      throws IOException {
    String service = writes ? "git-receive-pack" : "git-upload-pack";
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            "application/x-%s-%s".formatted(service, refs ? "advertisement" : "result"));
    UploadPack upload = new UploadPack(git);
    upload.setBiDirectionalPipe(false);
    ReceivePack receive = new ReceivePack(git);
    receive.setBiDirectionalPipe(false);
    String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
    if (protocol != null) {
      upload.setExtraParameters(List.of(protocol.split(":")));
    }
    exchange.sendResponseHeaders(200, 0);
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream in = gzip ? new GZIPInputStream(body) : body;
        OutputStream out = exchange.getResponseBody()) {
      if (refs) {
        var lines = new PacketLineOut(out);
        lines.writeString("# service=" + service + "\n");
        lines.end();
        var advertiser = new PacketLineOutRefAdvertiser(lines);
        if (writes) {
          receive.sendAdvertisedRefs(advertiser);
        } else {
          upload.sendAdvertisedRefs(advertiser);
        }
      } else if (writes) {
        receive.receive(in, out, null);
      } else {
        upload.upload(in, out, null);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
