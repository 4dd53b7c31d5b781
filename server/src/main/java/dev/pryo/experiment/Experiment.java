package dev.pryo.experiment;

import dev.pryo.platform.Conflict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
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
/// @param tried whether its implementation was ever begun, so that there is a job of it
/// @param pullRequest null until there is one
/// @param rollout how far it is taken out again, null before anybody asked for that
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
    OnHarm onHarm,
    boolean activateOnMerge,
    @Nullable String previewUrl,
    @Nullable String baseBranch,
    Stage stage,
    boolean tried,
    @Nullable Instant activatedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant archivedAt,
    @Nullable String branch,
    @Nullable String baseCommit,
    @Nullable String headCommit,
    @Nullable PullRequest pullRequest,
    @Nullable String closedReason,
    @Nullable Rollout rollout,
    @Nullable UUID createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /// Who writes the variants.
  public enum Mode {
    /// Rules where they are certain, else a model where there is one.
    AUTO,
    /// A language model.
    AGENT,
    /// Rules.
    EDIT
  }

  /// What Pryo does by itself where the split breaks or a guardrail is harmed.
  public enum OnHarm {
    /// It says so.
    NOTIFY,
    /// It says so and pauses: everybody sees the control.
    PAUSE
  }

  /// The pull request that carries the variants.
  ///
  /// @param url the host's page, or Pryo's own where the host has none
  /// @param head the branch with the variants
  /// @param base the branch that they are merged into
  /// @param conflicted whether it cannot be merged as it is, since the base branch changed the same
  ///   places; as far as the host says
  /// @param conflictFiles in which files, where that is known
  /// @param checks what the repository's own checks say of its newest commit, null where there are
  ///   none
  /// @param repairs how often Pryo tried to mend what they found
  /// @param repair whether its newest commit, or the one that is being written, mends that
  public record PullRequest(
      int number,
      String url,
      State state,
      String head,
      String base,
      boolean conflicted,
      List<String> conflictFiles,
      @Nullable Checks checks,
      int repairs,
      boolean repair) {
    public enum State {
      DRAFT,
      OPEN,
      MERGED,
      CLOSED;

      /// Whether it can still be changed and merged.
      public boolean isOpen() {
        return this == DRAFT || this == OPEN;
      }
    }

    /// What the repository's own checks say.
    public enum Checks {
      PENDING,
      PASSED,
      FAILED
    }

    public PullRequest {
      conflictFiles = List.copyOf(conflictFiles);
    }

    /// Whether it can still be changed and merged.
    public boolean isOpen() {
      return state.isOpen();
    }
  }

  public Status status() {
    return stage.status();
  }

  /// What is put away is read and counted like any other, and not changed.
  ///
  /// @param verb what was to be done to it, as in "changed"
  /// @throws Conflict if it is archived
  public void requireNotArchived(String verb) {
    if (archivedAt != null) {
      throw new Conflict(
          "It is archived and cannot be %s: PATCH it with {\"archived\": false} first, which brings it back."
              .formatted(verb));
    }
  }

  /// The segment that shows the site as it is.
  public Segment control() {
    return segments.getFirst();
  }

  /// What still has to be said before it can start: `segments`, `goals`.
  public List<String> needs() {
    List<String> needs = new ArrayList<>();
    if (segments.size() < 2) {
      needs.add("segments");
    }
    if (primaryGoals().isEmpty()) {
      needs.add("goals");
    }
    return List.copyOf(needs);
  }

  /// The address that shows this segment to whoever opens it: the page with `pryo=<key>` in its
  /// query and the segment as its fragment. Null where no page is known.
  ///
  /// @param siteUrl the project's site, for an experiment without a page of its own
  public @Nullable String previewLink(Segment segment, @Nullable String siteUrl) {
    String page = previewUrl != null ? previewUrl : siteUrl;
    if (page == null) {
      return null;
    }
    int fragment = page.indexOf('#');
    String address = fragment < 0 ? page : page.substring(0, fragment);
    String joint =
        !address.contains("?") ? "?" : address.endsWith("?") || address.endsWith("&") ? "" : "&";
    return address + joint + "pryo=" + key + segment.previewHash();
  }

  /// The goals that decide.
  public List<Goal> primaryGoals() {
    return goals.stream().filter(goal -> goal.role() == Goal.Role.PRIMARY).toList();
  }
}
