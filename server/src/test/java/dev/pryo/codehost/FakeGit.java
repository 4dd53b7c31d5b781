package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// The fake's Git over HTTP, for fetches only: `/owner/repo.git/info/refs` and
/// `/owner/repo.git/git-upload-pack`.
record FakeGit(FakeGitHub github) {

  void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    github.counted("git " + path.substring(path.indexOf(".git/") + 5));
    int end = path.indexOf(".git/");
    FakeRepository found = end < 0 ? null : github.repository(path.substring(1, end));
    if (found == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (!signedIn(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitHub\"");
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    try (Repository git = found.open()) {
      git.getConfig().setBoolean("uploadpack", null, "allowFilter", true);
      UploadPack upload = new UploadPack(git);
      upload.setBiDirectionalPipe(false);
      upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
      String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
      if (protocol != null) {
        upload.setExtraParameters(List.of(protocol.split(":")));
      }
      if (path.endsWith("/info/refs")) {
        advertise(exchange, upload);
      } else {
        upload(exchange, upload);
      }
    }
  }

  private boolean signedIn(HttpExchange exchange) {
    String header =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
    if (!header.startsWith("Basic ")) {
      return false;
    }
    String pair = new String(Base64.getDecoder().decode(header.substring(6)), UTF_8);
    return github.login(pair.substring(pair.indexOf(':') + 1)) != null;
  }

  private static void advertise(HttpExchange exchange, UploadPack upload) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Type", "application/x-git-upload-pack-advertisement");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      var lines = new PacketLineOut(out);
      lines.writeString("# service=git-upload-pack\n");
      lines.end();
      upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
    }
  }

  private static void upload(HttpExchange exchange, UploadPack upload) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
    exchange.sendResponseHeaders(200, 0);
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream in = gzip ? new GZIPInputStream(body) : body;
        OutputStream out = exchange.getResponseBody()) {
      upload.upload(in, out, null);
    }
  }
}
