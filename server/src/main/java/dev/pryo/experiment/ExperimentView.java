package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.experiment.Experiment.OnHarm;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An experiment as the API shows it.
///
/// @param needs what still has to be said before it can start: `segments`, `goals`
/// @param planNote why the plan has no number or no days; null where it has both
/// @param proposal why it was proposed, where it follows from another
/// @param rollout how far it is taken out of the repository again, null before that was asked for
/// @param error why it failed, while it is failed
@Schema(name = "Experiment")
public record ExperimentView(
    UUID id,
    UUID projectId,
    String key,
    String name,
    String description,
    @Nullable String hypothesis,
    Status status,
    boolean archived,
    List<String> needs,
    @Nullable UUID parentId,
    @Nullable JsonNode proposal,
    List<SegmentView> segments,
    List<Goal> goals,
    Plan plan,
    @Nullable String planNote,
    BigDecimal exposurePercentage,
    Mode mode,
    OnHarm onHarm,
    boolean activateOnMerge,
    @Nullable String previewUrl,
    @Nullable String baseBranch,
    @Nullable String branch,
    @Nullable String prUrl,
    @Nullable Integer prNumber,
    @Nullable PullRequestView pullRequest,
    @Nullable String closedReason,
    @Nullable Rollout rollout,
    Stage.@Nullable Problem error,
    Instant createdAt,
    @Nullable Instant activatedAt,
    @Nullable Instant finishedAt) {

  /// A segment with its preview.
  ///
  /// @param quote the words of the description that it came from
  /// @param previewLink null where no page is known
  @Schema(name = "Segment")
  public record SegmentView(
      UUID id,
      String key,
      String name,
      @Nullable String description,
      @Nullable String instructions,
      BigDecimal trafficPercentage,
      @Nullable String quote,
      String previewHash,
      @Nullable String previewLink) {}

  /// The pull request.
  ///
  /// @param conflicts whether it cannot be merged as it is, since the base branch changed the same
  ///   places: `POST …/implement` then writes it again on the new base
  /// @param conflictFiles in which files, where that is known
  /// @param checks what the repository's own checks say, where there are any
  /// @param repairAttempts how often Pryo tried to mend what they found
  /// @param repairing whether it does so now
  @Schema(name = "PullRequest")
  public record PullRequestView(
      int number,
      String url,
      Experiment.PullRequest.State state,
      String head,
      String base,
      boolean conflicts,
      List<String> conflictFiles,
      Experiment.PullRequest.@Nullable Checks checks,
      int repairAttempts,
      boolean repairing) {}

  /// @param siteUrl the project's site
  public static ExperimentView of(Experiment experiment, @Nullable String siteUrl) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return new ExperimentView(
        experiment.id(),
        experiment.projectId(),
        experiment.key(),
        experiment.name(),
        experiment.description(),
        experiment.hypothesis(),
        experiment.status(),
        experiment.archivedAt() != null,
        experiment.needs(),
        experiment.parentId(),
        experiment.proposal(),
        experiment.segments().stream().map(s -> segment(experiment, s, siteUrl)).toList(),
        experiment.goals(),
        experiment.plan(),
        PlanDays.note(experiment.plan(), experiment.goals()),
        experiment.exposurePercentage(),
        experiment.mode(),
        experiment.onHarm(),
        experiment.activateOnMerge(),
        experiment.previewUrl(),
        experiment.baseBranch(),
        experiment.branch(),
        pull == null ? null : pull.url(),
        pull == null ? null : pull.number(),
        pull == null ? null : pullRequest(pull, experiment.stage()),
        experiment.closedReason(),
        experiment.rollout(),
        experiment.stage() instanceof Stage.Failed failed ? failed.error() : null,
        experiment.createdAt(),
        experiment.activatedAt(),
        experiment.finishedAt());
  }

  private static SegmentView segment(
      Experiment experiment, Segment segment, @Nullable String siteUrl) {
    return new SegmentView(
        segment.id(),
        segment.key(),
        segment.name(),
        segment.description(),
        segment.instructions(),
        segment.trafficPercentage(),
        segment.quote(),
        segment.previewHash(),
        experiment.previewLink(segment, siteUrl));
  }

  private static PullRequestView pullRequest(Experiment.PullRequest pull, Stage stage) {
    return new PullRequestView(
        pull.number(),
        pull.url(),
        pull.state(),
        pull.head(),
        pull.base(),
        pull.isOpen() && pull.conflicted(),
        pull.conflictFiles(),
        pull.checks(),
        pull.repairs(),
        pull.repair() && stage instanceof Stage.Implementing);
  }
}
