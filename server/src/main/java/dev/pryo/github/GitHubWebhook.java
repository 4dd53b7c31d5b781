package dev.pryo.github;

import dev.pryo.implementation.PullRequests;
import dev.pryo.implementation.Remarks;
import dev.pryo.platform.Tenant;
import dev.pryo.platform.Unauthorized;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What GitHub tells. A delivery is only a hint of where to look: what became of a pull request is
/// then asked of GitHub itself, so that deliveries that come twice, late, in another order or by
/// two hooks change nothing that is not so.
@RestController
@Tag(name = "GitHub")
class GitHubWebhook {
  private static final Logger LOG = LoggerFactory.getLogger(GitHubWebhook.class);

  private final GitHubSettings settings;
  private final Apps apps;
  private final Connections connections;
  private final PullRequests pullRequests;
  private final Remarks remarks;
  private final JsonMapper json;

  GitHubWebhook(
      GitHubSettings settings,
      Apps apps,
      Connections connections,
      PullRequests pullRequests,
      Remarks remarks,
      JsonMapper json) {
    this.settings = settings;
    this.apps = apps;
    this.connections = connections;
    this.pullRequests = pullRequests;
    this.remarks = remarks;
    this.json = json;
  }

  @Operation(
      operationId = "gitHubWebhook",
      summary = "What GitHub tells, signed with HMAC-SHA256 in X-Hub-Signature-256")
  @PostMapping("/api/github/webhook")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @SecurityRequirements
  void deliver(
      @RequestHeader(name = "X-Hub-Signature-256", defaultValue = "") String signature,
      @RequestHeader(name = "X-GitHub-Event", defaultValue = "") String event,
      @RequestBody(required = false) byte @Nullable [] body) {
    byte[] said = body == null ? new byte[0] : body;
    if (secrets().stream().noneMatch(secret -> isSigned(said, signature, secret))) {
      throw new Unauthorized(
          "This delivery is not signed with a secret that this Pryo knows: give the webhook the one of GITHUB_WEBHOOK_SECRET.");
    }
    try {
      hear(event, json.readTree(said));
    } catch (JacksonException e) {
      LOG.warn("A signed delivery of {} is no JSON: set the webhook to application/json", event);
    }
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    if (!settings.webhookSecret().isBlank()) {
      secrets.add(settings.webhookSecret().strip());
    }
    apps.find().map(app -> app.secrets().webhookSecret()).ifPresent(secrets::add);
    return secrets;
  }

  private static boolean isSigned(byte[] body, String signature, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String right = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          right.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param pulls one pull request, or a list of them
  private void look(JsonNode told, JsonNode pulls, Set<String> branches) {
    String repository = told.at("/repository/full_name").asString("");
    Set<Integer> numbers =
        (pulls.isArray() ? pulls.valueStream() : Stream.of(pulls))
            .map(pull -> pull.path("number").asInt(0))
            .collect(Collectors.toSet());
    Tenant.system(() -> {
      remarks.heard("github", repository, numbers, branches);
      return true;
    });
  }

  /// A run names its pull requests only where GitHub has found them by then; its branch it names
  /// always, and a status all that hold its commit.
  private static Set<String> branches(String event, JsonNode told) {
    return Stream.concat(
            Stream.of("/check_run/check_suite/head_branch", "/" + event + "/head_branch")
                .map(at -> told.at(at).asString("")),
            told.path("branches").valueStream().map(branch -> branch.path("name").asString("")))
        .collect(Collectors.toSet());
  }

  /// Other events, and what they may hold beside this, are of no use here.
  private void hear(String event, JsonNode told) {
    switch (event) {
      case "pull_request" -> {
        String repository = told.at("/repository/full_name").asString("");
        int number = told.path("number").asInt(0);
        Tenant.system(() -> {
          pullRequests.heard("github", repository, number);
          return true;
        });
      }
      case "check_run", "check_suite", "workflow_run", "status" ->
          look(told, told.path(event).path("pull_requests"), branches(event, told));
      case "issue_comment", "pull_request_review_comment" ->
          look(told, told.path(event.equals("issue_comment") ? "issue" : "pull_request"), Set.of());
      case "github_app_authorization" -> {
        if (told.path("action").asString("").equals("revoked")) {
          connections.offFor(told.at("/sender/id").asLong(0));
        }
      }
      default -> LOG.debug("A delivery of {} needs nothing", event);
    }
  }
}
