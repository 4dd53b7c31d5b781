package dev.pryo.web;

import dev.pryo.implementation.Remark;
import dev.pryo.job.Job;
import dev.pryo.model.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a page says of how variants were made, beside the variants.
///
/// @param unproposed what was written last and did not pass its checks; empty where it did
/// @param checks asked about what the page shows
/// @param remarks what the pull request was told on its host, and what came of it
/// @param revisable whether a model can be asked for another commit
/// @param trouble why the last revision ended without one
/// @param cap what a revision may cost
public record Made(
    List<DiffFile> unproposed,
    List<Job.Check> checks,
    Usage usage,
    List<Remark> remarks,
    boolean revisable,
    @Nullable String trouble,
    String cap) {}
