package dev.pryo.project;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the owner says about a project, checked.
public record ProjectDraft(
    String name,
    Repository repository,
    @Nullable String siteUrl,
    List<String> allowedOrigins,
    int retentionDays,
    @Nullable BigDecimal monthlyBudgetUsd,
    Consent consent,
    boolean countBots) {}
