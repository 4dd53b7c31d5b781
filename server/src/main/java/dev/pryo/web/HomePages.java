package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.account.Accounts;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Settings;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
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
  private final Settings settings;

  HomePages(Templates templates, Accounts accounts, Projects projects, Settings settings) {
    this.templates = templates;
    this.accounts = accounts;
    this.projects = projects;
    this.settings = settings;
  }

  @GetMapping("/")
  ResponseEntity<JteModel> home(Frame frame, @AuthenticationPrincipal @Nullable Account account) {
    if (account == null) {
      return accounts.none()
          ? Answers.page(templates.signUp(frame, Form.empty(), true))
          : Answers.next("/sign-in");
    }
    List<Row> rows =
        projects.list(account, SHOWN, null).items().stream().map(HomePages::row).toList();
    return Answers.page(templates.homeProjects(frame, rows, abilities(), true, false));
  }

  private static Row row(Project project) {
    return new Row(project, label(project.repository()), "no experiments", null);
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
