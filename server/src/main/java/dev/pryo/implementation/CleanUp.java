package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Rollout;
import dev.pryo.experiment.Segment;
import dev.pryo.implementation.Footprints.Kept;
import dev.pryo.implementation.Footprints.Prepared;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.job.JobRun;
import dev.pryo.project.Project;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A roll-out that is being written: of what, where, and for whom.
///
/// @param kept what the experiment left
/// @param segment the key of the one that stays
record CleanUp(
    JobRun run,
    Experiment experiment,
    Project project,
    Kept kept,
    String segment,
    Place place,
    Account asker) {
  UUID id() {
    return experiment.id();
  }

  /// The name of the segment that stays.
  String name() {
    return experiment.segments().stream()
        .filter(one -> one.key().equals(segment))
        .map(Segment::name)
        .findFirst()
        .orElse(segment);
  }

  /// What came of preparing the segment; null where that was not tried, or not needed.
  @Nullable Prepared prepared() {
    return kept.prepared().get(segment);
  }

  /// The pull request that is written again on a new base; null where there is none yet.
  Rollout.@Nullable PullRequest open() {
    Rollout rollout = experiment.rollout();
    return rollout == null || !rollout.hasOpenPullRequest() ? null : rollout.pullRequest();
  }
}
