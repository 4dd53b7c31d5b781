package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.FakeGitHub;
import dev.pryo.codehost.PublishedRights;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The GitHub App has the permissions that GitHub says are needed for what the code asks and is
/// told, and no others.
class AppRightsTest {
  @BeforeEach
  void whatGitHubPublishes() {
    FakeGitHub.require();
  }

  @Test
  void allThatIsAskedMayBeAsked() {
    assertThat(PublishedRights.asked())
        .contains(
            "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
            "GET /repos/{owner}/{repo}/commits/{ref}/status",
            "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs",
            "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
            "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
            "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
            "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
            "PATCH /repos/{owner}/{repo}/pulls/{pull_number}");
    assertThat(PublishedRights.missing(GitHubLinks.PERMISSIONS)).isEmpty();
  }

  @Test
  void eachEventMayBeHeard() {
    for (String event : GitHubLinks.EVENTS) {
      assertThat(PublishedRights.ofEvent(event))
          .as(event)
          .isNotEmpty()
          .isSubsetOf(GitHubLinks.PERMISSIONS.keySet());
    }
  }

  /// Each of them is delivered in FollowTest, RepairTest and CommandTest.
  @Test
  void itIsToldOfPullRequestsChecksAndComments() {
    assertThat(GitHubLinks.EVENTS)
        .containsExactlyInAnyOrder(
            "pull_request", "check_run", "status", "issue_comment", "pull_request_review_comment");
    Map<String, Object> manifest = GitHubLinks.manifest("https://pryo.example", true);
    assertThat(manifest).containsEntry("default_events", GitHubLinks.EVENTS);
    assertThat(manifest)
        .containsEntry(
            "hook_attributes",
            Map.of("url", "https://pryo.example/api/github/webhook", "active", true));
    assertThat(GitHubLinks.manifest("http://127.0.0.1:8000", false))
        .as("GitHub takes no webhook that it cannot reach")
        .doesNotContainKeys("default_events", "hook_attributes");
  }

  @Test
  void noPermissionIsMoreThanIsNeeded() {
    Set<String> ofEvents = new TreeSet<>();
    GitHubLinks.EVENTS.forEach(event -> ofEvents.addAll(PublishedRights.ofEvent(event)));
    GitHubLinks.PERMISSIONS.forEach((permission, access) -> {
      Map<String, String> less = new HashMap<>(GitHubLinks.PERMISSIONS);
      less.remove(permission);
      boolean needed = ofEvents.contains(permission) || !PublishedRights.missing(less).isEmpty();
      assertThat(needed).as(permission).isTrue();
      if (access.equals("write")) {
        less.put(permission, "read");
        assertThat(PublishedRights.missing(less)).as(permission + " to write").isNotEmpty();
      }
    });
  }
}
