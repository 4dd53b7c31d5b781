package dev.pryo.codehost;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/// What Pryo asks of a repository's checks and of what is said about its pull requests, with the
/// fields that are used.
interface GitHubTalk {

  /// The newest run of each check.
  @GetExchange("/commits/{sha}/check-runs?filter=latest&per_page=100")
  Runs runs(@PathVariable("sha") String commit, @RequestParam("page") int page);

  /// What services say that know no check runs; the newest of each.
  @GetExchange("/commits/{sha}/status?per_page=100")
  Combined statuses(@PathVariable("sha") String commit);

  @GetExchange("/check-runs/{id}/annotations?per_page=50")
  List<Annotation> annotations(@PathVariable("id") long run);

  /// Leads to where the log can be read for a minute.
  @GetExchange("/actions/jobs/{id}/logs")
  ResponseEntity<Void> log(@PathVariable("id") long job);

  @GetExchange("/issues/{number}/comments?per_page=100")
  List<Said> conversation(@PathVariable("number") int number, @RequestParam("page") int page);

  @GetExchange("/pulls/{number}/comments?per_page=100")
  List<Said> lines(@PathVariable("number") int number, @RequestParam("page") int page);

  @GetExchange("/collaborators/{login}/permission")
  Permission permission(@PathVariable("login") String login);

  @PostExchange("/issues/comments/{id}/reactions")
  Reaction react(@PathVariable("id") long comment, @RequestBody NewReaction reaction);

  @PostExchange("/pulls/comments/{id}/reactions")
  Reaction reactToLine(@PathVariable("id") long comment, @RequestBody NewReaction reaction);

  @PatchExchange("/pulls/{number}")
  Described describe(@PathVariable("number") int number, @RequestBody NewBody body);

  record Runs(int totalCount, List<Run> checkRuns) {}

  /// @param status `queued`, `in_progress`, `completed` and others
  /// @param conclusion how it ended, null before
  /// @param completedAt RFC 3339
  record Run(
      long id,
      String name,
      String status,
      @Nullable String conclusion,
      @Nullable String completedAt,
      Output output,
      @Nullable Maker app) {}

  record Output(@Nullable String title, @Nullable String summary) {}

  /// @param slug `github-actions`, for one
  record Maker(@Nullable String slug) {}

  record Combined(List<Status> statuses) {}

  /// @param state `pending`, `success`, `failure` or `error`
  record Status(String context, String state, @Nullable String description, String updatedAt) {}

  /// @param annotationLevel `notice`, `warning` or `failure`
  record Annotation(
      String path,
      int startLine,
      @Nullable String annotationLevel,
      @Nullable String title,
      @Nullable String message) {}

  /// @param performedViaGithubApp which app wrote it in the person's name; null for none
  record Said(
      long id,
      @Nullable User user,
      @Nullable String body,
      String createdAt,
      String updatedAt,
      @Nullable Maker performedViaGithubApp) {}

  /// @param type `User` or `Bot`
  record User(String login, String type) {}

  /// @param permission `admin`, `write`, `read` or `none`; who may maintain has `write`
  record Permission(String permission) {}

  record NewReaction(String content) {}

  record Reaction(long id) {}

  record NewBody(String body) {}

  record Described(int number) {}
}
