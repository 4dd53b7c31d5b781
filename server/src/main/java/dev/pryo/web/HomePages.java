package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.analysis.Alert;
import dev.pryo.analysis.Alerts;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Status;
import dev.pryo.platform.Settings;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The first page: the first account, sign-in, first steps or the projects, whatever comes next.
@RestController
public class HomePages {
  private static final int SHOWN = 200;

  /// A project as the list shows it.
  ///
  /// @param waits what somebody has to do there, null for nothing
  public record Row(Project project, String repository, String running, @Nullable String waits) {
    public String path() {
      return "/projects/" + project.id();
    }
  }

  /// Something this installation can do, or does without.
  public record Ability(boolean ready, String name, String detail) {}

  private final Templates templates;
  private final Accounts accounts;
  private final Projects projects;
  private final Experiments experiments;
  private final Alerts alerts;
  private final WorkedExample example;
  private final Settings settings;

  HomePages(
      Templates templates,
      Accounts accounts,
      Projects projects,
      Experiments experiments,
      Alerts alerts,
      WorkedExample example,
      Settings settings) {
    this.templates = templates;
    this.accounts = accounts;
    this.projects = projects;
    this.experiments = experiments;
    this.alerts = alerts;
    this.example = example;
    this.settings = settings;
  }

  @GetMapping("/")
  ResponseEntity<JteModel> home(Frame frame, @AuthenticationPrincipal @Nullable Account account) {
    if (account == null) {
      return accounts.none()
          ? Answers.page(templates.signUp(frame, Form.empty(), true))
          : Answers.next("/sign-in");
    }
    List<Experiment> all = experiments.list(account, null, null, false, SHOWN, null).items();
    Map<UUID, List<Alert>> open = alerts.open();
    Map<UUID, List<Experiment>> byProject =
        all.stream().collect(Collectors.groupingBy(Experiment::projectId));
    List<Row> rows =
        projects.list(account, SHOWN, null).items().stream()
            .map(project -> row(project, byProject.getOrDefault(project.id(), List.of()), open))
            .sorted(Comparator.comparing((Row row) -> row.waits() == null))
            .toList();
    return Answers.page(
        templates.homeProjects(
            frame, rows, abilities(), all.isEmpty(), example.shop(account).isPresent()));
  }

  private static Row row(
      Project project, List<Experiment> experiments, Map<UUID, List<Alert>> alerts) {
    long running = experiments.stream().filter(each -> each.status() == Status.ACTIVE).count();
    List<String> waiting =
        experiments.stream()
            .map(each -> ExperimentRow.waits(each, alerts.getOrDefault(each.id(), List.of())))
            .filter(Objects::nonNull)
            .toList();
    return new Row(
        project,
        label(project.repository()),
        running > 0
            ? "%d running".formatted(running)
            : Texts.count(experiments.size(), "experiment"),
        waiting.isEmpty()
            ? null
            : waiting.size() == 1
                ? waiting.getFirst()
                : "%d things to do".formatted(waiting.size()));
  }

  static String label(RepositoryRef repository) {
    return repository.label().replaceFirst("^file://", "");
  }

  private List<Ability> abilities() {
    boolean embedded = settings.embedded();
    return List.of(
        new Ability(true, "Database", embedded ? "Embedded, in Pryo's home folder" : "Your own"),
        new Ability(
            embedded,
            "Local repositories",
            embedded ? "Git folders of this machine" : "Only with the embedded database"),
        new Ability(true, "Variants without a model", "Edit mode: words, classes and order"),
        new Ability(false, "E-mail", "Not sent: links are shown on screen"));
  }
}
