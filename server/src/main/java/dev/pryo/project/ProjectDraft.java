package dev.pryo.project;

import dev.pryo.codehost.RepositoryRef;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the owner says about a project, checked.
public record ProjectDraft(
    String name,
    RepositoryRef repository,
    @Nullable String siteUrl,
    List<String> allowedOrigins,
    int retentionDays,
    @Nullable BigDecimal monthlyBudgetUsd,
    Consent consent,
    boolean countBots,
    boolean modelWords) {

  /// A project whose analyses may be put into words by a model.
  public ProjectDraft(
      String name,
      RepositoryRef repository,
      @Nullable String siteUrl,
      List<String> allowedOrigins,
      int retentionDays,
      @Nullable BigDecimal monthlyBudgetUsd,
      Consent consent,
      boolean countBots) {
    this(
        name,
        repository,
        siteUrl,
        allowedOrigins,
        retentionDays,
        monthlyBudgetUsd,
        consent,
        countBots,
        true);
  }
}
