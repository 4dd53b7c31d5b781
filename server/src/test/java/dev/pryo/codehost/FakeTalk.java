package dev.pryo.codehost;

import dev.pryo.codehost.FakeGitHub.Call;
import dev.pryo.codehost.FakeGitHub.Reply;
import dev.pryo.codehost.FakeReviews.Mark;
import dev.pryo.codehost.FakeReviews.Run;
import dev.pryo.codehost.FakeReviews.Said;
import dev.pryo.codehost.FakeReviews.Status;
import dev.pryo.codehost.PublishedApi.Operation;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fake's checks and comments.
record FakeTalk(FakeGitHub github, FakeRepository repository) {
  private static final String IN = "/repos/{owner}/{repo}";
  private static final List<String> KNOWN =
      List.of(
          "/commits/{ref}/check-runs",
          "/commits/{ref}/status",
          "/check-runs/",
          "/actions/jobs/",
          "/issues/",
          "/pulls/{pull_number}/comments",
          "/pulls/comments/",
          "/collaborators/");

  static boolean knows(Operation operation) {
    return KNOWN.stream().anyMatch(path -> operation.template().startsWith(IN + path));
  }

  Reply answer(Operation operation, Call call) {
    List<String> parts = github.pathParts(call.path());
    String subject = parts.get(parts.size() - 2);
    try {
      return switch (operation.toString().replace(" " + IN, " ")) {
        case "GET /commits/{ref}/check-runs" -> Reply.of(200, runs(subject, call));
        case "GET /commits/{ref}/status" -> Reply.of(200, combined(subject));
        case "GET /check-runs/{check_run_id}/annotations" -> Reply.of(200, marks(subject));
        case "GET /actions/jobs/{job_id}/logs" -> log(subject);
        case "GET /issues/{issue_number}/comments" ->
            Reply.of(200, comments(operation, call, subject, false));
        case "GET /pulls/{pull_number}/comments" ->
            Reply.of(200, comments(operation, call, subject, true));
        case "GET /collaborators/{username}/permission" ->
            Reply.of(200, permission(operation, subject));
        case "POST /issues/comments/{comment_id}/reactions",
            "POST /pulls/comments/{comment_id}/reactions" ->
            reaction(subject, call);
        default -> throw new AssertionError("The fake has no " + operation);
      };
    } catch (NoSuchElementException e) {
      throw FakeApi.no(404, "Not Found");
    }
  }

  private FakeReviews reviews() {
    return repository.reviews();
  }

  /// The items of the page that is asked for.
  private static <T> List<T> page(List<T> all, Call call) {
    int page = Integer.parseInt(call.query().getOrDefault("page", "1"));
    int size = Integer.parseInt(call.query().getOrDefault("per_page", "30"));
    return all.stream().skip((page - 1L) * size).limit(size).toList();
  }

  private JsonNode runs(String commit, Call call) {
    ObjectNode page = FakeApi.example("check-run-paginated");
    JsonNode example = page.get("check_runs").get(0);
    List<Run> all = reviews().runs.stream().filter(run -> run.commit.equals(commit)).toList();
    page.put("total_count", all.size());
    ArrayNode into = page.putArray("check_runs");
    page(all, call).forEach(run -> into.add(filled((ObjectNode) example.deepCopy(), run)));
    return page;
  }

  private static ObjectNode filled(ObjectNode json, Run run) {
    json.put("id", run.id)
        .put("head_sha", run.commit)
        .put("name", run.name)
        .put("status", run.conclusion == null ? "in_progress" : "completed")
        .put("conclusion", run.conclusion)
        .put("completed_at", run.conclusion == null ? null : run.ended.toString());
    json.withObject("/output")
        .putNull("title")
        .put("summary", run.summary)
        .put("annotations_count", run.marks.size());
    json.withObject("/app").put("slug", run.app);
    json.putArray("pull_requests");
    return json;
  }

  private JsonNode combined(String commit) {
    ObjectNode json = FakeApi.example("combined-commit-status");
    JsonNode example = json.get("statuses").get(0);
    ArrayNode into = json.putArray("statuses");
    for (Status one : List.copyOf(reviews().statuses)) {
      if (one.commit().equals(commit)) {
        into.add(
            ((ObjectNode) example.deepCopy())
                .put("context", one.context())
                .put("state", one.state())
                .put("description", one.description()));
      }
    }
    return json.put("sha", commit)
        .put("total_count", into.size())
        .put("state", into.isEmpty() ? "pending" : "success");
  }

  private JsonNode marks(String run) {
    JsonNode example = PublishedApi.shared().example("check-annotation-items").get(0);
    ArrayNode all = JsonMapper.shared().createArrayNode();
    for (Mark mark : reviews().run(Long.parseLong(run)).marks) {
      all.add(
          ((ObjectNode) example.deepCopy())
              .put("path", mark.path())
              .put("start_line", mark.line())
              .put("end_line", mark.line())
              .put("annotation_level", "failure")
              .putNull("title")
              .put("message", mark.message()));
    }
    return all;
  }

  /// The description knows no other answer; a log that is gone is missed in the store.
  private Reply log(String job) {
    String elsewhere = reviews().logsElsewhere;
    String at =
        elsewhere != null
            ? elsewhere
            : "%s/_logs/%s/%s".formatted(github.web(), repository.fullName, job);
    return new Reply(302, null, Map.of("Location", at));
  }

  private JsonNode comments(Operation operation, Call call, String pull, boolean line) {
    JsonNode example = PublishedApi.shared().example(operation, 200).get(0);
    ArrayNode all = JsonMapper.shared().createArrayNode();
    List<Said> wanted =
        List.copyOf(reviews().said).stream()
            .filter(one -> one.line == line && one.pull == Integer.parseInt(pull))
            .toList();
    page(wanted, call).forEach(one -> all.add(filled((ObjectNode) example.deepCopy(), one)));
    return all;
  }

  private static ObjectNode filled(ObjectNode json, Said one) {
    json.put("id", one.id)
        .put("body", one.body)
        .put("created_at", one.at.toString())
        .put("updated_at", (one.edited ? one.at.plusSeconds(30) : one.at).toString());
    json.withObject("/user").put("login", one.login).put("type", one.type);
    if (one.byApp) {
      JsonNode app =
          FakeApi.example("check-run-paginated").get("check_runs").get(0).get("app").deepCopy();
      json.set("performed_via_github_app", app);
    }
    return json;
  }

  private JsonNode permission(Operation operation, String login) {
    String known = reviews().permissions.get(login);
    String permission =
        known != null ? known : repository.writers.contains(login) ? "write" : "read";
    ObjectNode json = (ObjectNode) PublishedApi.shared().example(operation, 200);
    json.withObject("/user")
        .put("login", login)
        .put("role_name", permission); // the example lacks it
    return json.put("permission", permission).put("role_name", permission);
  }

  private Reply reaction(String comment, Call call) {
    Said one = reviews().said(Long.parseLong(comment));
    String content = call.wanted("content");
    boolean there = one.reactions.contains(content);
    if (!there) {
      one.reactions.add(content);
    }
    ObjectNode json = FakeApi.example("reaction").put("content", content);
    json.withObject("/user").put("login", call.login());
    return Reply.of(there ? 200 : 201, json);
  }
}
