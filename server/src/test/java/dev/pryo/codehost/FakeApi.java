package dev.pryo.codehost;

import dev.pryo.codehost.FakeGitHub.Call;
import dev.pryo.codehost.FakeGitHub.Reply;
import dev.pryo.codehost.PublishedApi.Operation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the fake GitHub answers, and to whom.
record FakeApi(FakeGitHub github) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// GitHub says no.
  static final class No extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reply reply;

    No(Reply reply) {
      super("no");
      this.reply = reply;
    }
  }

  Reply answer(Call call) throws IOException {
    Call named = byName(call);
    PublishedApi published = PublishedApi.shared();
    Operation operation = published.operation(named.method(), named.path());
    published.request(operation, named.query().keySet(), named.body());
    Reply reply;
    try {
      reply =
          FakeLogin.knows(operation)
              ? github.signIn().takenBack(named)
              : FakeApps.knows(operation)
                  ? github.apps().answer(operation, named)
                  : named.login().isEmpty()
                      ? no(401, "Bad credentials").reply
                      : route(operation, named);
    } catch (No e) {
      reply = e.reply;
    }
    published.answer(operation, reply.status(), reply.body());
    return reply;
  }

  /// Where a redirect led: a repository by its number, which the description does not have.
  private Call byName(Call call) {
    if (!call.path().startsWith("/repositories/")) {
      return call;
    }
    String[] parts = call.path().split("/", 4);
    FakeRepository found =
        github.repositories().stream()
            .filter(repository -> parts[2].equals(String.valueOf(repository.id)))
            .findFirst()
            .orElseThrow();
    return new Call(
        call.method(),
        "/repos/" + found.fullName + (parts.length > 3 ? "/" + parts[3] : ""),
        call.query(),
        call.token(),
        call.login(),
        call.body());
  }

  private Reply route(Operation operation, Call call) throws IOException {
    if (operation.template().startsWith("/repos/{owner}/{repo}")) {
      return inRepository(operation, call);
    }
    return switch (operation.toString()) {
      case "GET /user" -> Reply.of(200, user(operation, call.login()));
      case "GET /user/repos" -> Reply.of(200, repositories(operation, call));
      default -> throw new AssertionError("The fake has no " + operation);
    };
  }

  private static JsonNode user(Operation operation, String login) {
    return ((ObjectNode) PublishedApi.shared().example(operation, 200)).put("login", login);
  }

  private JsonNode repositories(Operation operation, Call call) {
    ArrayNode all = JSON.createArrayNode();
    int page = Integer.parseInt(call.query().getOrDefault("page", "1"));
    int size = Integer.parseInt(call.query().getOrDefault("per_page", "30"));
    JsonNode example = PublishedApi.shared().example(operation, 200).get(0);
    github.repositories().stream()
        .filter(repository -> repository.writers.contains(call.login()))
        .skip((page - 1L) * size)
        .limit(size)
        .forEach(repository ->
            all.add(described((ObjectNode) example.deepCopy(), repository, call.login())));
    return all;
  }

  private ObjectNode described(ObjectNode json, FakeRepository repository, String login) {
    json.put("id", repository.id)
        .put("full_name", repository.fullName)
        .put("name", repository.name())
        .put("default_branch", repository.defaultBranch)
        .put("archived", repository.archived)
        .put("fork", repository.fork)
        .put("html_url", github.web() + "/" + repository.fullName)
        .put("clone_url", github.web() + "/" + repository.fullName + ".git");
    json.putObject("permissions")
        .put("admin", false)
        .put("maintain", false)
        .put("push", repository.writers.contains(login))
        .put("triage", false)
        .put("pull", true);
    json.withObject("/owner").put("login", repository.owner());
    json.putNull("language"); // which the published example lacks
    json.remove(List.of("source", "parent", "template_repository"));
    return json;
  }

  private Reply inRepository(Operation operation, Call call) throws IOException {
    List<String> parts = github.pathParts(call.path());
    String name = parts.get(1) + "/" + parts.get(2);
    FakeRepository found = github.repository(name);
    if (found == null) {
      FakeRepository elsewhere = github.movedFrom(name);
      if (elsewhere == null) {
        throw no(404, "Not Found");
      }
      return redirect(elsewhere, call, name);
    }
    boolean writes = !call.method().equals("GET");
    if (writes && found.archived) {
      throw no(403, "Repository was archived so is read-only.");
    }
    if (writes && !found.writers.contains(call.login())) {
      throw no(403, "Resource not accessible by integration");
    }
    if (operation.toString().equals("GET /repos/{owner}/{repo}")) {
      return Reply.of(
          200,
          described(
              (ObjectNode) PublishedApi.shared().example(operation, 200), found, call.login()));
    }
    if (FakeTalk.knows(operation)) {
      return new FakeTalk(github, found).answer(operation, call);
    }
    String last = parts.getLast();
    try (Repository git = found.open()) {
      return operation.template().contains("/pulls")
          ? new FakePulls(github, found, git).answer(operation, call, last)
          : new FakeGitData(found, git).answer(operation, call, last);
    }
  }

  private Reply redirect(FakeRepository to, Call call, String name) {
    String rest = call.path().substring("/repos/".length() + name.length());
    String query =
        call.query().entrySet().stream()
            .map(entry ->
                entry.getKey()
                    + "="
                    + java.net.URLEncoder.encode(
                        entry.getValue(), java.nio.charset.StandardCharsets.UTF_8))
            .collect(java.util.stream.Collectors.joining("&"));
    String address =
        github.api() + "/repositories/" + to.id + rest + (query.isEmpty() ? "" : "?" + query);
    ObjectNode body =
        JSON.createObjectNode()
            .put("message", "Moved Permanently")
            .put("url", address)
            .put("documentation_url", "https://docs.github.com/rest");
    return new Reply(call.method().equals("GET") ? 301 : 307, body, Map.of("Location", address));
  }

  static No no(int status, String message) {
    return new No(
        Reply.of(
            status,
            JSON.createObjectNode()
                .put("message", message)
                .put("documentation_url", "https://docs.github.com/rest")));
  }

  /// What is wrong with a field.
  static No invalid(
      String resource, @Nullable String field, String code, @Nullable String message) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("message", "Validation Failed")
            .put("documentation_url", "https://docs.github.com/rest");
    ObjectNode error =
        body.putArray("errors").addObject().put("resource", resource).put("code", code);
    if (field != null) {
      error.put("field", field);
    }
    if (message != null) {
      error.put("message", message);
    }
    return new No(Reply.of(422, body));
  }

  static ObjectNode example(String name) {
    return (ObjectNode) Objects.requireNonNull(PublishedApi.shared().example(name));
  }
}
