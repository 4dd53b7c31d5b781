package dev.pryo.project;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.pryo.codehost.RepositoryRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A linked repository and how its site is measured; as the API shows it.
///
/// @param no its short number in the event tables
/// @param modelWords whether a language model may put its analyses into words, where there is one
/// @param detected what was found about the code, null until it was looked at
/// @param demo whether it is the sample shop
public record Project(
    UUID id,
    @JsonIgnore long no,
    String name,
    RepositoryRef repository,
    @Nullable String siteUrl,
    List<String> allowedOrigins,
    int retentionDays,
    @Nullable BigDecimal monthlyBudgetUsd,
    Consent consent,
    boolean countBots,
    boolean modelWords,
    String writeKey,
    @Nullable JsonNode detected,
    boolean demo,
    Instant createdAt) {}
