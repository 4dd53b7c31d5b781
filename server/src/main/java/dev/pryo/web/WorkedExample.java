package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import gg.jte.models.runtime.JteModel;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The worked example: a filled-in experiment on the sample shop, which then goes through the same
/// pages as any other.
@RestController
class WorkedExample {
  private static final String WORDS =
      """
      Change 'Choose your kite' to 'Find your kite'. In a second version also make the 'Choose your kite' \
      button green. I want more people to choose a kite.\
      """;

  private final Projects projects;

  WorkedExample(Projects projects) {
    this.projects = projects;
  }

  /// The shop's project, if this account may run experiments on it.
  Optional<Project> shop(Account account) {
    return projects
        .demo()
        .filter(shop ->
            projects.role(account, shop.id()).filter(role -> role != Role.VIEWER).isPresent());
  }

  @PostMapping("/example")
  ResponseEntity<JteModel> run(@AuthenticationPrincipal Account account) {
    return Answers.next(
        shop(account)
            .map(shop -> "/experiments/new?example=true&project=" + shop.id())
            .orElse("/"));
  }

  /// What stands in the form at first.
  Form form(Project project) {
    return project.demo()
        ? Form.of(
            Map.of("description", WORDS, "weeks", "2", "visitors", "400", "plan.baseline", "20"))
        : Describing.blank("");
  }
}
