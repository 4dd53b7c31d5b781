package dev.pryo.iteration;

import dev.pryo.account.Account;
import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Conclusion;
import dev.pryo.analysis.Explorer;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Conflict;
import dev.pryo.project.Projects;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Proposes the experiment that follows from another's outcome: a model's proposal where there is a
/// model and nothing speaks against what it says, else one by rules.
@Component
public class NextExperiment {
  private static final int CHUNK = 500;

  private final Experiments experiments;
  private final Analyses analyses;
  private final Explorer explorer;
  private final Projects projects;
  private final Adviser adviser;
  private final JsonMapper json;

  NextExperiment(
      Experiments experiments,
      Analyses analyses,
      Explorer explorer,
      Projects projects,
      Adviser adviser,
      JsonMapper json) {
    this.experiments = experiments;
    this.analyses = analyses;
    this.explorer = explorer;
    this.projects = projects;
    this.adviser = adviser;
    this.json = json;
  }

  /// Makes the next experiment, as a draft or started at once. It is never one that was tried
  /// before in the project.
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
    Draft.requireSegments(parent);
    Background background =
        new Background(
            parent,
            analysis,
            library(account, parent.projectId()),
            explorer.apart(parent, analysis));
    Draft draft = Draft.of(background, counsel(account, background));
    return experiments.create(
        account, draft.request(start), parent, json.valueToTree(draft.proposal()));
  }

  /// Where the numbers could not be used there is nothing to advise on: the same is tried again.
  private Counsel counsel(Account account, Background background) {
    return background.analysis().verdict().decision() == Analysis.Decision.INVALID
        ? Counsel.NONE
        : adviser.ask(
            projects.require(account, background.parent().projectId(), Role.EDITOR), background);
  }

  /// What was tried in the project so far, the newest first.
  private Library library(Account account, UUID project) {
    List<Attempt> attempts = new ArrayList<>();
    @Nullable UUID before = null;
    do {
      Page<Experiment> page = experiments.list(account, project, null, true, CHUNK, before);
      Map<UUID, Conclusion> conclusions =
          analyses.conclusions(page.items().stream().map(Experiment::id).toList());
      page.items().forEach(each -> attempts.add(Attempt.of(each, conclusions.get(each.id()))));
      before = page.next() == null ? null : UUID.fromString(page.next());
    } while (before != null);
    return new Library(attempts);
  }
}
