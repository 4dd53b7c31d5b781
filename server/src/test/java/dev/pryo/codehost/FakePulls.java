package dev.pryo.codehost;

import dev.pryo.codehost.FakeGitHub.Call;
import dev.pryo.codehost.FakeGitHub.Reply;
import dev.pryo.codehost.FakeRepository.Pull;
import dev.pryo.codehost.PublishedApi.Operation;
import java.io.IOException;
import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fake's pull requests.
record FakePulls(FakeGitHub github, FakeRepository repository, Repository git) {
  private static final String THEN = "2026-03-02T11:00:00Z";

  Reply answer(Operation operation, Call call, String last) throws IOException {
    return switch (operation.toString().replace(" /repos/{owner}/{repo}", " ")) {
      case "GET /pulls" -> Reply.of(200, list(call));
      case "POST /pulls" -> Reply.of(201, open(call));
      case "GET /pulls/{pull_number}" -> Reply.of(200, one(last));
      case "PATCH /pulls/{pull_number}" -> Reply.of(200, changed(call, last));
      default -> throw new AssertionError("The fake has no " + operation);
    };
  }

  private JsonNode list(Call call) throws IOException {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    String state = call.query().getOrDefault("state", "open");
    String head = call.query().get("head");
    for (Pull pull :
        repository.pulls.stream()
            .sorted(Comparator.comparing((Pull p) -> p.number).reversed())
            .toList()) {
      boolean wanted =
          (state.equals("all") || pull.open == state.equals("open"))
              && (head == null || head.equals(repository.owner() + ":" + pull.head));
      if (wanted) {
        ObjectNode json =
            (ObjectNode) PublishedApi.shared().example("pull-request-simple-items").get(0);
        all.add(filled(json, pull));
      }
    }
    return all;
  }

  private JsonNode one(String number) throws IOException {
    try {
      return whole(repository.pull(Integer.parseInt(number)));
    } catch (NoSuchElementException e) {
      throw FakeApi.no(404, "Not Found");
    }
  }

  private JsonNode changed(Call call, String number) throws IOException {
    repository.pull(Integer.parseInt(number)).body = call.wanted("body");
    return one(number);
  }

  private JsonNode open(Call call) throws IOException {
    String head = call.wanted("head");
    String base = call.wanted("base");
    boolean draft = Objects.requireNonNull(call.body()).get("draft").asBoolean();
    var refs = new Refs(git);
    Optional<RevCommit> from = refs.branchIfPresent(head);
    if (from.isEmpty()) {
      throw FakeApi.invalid("PullRequest", "head", "invalid", null);
    }
    Optional<RevCommit> into = refs.branchIfPresent(base);
    if (into.isEmpty()) {
      throw FakeApi.invalid("PullRequest", "base", "invalid", null);
    }
    if (draft && !repository.drafts) {
      throw FakeApi.invalid(
          "PullRequest",
          null,
          "custom",
          "Draft pull requests are not supported in this repository.");
    }
    if (repository.pulls.stream()
        .anyMatch(pull -> pull.open && pull.head.equals(head) && pull.base.equals(base))) {
      throw FakeApi.invalid(
          "PullRequest",
          null,
          "custom",
          "A pull request already exists for %s:%s.".formatted(repository.owner(), head));
    }
    if (refs.contains(into.get(), from.get())) {
      throw FakeApi.invalid(
          "PullRequest", null, "custom", "No commits between %s and %s".formatted(base, head));
    }
    Pull pull =
        new Pull(
            repository.pulls.size() + 1,
            head,
            base,
            from.get().name(),
            into.get().name(),
            call.wanted("title"),
            call.wanted("body").isEmpty() ? null : call.wanted("body"), // as GitHub keeps it
            draft);
    repository.pulls.add(pull);
    return whole(pull);
  }

  JsonNode whole(Pull pull) throws IOException {
    ObjectNode json = filled(FakeApi.example("pull-request"), pull);
    boolean mergeable = pull.open && repository.mergeable(pull);
    json.put("merged", pull.merged());
    if (pull.merged() || repository.undecided) {
      json.putNull("mergeable");
    } else {
      json.put("mergeable", mergeable);
    }
    boolean told = pull.open && !repository.undecided;
    json.put("mergeable_state", told ? (mergeable ? "draft" : "dirty") : "unknown");
    if (!pull.merged()) {
      json.putNull("merged_by");
    }
    return json;
  }

  private ObjectNode filled(ObjectNode json, Pull pull) throws IOException {
    repository.refresh(pull);
    json.put("number", pull.number)
        .put("state", pull.open ? "open" : "closed")
        .put("html_url", "%s/%s/pull/%d".formatted(github.web(), repository.fullName, pull.number))
        .put("title", pull.title)
        .put("body", pull.body)
        .put("draft", pull.draft)
        .put("closed_at", pull.open ? null : THEN)
        .put("merged_at", pull.merged() ? THEN : null)
        .put("merge_commit_sha", pull.mergeCommit);
    json.putArray("requested_teams"); // whose published example lacks a field
    end(json, "head", pull.head, pull.headSha);
    end(json, "base", pull.base, pull.baseSha);
    return json;
  }

  private void end(ObjectNode json, String name, String branch, String commit) {
    ObjectNode end = json.withObject("/" + name);
    end.put("ref", branch).put("sha", commit).put("label", repository.owner() + ":" + branch);
    if (end.get("repo") instanceof ObjectNode place) {
      place
          .put("full_name", repository.fullName)
          .put("id", repository.id)
          .put("default_branch", repository.defaultBranch);
    }
  }
}
