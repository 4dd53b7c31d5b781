package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Why an experiment that followed from another is this one, and what had been tried before it.
@RestController
class ProposalPages {
  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;

  ProposalPages(Templates templates, Frames frames, Experiments experiments) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
  }

  @GetMapping("/experiments/{id}/why")
  JteModel why(Frame outer, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    Proposal proposal = Proposal.of(experiment);
    if (proposal == null) {
      throw new NotFound("page");
    }
    Frame frame = frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS);
    return templates.experimentWhy(frame, Heading.of(experiment, false), proposal);
  }
}
