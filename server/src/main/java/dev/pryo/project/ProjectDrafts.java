package dev.pryo.project;

import dev.pryo.codehost.CodeHost;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.CodeHosts;
import dev.pryo.codehost.Head;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Invalid;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks what is said about a project, and looks at the repository it names.
@Component
public class ProjectDrafts {
  private static final Set<String> HOSTS = Set.of("git", "github");
  private static final Pattern FULL_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}");
  private static final int RETENTION = 395;
  private static final int LONGEST_RETENTION = 3650;

  private final CodeHosts hosts;

  ProjectDrafts(CodeHosts hosts) {
    this.hosts = hosts;
  }

  /// What a person typed or a client sent for a new project; null is left out.
  public ProjectDraft checked(
      @Nullable String name,
      @Nullable RepositoryRef repository,
      @Nullable String siteUrl,
      @Nullable List<String> allowedOrigins,
      @Nullable Integer retentionDays,
      @Nullable BigDecimal monthlyBudgetUsd,
      @Nullable Consent consent,
      @Nullable Boolean countBots,
      @Nullable Boolean modelWords) {
    Invalid.Collector problems = new Invalid.Collector();
    ProjectDraft draft =
        new ProjectDraft(
            problems.text(name, "name", 200),
            repository(problems, repository),
            url(problems, siteUrl, "site_url"),
            origins(problems, allowedOrigins),
            retentionDays == null ? RETENTION : retentionDays,
            monthlyBudgetUsd,
            consent == null ? Consent.ASK : consent,
            Boolean.TRUE.equals(countBots),
            !Boolean.FALSE.equals(modelWords));
    numbers(problems, draft);
    problems.throwIfAny();
    return draft;
  }

  ProjectDraft fresh(ProjectRequest request) {
    RepositoryRef repository =
        request.repository() == null && request.repoFullName() != null
            ? new RepositoryRef("github", request.repoFullName(), null, null, null)
            : request.repository();
    return checked(
        request.name(),
        repository,
        request.siteUrl(),
        request.allowedOrigins(),
        request.retentionDays(),
        request.monthlyBudgetUsd(),
        request.consent(),
        request.countBots(),
        request.modelWords());
  }

  /// The project with what the request changes. Another repository is another project.
  ProjectDraft changed(Project project, ProjectRequest request) {
    RepositoryRef was = project.repository();
    RepositoryRef now = Objects.requireNonNullElse(request.repository(), was);
    Invalid.Collector problems = new Invalid.Collector();
    problems.check(
        sameOrAbsent(now.url(), was.url())
            && sameOrAbsent(now.fullName(), was.fullName())
            && sameOrAbsent(now.host(), was.host()),
        "repository",
        "cannot be another one: link it as a project of its own");
    RepositoryRef merged =
        new RepositoryRef(
            was.host(),
            was.fullName(),
            was.url(),
            now.defaultBranch() == null ? was.defaultBranch() : now.defaultBranch(),
            now.appRoot() == null ? was.appRoot() : now.appRoot(),
            now.token() == null ? was.token() : now.token());
    ProjectDraft draft =
        new ProjectDraft(
            request.name() == null ? project.name() : problems.text(request.name(), "name", 200),
            request.repository() == null ? was : repository(problems, merged),
            request.siteUrl() == null
                ? project.siteUrl()
                : url(problems, request.siteUrl(), "site_url"),
            request.allowedOrigins() == null
                ? project.allowedOrigins()
                : origins(problems, request.allowedOrigins()),
            Objects.requireNonNullElse(request.retentionDays(), project.retentionDays()),
            request.monthlyBudgetUsd() == null
                ? project.monthlyBudgetUsd()
                : request.monthlyBudgetUsd(),
            Objects.requireNonNullElse(request.consent(), project.consent()),
            Objects.requireNonNullElse(request.countBots(), project.countBots()),
            Objects.requireNonNullElse(request.modelWords(), project.modelWords()));
    numbers(problems, draft);
    problems.throwIfAny();
    return draft;
  }

  private static boolean sameOrAbsent(@Nullable String now, @Nullable String was) {
    return now == null || now.equals(was);
  }

  private static void numbers(Invalid.Collector problems, ProjectDraft draft) {
    BigDecimal budget = draft.monthlyBudgetUsd();
    problems
        .check(
            draft.retentionDays() >= 1 && draft.retentionDays() <= LONGEST_RETENTION,
            "retention_days",
            "must be 1 to %d".formatted(LONGEST_RETENTION))
        .check(
            budget == null
                || (budget.signum() >= 0 && budget.compareTo(BigDecimal.valueOf(1_000_000)) <= 0),
            "monthly_budget_usd",
            "must be 0 to 1,000,000");
  }

  private RepositoryRef repository(Invalid.Collector problems, @Nullable RepositoryRef given) {
    if (given == null) {
      problems.check(false, "repository", "must say where the code lies");
      return new RepositoryRef("git", null, null, null, null);
    }
    RepositoryRef ref =
        new RepositoryRef(
            given.host() == null ? "" : given.host().strip(),
            blank(given.fullName()),
            blank(given.url()),
            blank(given.defaultBranch()),
            folder(problems, given.appRoot()),
            blank(given.token()));
    problems.check(
        ref.token() == null
            || (ref.host().equals("git")
                && ref.url() != null
                && ref.url().startsWith("https:")
                && ref.token().matches("[\\x21-\\x7e]{1,1000}")),
        "repository.token",
        "is for https: repositories of the host git, and has no spaces");
    problems.check(HOSTS.contains(ref.host()), "repository.host", "must be git or github");
    if (ref.host().equals("github")) {
      problems.check(
          ref.fullName() != null && FULL_NAME.matcher(ref.fullName()).matches(),
          "repository.full_name",
          "must be owner/repo");
    }
    return ref.host().equals("git") && isInside(given.appRoot()) ? inspected(problems, ref) : ref;
  }

  /// A repository of a host that is set up is looked at now, so that what is wrong is said now.
  private RepositoryRef inspected(Invalid.Collector problems, RepositoryRef ref) {
    if (ref.url() == null) {
      problems.check(
          false,
          "repository.url",
          "must be an address such as https://git.example.org/shop.git or file:///home/me/shop");
      return ref;
    }
    Optional<CodeHost> host = hosts.find(ref.host());
    if (host.isEmpty()) {
      return ref;
    }
    try {
      Head head = host.get().inspect(ref);
      return ref.withDefaultBranch(head.branch());
    } catch (CodeHostException e) {
      problems.check(
          false,
          switch (e.code()) {
            case BRANCH_NOT_FOUND -> "repository.default_branch";
            case APP_ROOT_NOT_FOUND -> "repository.app_root";
            default -> "repository.url";
          },
          "cannot be used: " + e.getMessage());
      return ref;
    }
  }

  private static @Nullable String folder(Invalid.Collector problems, @Nullable String given) {
    String folder = blank(given);
    if (folder == null) {
      return null;
    }
    problems.check(
        isInside(folder),
        "repository.app_root",
        "must be a folder inside the repository, such as apps/web");
    String path = plain(folder);
    return path.isEmpty() ? "." : path;
  }

  private static boolean isInside(@Nullable String given) {
    String path = plain(given == null ? "" : given.strip());
    return !path.startsWith("/")
        && !path.contains("\\")
        && List.of(path.split("/", -1)).stream()
            .noneMatch(part -> part.equals("..") || (part.isEmpty() && !path.isEmpty()));
  }

  private static String plain(String folder) {
    return folder.replaceAll("^\\./+", "").replaceAll("/+$", "");
  }

  private static List<String> origins(Invalid.Collector problems, @Nullable List<String> given) {
    List<String> origins = given == null ? List.of() : given;
    problems.check(origins.size() <= 50, "allowed_origins", "must be at most 50");
    for (int i = 0; i < origins.size(); i++) {
      String origin = origins.get(i);
      problems.check(
          origin != null && origin.matches("https?://[A-Za-z0-9.\\-\\[\\]:]{1,253}"),
          "allowed_origins[%d]".formatted(i),
          "must be an origin such as https://shop.example.org, without a path");
    }
    return problems.clean() ? List.copyOf(origins) : List.of();
  }

  private static @Nullable String url(
      Invalid.Collector problems, @Nullable String given, String field) {
    String url = blank(given);
    if (url != null) {
      problems.check(
          isWebAddress(url), field, "must be an http or https address without user and password");
    }
    return url;
  }

  /// Whether a text may stand in a link that people click.
  public static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      return text.length() <= 2000
          && uri.getScheme() != null
          && uri.getScheme().matches("(?i)https?")
          && uri.getHost() != null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String blank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
