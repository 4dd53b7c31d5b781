package dev.pryo.project;

import dev.pryo.account.Account;
import dev.pryo.platform.Invalid;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Linked repositories, their members and write keys.
@RestController
@RequestMapping("/api/projects")
@Tag(name = "Projects")
class ProjectApi {
  record MemberRequest(@Nullable String email, @Nullable Role role) {}

  record Rotation(@Nullable Boolean now) {}

  record ProjectList(List<Project> items, @Nullable String nextCursor) {}

  record MemberList(List<Members.Member> items, @Nullable String nextCursor) {}

  private final Projects projects;
  private final ProjectDrafts drafts;
  private final Members members;

  ProjectApi(Projects projects, ProjectDrafts drafts, Members members) {
    this.projects = projects;
    this.drafts = drafts;
    this.members = members;
  }

  @GetMapping
  ProjectList list(
      @AuthenticationPrincipal Account account,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable UUID cursor) {
    new Invalid.Collector()
        .check(limit >= 1 && limit <= 1000, "limit", "must be 1 to 1000")
        .throwIfAny();
    Projects.Page<Project> page = projects.list(account, limit, cursor);
    return new ProjectList(page.items(), page.next());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Project create(@AuthenticationPrincipal Account account, @RequestBody ProjectRequest request) {
    return projects.create(account, drafts.fresh(request), false);
  }

  @GetMapping("/{id}")
  Project get(@AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return projects.require(account, id, Role.VIEWER);
  }

  @PatchMapping("/{id}")
  Project change(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestBody ProjectRequest request) {
    Project project = projects.require(account, id, Role.OWNER);
    return projects.update(account, id, drafts.changed(project, request));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@AuthenticationPrincipal Account account, @PathVariable UUID id) {
    projects.delete(account, id);
  }

  @PostMapping("/{id}/write-key/rotate")
  Project rotate(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable Rotation body) {
    return projects.rotateWriteKey(account, id, body != null && Boolean.TRUE.equals(body.now()));
  }

  @GetMapping("/{id}/members")
  MemberList members(@AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return new MemberList(members.list(account, id), null);
  }

  @PostMapping("/{id}/members")
  @ResponseStatus(HttpStatus.CREATED)
  Members.Member add(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestBody MemberRequest body) {
    return members.add(account, id, body.email(), body.role());
  }

  @DeleteMapping("/{id}/members/{userId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(
      @AuthenticationPrincipal Account account, @PathVariable UUID id, @PathVariable UUID userId) {
    members.remove(account, id, userId);
  }
}
