package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Explorer;
import dev.pryo.event.Source;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A closer look at an experiment's numbers: day by day, and apart for a property. Both are pages,
/// and parts of the page of results once somebody has come that far.
@RestController
class ExplorerPages {
  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final Analyses analyses;
  private final Explorer explorer;
  private final DayPictures days;

  ExplorerPages(
      Templates templates,
      Frames frames,
      Experiments experiments,
      Analyses analyses,
      Explorer explorer,
      DayPictures days) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.analyses = analyses;
    this.explorer = explorer;
    this.days = days;
  }

  /// What was seen at each day's end.
  @GetMapping("/experiments/{id}/over-time")
  ResponseEntity<JteModel> overTime(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String source) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Optional<Analysis> newest = analyses.newest(id, source(source));
    if (newest.isEmpty()) {
      return Answers.next("/experiments/" + id);
    }
    Analysis analysis = newest.get();
    return Answers.page(
        templates.experimentOverTime(
            inside(frame, account, experiment),
            Heading.of(experiment, false),
            days.of(experiment, analysis),
            analysis.simulated()));
  }

  /// The numbers apart for a property, once one is chosen.
  @GetMapping("/experiments/{id}/breakdown")
  ResponseEntity<JteModel> breakdown(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String by) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Optional<Analysis> newest = analyses.newest(id, source(source));
    if (newest.isEmpty()) {
      return Answers.next("/experiments/" + id);
    }
    Source counted = newest.get().source();
    List<String> known = explorer.properties(experiment, counted);
    String chosen = by == null || by.isBlank() ? null : by.strip();
    Apart apart = null;
    String problem = null;
    try {
      apart =
          chosen == null
              ? null
              : Apart.of(explorer.breakdown(experiment, counted, chosen), experiment);
    } catch (Invalid e) {
      problem = e.fields().getFirst().message();
    }
    JteModel page =
        templates.experimentBreakdown(
            inside(frame, account, experiment),
            Heading.of(experiment, false),
            known,
            chosen == null ? "" : chosen,
            apart,
            problem,
            newest.get().simulated());
    return problem == null ? Answers.page(page) : Answers.wrong(page);
  }

  private Frame inside(Frame frame, Account account, Experiment experiment) {
    return frames.in(frame, account, experiment.projectId(), Section.EXPERIMENTS);
  }

  private static @Nullable Source source(@Nullable String word) {
    return word == null ? null : word.equals("simulated") ? Source.SIMULATED : Source.LIVE;
  }
}
