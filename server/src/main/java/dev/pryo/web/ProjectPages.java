package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.analysis.Alert;
import dev.pryo.analysis.Alerts;
import dev.pryo.experiment.Experiments;
import dev.pryo.github.GitHubLinks;
import dev.pryo.github.GitHubRepositories;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Forbidden;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Settings;
import dev.pryo.platform.Unavailable;
import dev.pryo.project.Project;
import dev.pryo.project.ProjectDrafts;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Map;
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

/// A project: connected, its experiments, named, deleted.
@RestController
@RequestMapping("/projects")
class ProjectPages {
  private static final int SHOWN = 500;
  private static final int OFFERED = 20;

  private final Templates templates;
  private final Frames frames;
  private final Projects projects;
  private final ProjectDrafts drafts;
  private final Experiments experiments;
  private final Alerts alerts;
  private final GitHubLinks github;
  private final GitHubRepositories repositories;
  private final Settings settings;

  ProjectPages(
      Templates templates,
      Frames frames,
      Projects projects,
      ProjectDrafts drafts,
      Experiments experiments,
      Alerts alerts,
      GitHubLinks github,
      GitHubRepositories repositories,
      Settings settings) {
    this.templates = templates;
    this.frames = frames;
    this.projects = projects;
    this.drafts = drafts;
    this.experiments = experiments;
    this.alerts = alerts;
    this.github = github;
    this.repositories = repositories;
    this.settings = settings;
  }

  @GetMapping("/new")
  JteModel connect(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(defaultValue = "") String repository) {
    Form form =
        repository.isBlank()
            ? Form.empty()
            : Form.empty()
                .with("repository.url", repository)
                .with("name", repository.substring(repository.lastIndexOf('/') + 1));
    return templates.projectConnect(frame, form, picker(account, query), settings.embedded());
  }

  private Picker picker(Account account, @Nullable String query) {
    GitHubLinks.View view = github.view(account);
    if (query == null || !view.works()) {
      return Picker.before(view);
    }
    try {
      return new Picker(view, query, repositories.search(account, query, OFFERED), null);
    } catch (Conflict | Forbidden | Unavailable e) {
      // a connection that GitHub has just refused is off by now
      return new Picker(github.view(account), query, List.of(), e.getMessage());
    } catch (Invalid e) {
      return new Picker(
          view, query, List.of(), "The name " + e.fields().getFirst().message() + ".");
    }
  }

  @PostMapping
  ResponseEntity<JteModel> connect(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam MultiValueMap<String, String> posted) {
    Form form = Form.of(posted);
    try {
      Project project = projects.create(account, ProjectForm.fresh(form, drafts), false);
      return Answers.next(Notice.CONNECTED.at(path(project.id()) + "/settings/keys"));
    } catch (Invalid e) {
      return Answers.wrong(
          templates.projectConnect(
              frame, form.with(e), picker(account, null), settings.embedded()));
    } catch (Conflict e) {
      return Answers.wrong(
          templates.projectConnect(
              frame, form.with(e.getMessage()), picker(account, null), settings.embedded()));
    }
  }

  @GetMapping("/{id}")
  JteModel experiments(
      Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Frame inside = frames.in(frame, account, id, Section.EXPERIMENTS);
    Map<UUID, List<Alert>> open = alerts.open();
    List<ExperimentRow> rows =
        experiments.list(account, id, null, false, SHOWN, null).items().stream()
            .map(each -> ExperimentRow.of(each, open.getOrDefault(each.id(), List.of())))
            .toList();
    return templates.projectExperiments(
        inside, rows, AppChoice.of(projects.require(account, id, Role.VIEWER)), Form.empty());
  }

  /// Says which of several apps is meant; it is looked at again.
  @PostMapping("/{id}/settings/app")
  ResponseEntity<JteModel> app(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(name = "repository.app_root", defaultValue = "") String folder) {
    Project project = projects.require(account, id, Role.OWNER);
    Form form = ProjectForm.of(project).with("repository.app_root", folder);
    try {
      projects.update(account, id, ProjectForm.changed(form, project, drafts));
      return Answers.next(Notice.SAVED.at(path(id)));
    } catch (Invalid e) {
      return Answers.wrong(
          templates.projectExperiments(
              frames.in(frame, account, id, Section.EXPERIMENTS),
              List.of(),
              AppChoice.of(project),
              form.with(e)));
    }
  }

  @GetMapping("/{id}/settings")
  ResponseEntity<JteModel> settings(@PathVariable UUID id) {
    return Answers.next(path(id) + "/settings/general");
  }

  @GetMapping("/{id}/settings/general")
  JteModel general(Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Frame inside = frames.in(frame, account, id, Section.SETTINGS);
    return templates.projectGeneral(
        inside, ProjectForm.of(projects.require(account, id, Role.VIEWER)));
  }

  @PostMapping("/{id}/settings/general")
  ResponseEntity<JteModel> general(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> posted) {
    Project project = projects.require(account, id, Role.OWNER);
    Form form = Form.of(posted);
    try {
      projects.update(account, id, ProjectForm.changed(form, project, drafts));
      return Answers.next(Notice.SAVED.at(path(id) + "/settings/general"));
    } catch (Invalid e) {
      return Answers.wrong(
          templates.projectGeneral(frames.in(frame, account, id, Section.SETTINGS), form.with(e)));
    }
  }

  /// Deletes a project for who has typed its name.
  @PostMapping("/{id}/settings/delete")
  ResponseEntity<JteModel> delete(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String confirm) {
    Project project = projects.require(account, id, Role.OWNER);
    if (!confirm.strip().equals(project.name())) {
      Form form =
          ProjectForm.of(project)
              .with(new Invalid("confirm", "must be %s, to be sure".formatted(project.name())));
      return Answers.wrong(
          templates.projectGeneral(frames.in(frame, account, id, Section.SETTINGS), form));
    }
    projects.delete(account, id);
    return Answers.next(Notice.DELETED.at("/"));
  }

  private static String path(UUID id) {
    return "/projects/" + id;
  }
}
