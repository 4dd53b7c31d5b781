package dev.pryo.web;

import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Consent;
import dev.pryo.project.Project;
import dev.pryo.project.ProjectDraft;
import dev.pryo.project.ProjectDrafts;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of a project as people type them.
final class ProjectForm {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");

  private ProjectForm() {}

  /// What is typed for a new project. Consent has to be said: nobody measures by oversight.
  static ProjectDraft fresh(Form form, ProjectDrafts drafts) {
    Consent consent = consent(form);
    String typed = form.value("repository.url").strip();
    boolean github = NAME.matcher(typed).matches();
    RepositoryRef repository =
        new RepositoryRef(
            github ? "github" : "git",
            github ? typed : null,
            github ? null : address(typed),
            form.value("repository.default_branch"),
            form.value("repository.app_root"),
            form.value("repository.token"));
    try {
      ProjectDraft draft =
          drafts.checked(
              form.value("name"),
              repository,
              form.value("site_url"),
              List.of(),
              null,
              null,
              consent,
              false,
              true);
      if (consent == null) {
        throw new Invalid("consent", "must be answered");
      }
      return draft;
    } catch (Invalid e) {
      throw consent == null ? with(e, "consent", "must be answered") : e;
    }
  }

  private static Invalid with(Invalid e, String field, String message) {
    if (e.fields().stream().anyMatch(known -> known.field().equals(field))) {
      return e;
    }
    List<Invalid.Field> fields = new java.util.ArrayList<>(e.fields());
    fields.add(new Invalid.Field(field, message));
    return new Invalid(fields);
  }

  /// What is typed for a project that exists; its repository stays the same one.
  static ProjectDraft changed(Form form, Project project, ProjectDrafts drafts) {
    RepositoryRef was = project.repository();
    return drafts.checked(
        form.value("name"),
        new RepositoryRef(
            was.host(),
            was.fullName(),
            was.url(),
            form.value("repository.default_branch"),
            form.value("repository.app_root"),
            was.token()),
        form.value("site_url"),
        form.value("allowed_origins").lines().map(String::strip).filter(o -> !o.isEmpty()).toList(),
        days(form.value("retention_days")),
        budget(form.value("monthly_budget_usd")),
        consent(form),
        form.value("count_bots").equals("true"),
        form.value("model_words").equals("true"));
  }

  static Form of(Project project) {
    Map<String, String> values = new HashMap<>();
    values.put("name", project.name());
    values.put("site_url", or(project.siteUrl()));
    values.put("allowed_origins", String.join("\n", project.allowedOrigins()));
    values.put("repository.default_branch", or(project.repository().defaultBranch()));
    values.put("repository.app_root", or(project.repository().appRoot()));
    values.put("retention_days", String.valueOf(project.retentionDays()));
    BigDecimal budget = project.monthlyBudgetUsd();
    values.put("monthly_budget_usd", budget == null ? "" : budget.toPlainString());
    values.put("consent", Texts.words(project.consent()));
    values.put("count_bots", String.valueOf(project.countBots()));
    values.put("model_words", String.valueOf(project.modelWords()));
    return Form.of(values);
  }

  /// A folder of this machine may be typed as a path.
  private static String address(String typed) {
    if (!typed.startsWith("/")) {
      return typed;
    }
    try {
      return Path.of(typed).toUri().toString().replaceAll("/+$", "");
    } catch (InvalidPathException e) {
      return typed; // which is no address either, and is refused as one
    }
  }

  private static @Nullable Consent consent(Form form) {
    return Arrays.stream(Consent.values())
        .filter(consent -> Texts.words(consent).equals(form.value("consent")))
        .findFirst()
        .orElse(null);
  }

  private static int days(String typed) {
    try {
      return Integer.parseInt(typed.strip());
    } catch (NumberFormatException e) {
      throw new Invalid("retention_days", "must be a whole number");
    }
  }

  private static @Nullable BigDecimal budget(String typed) {
    String number = typed.strip().replace(',', '.').replaceFirst("^\\$", "");
    if (number.isEmpty()) {
      return null;
    }
    if (!number.matches("\\d{1,7}(\\.\\d{1,6})?")) {
      throw new Invalid("monthly_budget_usd", "must be a number of dollars, such as 20");
    }
    return new BigDecimal(number);
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }
}
