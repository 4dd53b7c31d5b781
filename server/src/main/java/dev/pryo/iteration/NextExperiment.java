package dev.pryo.iteration;

import dev.pryo.account.Account;
import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analysis;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentRequest;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Segment;
import dev.pryo.platform.Conflict;
import dev.pryo.project.Role;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Proposes the experiment that follows from another's outcome, by rules.
@Component
public class NextExperiment {
  private static final int TRIED = 1000;

  private final Experiments experiments;
  private final Analyses analyses;
  private final JsonMapper json;

  NextExperiment(Experiments experiments, Analyses analyses, JsonMapper json) {
    this.experiments = experiments;
    this.analyses = analyses;
    this.json = json;
  }

  /// Makes the next experiment, as a draft or started at once. It is never one whose instructions
  /// were tried before in the project.
  ///
  /// @throws Conflict if there is no analysis to follow from, or nothing left to try
  public Experiment propose(Account account, UUID parentId, boolean start) {
    Experiment parent = experiments.require(account, parentId, Role.EDITOR);
    Analysis analysis =
        analyses
            .newest(parentId, null)
            .orElseThrow(() ->
                new Conflict(
                    "It has not been analysed, so there is nothing to follow from: analyse it, or simulate first."));
    Draft draft = Draft.of(parent, analysis, tried(account, parent));
    ExperimentRequest request = draft.request(start);
    return experiments.create(account, request, parent, json.valueToTree(draft.proposal()));
  }

  /// The instructions of every other experiment of the project, newest first, in a form to compare.
  private Set<String> tried(Account account, Experiment parent) {
    return all(account, parent.projectId()).stream()
        .filter(experiment -> !experiment.id().equals(parent.id()))
        .flatMap(experiment -> experiment.segments().stream())
        .map(Segment::instructions)
        .filter(Objects::nonNull)
        .map(NextExperiment::comparable)
        .collect(Collectors.toSet());
  }

  private List<Experiment> all(Account account, @Nullable UUID project) {
    return experiments.list(account, project, null, true, TRIED, null).items();
  }

  static String comparable(String instructions) {
    return instructions.toLowerCase(Locale.ROOT).replaceAll("[\\s.,;!]+", " ").strip();
  }
}
