package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.platform.Address;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Members;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who is in a project, and the key and tag of its site.
@RestController
@RequestMapping("/projects/{id}/settings")
class SettingsPages {
  private final Templates templates;
  private final Frames frames;
  private final Projects projects;
  private final Members members;
  private final Address address;

  SettingsPages(
      Templates templates, Frames frames, Projects projects, Members members, Address address) {
    this.templates = templates;
    this.frames = frames;
    this.projects = projects;
    this.members = members;
    this.address = address;
  }

  @GetMapping("/keys")
  JteModel keys(Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Project project = projects.require(account, id, Role.VIEWER);
    return templates.projectKeys(
        frames.in(frame, account, id, Section.SETTINGS), Snippet.of(project, address));
  }

  @PostMapping("/keys")
  ResponseEntity<JteModel> rotate(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean now) {
    projects.rotateWriteKey(account, id, now);
    return Answers.next((now ? Notice.KEY_ENDED : Notice.KEY_ROTATED).at(path(id, "keys")));
  }

  @GetMapping("/members")
  JteModel members(Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return membersPage(frame, account, id, Form.empty());
  }

  private JteModel membersPage(Frame frame, Account account, UUID id, Form form) {
    return templates.projectMembers(
        frames.in(frame, account, id, Section.SETTINGS), members.list(account, id), form);
  }

  @PostMapping("/members")
  ResponseEntity<JteModel> addMember(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> posted) {
    Form form = Form.of(posted);
    try {
      Members.Member member =
          members.add(account, id, form.value("email"), role(form.value("role")));
      Notice said = member.userId() == null ? Notice.MEMBER_INVITED : Notice.MEMBER_ADDED;
      return Answers.next(said.at(path(id, "members")));
    } catch (Invalid e) {
      return Answers.wrong(membersPage(frame, account, id, form.with(e)));
    } catch (Conflict e) {
      return Answers.wrong(membersPage(frame, account, id, form.with(e.getMessage())));
    }
  }

  private static @Nullable Role role(String name) {
    return Arrays.stream(Role.values())
        .filter(role -> Texts.words(role).equals(name))
        .findFirst()
        .orElse(null);
  }

  /// Takes out a member, or withdraws an invitation; who leaves a project sees it no more.
  @PostMapping("/members/remove")
  ResponseEntity<JteModel> removeMember(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(name = "user_id") @Nullable UUID member,
      @RequestParam(defaultValue = "") String email) {
    if (member == null) {
      members.uninvite(account, id, email);
      return Answers.next(Notice.MEMBER_REMOVED.at(path(id, "members")));
    }
    try {
      members.remove(account, id, member);
    } catch (Conflict e) {
      return Answers.wrong(membersPage(frame, account, id, Form.empty().with(e.getMessage())));
    }
    return Answers.next(
        Notice.MEMBER_REMOVED.at(member.equals(account.id()) ? "/" : path(id, "members")));
  }

  private static String path(UUID id, String tab) {
    return "/projects/%s/settings/%s".formatted(id, tab);
  }
}
