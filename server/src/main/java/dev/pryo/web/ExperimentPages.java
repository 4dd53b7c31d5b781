package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Stage;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// An experiment's one place: what it shows is what comes next.
@RestController
class ExperimentPages {
  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final DescribePages describe;
  private final ImplementationPages implementation;
  private final ResultPages results;

  ExperimentPages(
      Templates templates,
      Frames frames,
      Experiments experiments,
      DescribePages describe,
      ImplementationPages implementation,
      ResultPages results) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.describe = describe;
    this.implementation = implementation;
    this.results = results;
  }

  @GetMapping("/experiments/{id}")
  JteModel show(Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    return page(frame, account, experiments.require(account, id, Role.VIEWER), null);
  }

  /// @param failure why the last button did nothing, null where there was none
  JteModel page(Frame outer, Account account, Experiment known, @Nullable String failure) {
    Experiment experiment = implementation.refreshed(known);
    Frame frame = frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS);
    return switch (experiment.stage()) {
      case Stage.Draft d -> draft(frame, account, experiment, failure);
      case Stage.Implementing i -> implementation.running(frame, experiment, failure);
      case Stage.Failed f -> implementation.failed(frame, account, experiment, f.error(), failure);
      case Stage.AwaitingMerge a -> implementation.review(frame, account, experiment, failure);
      case Stage.Active a -> results.live(frame, experiment, failure);
      case Stage.Paused p -> results.live(frame, experiment, failure);
      case Stage.Finished f -> results.live(frame, experiment, failure);
    };
  }

  private JteModel draft(
      Frame frame, Account account, Experiment experiment, @Nullable String failure) {
    if (frame.place() == null || !frame.place().edits()) {
      return templates.experimentDraft(frame, experiment, Heading.of(experiment, false));
    }
    Form form = Describing.of(experiment);
    return describe.page(
        frame,
        account,
        experiment.projectId(),
        failure == null ? form : form.with(failure),
        experiment);
  }
}
