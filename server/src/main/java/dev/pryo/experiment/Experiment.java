package dev.pryo.experiment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One experiment, from its sentence to its end.
///
/// @param no its short number in the event tables
/// @param key its name in code, unique in the project for ever
/// @param seed 16 hex digits that decide who sees what; its own for each experiment
/// @param proposal why it was proposed, where `iterate` made it
/// @param pullRequest null until there is one
public record Experiment(
    UUID id,
    long no,
    UUID projectId,
    String key,
    String name,
    String description,
    @Nullable String hypothesis,
    @Nullable UUID parentId,
    @Nullable JsonNode proposal,
    List<Segment> segments,
    List<Goal> goals,
    Plan plan,
    BigDecimal exposurePercentage,
    String seed,
    Mode mode,
    boolean activateOnMerge,
    @Nullable String previewUrl,
    @Nullable String baseBranch,
    Stage stage,
    @Nullable Instant activatedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant archivedAt,
    @Nullable String branch,
    @Nullable String baseCommit,
    @Nullable String headCommit,
    @Nullable PullRequest pullRequest,
    @Nullable String closedReason,
    @Nullable UUID createdBy,
    Instant createdAt) {

  /// Who writes the variants.
  public enum Mode {
    AUTO,
    EDIT
  }

  /// The pull request that carries the variants.
  public record PullRequest(int number, String url, State state) {
    public enum State {
      DRAFT,
      OPEN,
      MERGED,
      CLOSED
    }
  }

  public Status status() {
    return stage.status();
  }

  public Segment control() {
    return segments.getFirst();
  }

  /// The goals that decide.
  public List<Goal> primaryGoals() {
    return goals.stream().filter(goal -> goal.role() == Goal.Role.PRIMARY).toList();
  }
}
