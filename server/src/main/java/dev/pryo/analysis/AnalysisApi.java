package dev.pryo.analysis;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.pryo.account.Account;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Status;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Analyses over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}")
@Tag(name = "Analysis")
class AnalysisApi {
  private static final int LONGEST_LIST = 1000;

  /// How long somebody who waits for an analysis waits for its words.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Where the analysis of a finished experiment is.
  record Finished(UUID id, Status status, String analysis) {}

  /// A page of earlier analyses, newest first.
  record AnalysisList(List<Analysis> items, @Nullable String nextCursor) {}

  /// An analysis and the same apart for a property.
  record BrokenDown(@JsonUnwrapped Analysis analysis, Breakdown breakdown) {}

  private final Experiments experiments;
  private final Analyst analyst;
  private final Analyses analyses;
  private final Wordings wordings;
  private final Explorer explorer;

  AnalysisApi(
      Experiments experiments,
      Analyst analyst,
      Analyses analyses,
      Wordings wordings,
      Explorer explorer) {
    this.experiments = experiments;
    this.analyst = analyst;
    this.analyses = analyses;
    this.wordings = wordings;
    this.explorer = explorer;
  }

  /// Analyses now without finishing: live events where the experiment was ever active, else the
  /// simulated ones.
  @PostMapping("/analyse")
  Analysis analyse(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(required = false) @Nullable String source) {
    Experiment found = experiments.require(account, experiment, Role.EDITOR);
    Source asked = source(source);
    return analyst.run(found, asked == null ? usual(found) : asked);
  }

  private Source usual(Experiment experiment) {
    if (experiment.activatedAt() != null) {
      return Source.LIVE;
    }
    if (analyses.newest(experiment.id(), Source.SIMULATED).isPresent()) {
      return Source.SIMULATED;
    }
    throw new Conflict(
        "It has not been active yet, so there is nothing to analyse: activate it, or simulate first.");
  }

  /// Stops the experiment and analyses it.
  @PostMapping("/finish")
  @ApiResponse(
      responseCode = "200",
      description =
          "With wait=true: the analysis, with a model's words where they come within 60 s",
      content = @Content(schema = @Schema(implementation = Analysis.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Stopped",
      content = @Content(schema = @Schema(implementation = Finished.class)))
  ResponseEntity<Object> finish(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(defaultValue = "false") boolean wait) {
    Experiment finished = experiments.finish(account, experiment);
    Analysis analysis = analyst.run(finished, Source.LIVE);
    return wait
        ? ResponseEntity.ok(wordings.awaited(analysis, PATIENCE))
        : ResponseEntity.accepted()
            .body(
                new Finished(
                    finished.id(),
                    finished.status(),
                    "/api/experiments/%s/analysis".formatted(finished.id())));
  }

  /// The newest analysis, live where there is a live one; with `history=true` a list of all.
  ///
  /// @param by a property of the exposure events: adds `breakdown`, the same apart for its values,
  ///   exploratory and corrected for their number
  @GetMapping("/analysis")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(oneOf = {Analysis.class, BrokenDown.class, AnalysisList.class})))
  ResponseEntity<Object> analysis(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(defaultValue = "false") boolean history,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String by) {
    Experiment found = experiments.require(account, experiment, Role.VIEWER);
    Source asked = source(source);
    if (history) {
      if (by != null) {
        throw new Invalid("by", "is for one analysis: leave it out, or leave history out");
      }
      return ResponseEntity.ok(list(experiment, asked, limit, cursor));
    }
    Analysis newest = newest(experiment, asked);
    return ResponseEntity.ok(
        by == null
            ? newest
            : new BrokenDown(newest, explorer.breakdown(found, newest.source(), by)));
  }

  private Analysis newest(UUID experiment, @Nullable Source source) {
    return analyses.newest(experiment, source).orElseThrow(() -> new NotFound("analysis"));
  }

  /// The experiment day by day (UTC), as somebody would have seen it who looked at each day's end,
  /// with every plot as a Chart.js configuration; of the source of the newest analysis.
  @GetMapping("/analysis/series")
  Series series(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(required = false) @Nullable String source) {
    Experiment found = experiments.require(account, experiment, Role.VIEWER);
    return explorer.series(found, newest(experiment, source(source)));
  }

  private AnalysisList list(
      UUID experiment, @Nullable Source source, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > LONGEST_LIST) {
      throw new Invalid("limit", "must be from 1 to %d".formatted(LONGEST_LIST));
    }
    List<Analysis> found = analyses.history(experiment, source, limit + 1, before(cursor));
    return found.size() > limit
        ? new AnalysisList(found.subList(0, limit), found.get(limit - 1).id().toString())
        : new AnalysisList(found, null);
  }

  private static @Nullable UUID before(@Nullable String cursor) {
    try {
      return cursor == null ? null : UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new Invalid("cursor", "must be a next_cursor of this list");
    }
  }

  private static @Nullable Source source(@Nullable String asked) {
    if (asked == null) {
      return null;
    }
    return switch (asked.toLowerCase(Locale.ROOT)) {
      case "live" -> Source.LIVE;
      case "simulated" -> Source.SIMULATED;
      default -> throw new Invalid("source", "must be live or simulated");
    };
  }
}
