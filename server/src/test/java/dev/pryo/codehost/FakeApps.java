package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.FakeGitHub.Call;
import dev.pryo.codehost.FakeGitHub.Reply;
import dev.pryo.codehost.PublishedApi.Operation;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fake's one app: made from a manifest, installed on some repositories, and speaking by JWTs
/// that its key has signed.
final class FakeApps {
  static final String BOT = "pryo[bot]";
  private static final long INSTALLATION = 77;

  private final FakeGitHub github;
  private final KeyPair keys;
  private final Map<String, JsonNode> codes = new ConcurrentHashMap<>();
  private final Set<String> covered = ConcurrentHashMap.newKeySet();
  private volatile boolean suspended;

  FakeApps(FakeGitHub github) {
    this.github = github;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Somebody presses the button on GitHub's page.
  String make(String manifest) {
    String code = "made" + codes.size();
    codes.put(code, JsonMapper.shared().readTree(manifest));
    return code;
  }

  /// As GitHub hands it out: PKCS #1.
  String pem() {
    try {
      byte[] inner =
          PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
              .parsePrivateKey()
              .toASN1Primitive()
              .getEncoded();
      return "-----BEGIN RSA PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(inner)
          + "\n-----END RSA PRIVATE KEY-----\n";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void install(FakeRepository repository) {
    covered.add(repository.fullName);
    repository.mayPush(BOT);
  }

  void uninstall(FakeRepository repository) {
    covered.remove(repository.fullName);
    github.revokeAll(BOT);
  }

  void suspend(boolean now) {
    suspended = now;
    github.revokeAll(BOT);
  }

  /// Whether this operation is one of apps.
  static boolean knows(Operation operation) {
    return operation.template().startsWith("/app")
        || operation.template().endsWith("/installation")
        || operation.template().startsWith("/user/installations");
  }

  Reply answer(Operation operation, Call call) {
    return switch (operation.toString()) {
      case "POST /app-manifests/{code}/conversions" -> made(operation, call);
      case "GET /repos/{owner}/{repo}/installation" -> installation(operation, call);
      case "POST /app/installations/{installation_id}/access_tokens" -> token(operation, call);
      case "GET /user/installations" -> ofUser(operation);
      case "GET /user/installations/{installation_id}/repositories" -> coveredBy(operation);
      default -> throw new AssertionError("The fake has no " + operation);
    };
  }

  private Reply made(Operation operation, Call call) {
    JsonNode manifest = codes.remove(call.path().split("/")[2]);
    if (manifest == null) {
      throw FakeApi.no(404, "Not Found");
    }
    ObjectNode app = (ObjectNode) PublishedApi.shared().example(operation, 201);
    app.put("slug", "pryo-test")
        .put("html_url", github.web() + "/apps/pryo-test")
        .put("pem", pem())
        .put("webhook_secret", "the app's own webhook secret");
    return Reply.of(201, app);
  }

  private Reply installation(Operation operation, Call call) {
    requireApp(call);
    String[] parts = call.path().split("/");
    if (!covered.contains(parts[2] + "/" + parts[3])) {
      throw FakeApi.no(404, "Not Found");
    }
    ObjectNode found = (ObjectNode) PublishedApi.shared().example(operation, 200);
    return Reply.of(200, found.put("id", INSTALLATION));
  }

  private Reply token(Operation operation, Call call) {
    requireApp(call);
    if (suspended) {
      throw FakeApi.no(403, "This installation has been suspended");
    }
    ObjectNode given = (ObjectNode) PublishedApi.shared().example(operation, 201);
    given
        .put("token", github.token(BOT))
        .put(
            "expires_at",
            Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString());
    return Reply.of(201, given);
  }

  private static Reply ofUser(Operation operation) {
    ObjectNode page = (ObjectNode) PublishedApi.shared().example(operation, 200);
    ((ObjectNode) page.get("installations").get(0)).put("id", INSTALLATION);
    ArrayNode one = JsonMapper.shared().createArrayNode().add(page.get("installations").get(0));
    page.set("installations", one);
    return Reply.of(200, page.put("total_count", 1));
  }

  private Reply coveredBy(Operation operation) {
    ObjectNode page = (ObjectNode) PublishedApi.shared().example(operation, 200);
    JsonNode example = page.get("repositories").get(0);
    ArrayNode all = page.putArray("repositories");
    covered.stream()
        .sorted()
        .forEach(name ->
            all.add(
                ((ObjectNode) example.deepCopy())
                    .put("full_name", name)
                    .put("default_branch", "main")
                    .put("archived", false)));
    return Reply.of(200, page.put("total_count", covered.size()));
  }

  /// A JWT of ten minutes at most, signed with the app's key.
  private void requireApp(Call call) {
    try {
      String[] parts = call.token().split("\\.");
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
      long life = claims.get("exp").asLong() - claims.get("iat").asLong();
      if (parts.length != 3
          || !signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          || life > 600
          || Objects.requireNonNull(claims.get("iss")).asString().isEmpty()) {
        throw FakeApi.no(401, "A JSON web token could not be decoded");
      }
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | ArrayIndexOutOfBoundsException e) {
      throw FakeApi.no(401, "A JSON web token could not be decoded");
    }
  }
}
