package dev.pryo.project;

import dev.pryo.codehost.RepositoryRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client may say about a project; everything else in a body is not bound.
///
/// @param repoFullName the short form of `repository` for GitHub
record ProjectRequest(
    @Nullable String name,
    @Nullable RepositoryRef repository,
    @Nullable @Schema(description = "short form of repository, for GitHub: owner/repo")
        String repoFullName,
    @Nullable String siteUrl,
    @Nullable List<String> allowedOrigins,
    @Nullable Integer retentionDays,
    @Nullable BigDecimal monthlyBudgetUsd,
    @Nullable Consent consent,
    @Nullable Boolean countBots,
    @Nullable Boolean modelWords) {}
