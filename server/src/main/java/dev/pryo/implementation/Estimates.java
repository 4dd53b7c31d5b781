package dev.pryo.implementation;

import dev.pryo.account.Account;
import dev.pryo.agent.Progress;
import dev.pryo.agent.edit.EditMode;
import dev.pryo.agent.model.Agent;
import dev.pryo.codehost.CodeHostException;
import dev.pryo.codehost.Snapshot;
import dev.pryo.experiment.Builds;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.experiment.Experiments;
import dev.pryo.implementation.Authors.Material;
import dev.pryo.implementation.Repositories.Place;
import dev.pryo.llm.LanguageModel;
import dev.pryo.model.Models;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What writing an experiment will probably use, before anything is spent.
@Component
public class Estimates {
  private final Experiments experiments;
  private final Builds builds;
  private final Projects projects;
  private final Repositories repositories;
  private final Briefs briefs;
  private final Authors authors;
  private final Models models;
  private final InstantSource clock;

  Estimates(
      Experiments experiments,
      Builds builds,
      Projects projects,
      Repositories repositories,
      Briefs briefs,
      Authors authors,
      Models models,
      InstantSource clock) {
    this.experiments = experiments;
    this.builds = builds;
    this.projects = projects;
    this.repositories = repositories;
    this.briefs = briefs;
    this.authors = authors;
    this.models = models;
    this.clock = clock;
  }

  /// @param mode who would write it: `edit` or `agent`
  /// @param model null for edit mode
  /// @param costUsd at list price, the least and the most
  public record Estimate(
      Mode mode,
      @Nullable String model,
      long inputTokens,
      long outputTokens,
      List<BigDecimal> costUsd) {
    static final Estimate NOTHING =
        new Estimate(Mode.EDIT, null, 0, 0, List.of(BigDecimal.ZERO, BigDecimal.ZERO));
  }

  /// Looks at the repository, and tries rules where the mode asks for them first.
  ///
  /// @throws Invalid where segments or goals are missing
  /// @throws Conflict where the mode needs a model and there is none, or the code cannot be read
  public Estimate of(Account account, UUID id) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    for (String field : experiment.needs()) {
      throw new Invalid(field, "must be given before the work can be estimated");
    }
    Optional<LanguageModel> model = models.implementing(time -> {});
    if (experiment.mode() == Mode.EDIT || (experiment.mode() == Mode.AUTO && model.isEmpty())) {
      return Estimate.NOTHING;
    }
    return estimate(experiment, model.orElseThrow(() -> new Conflict(Models.MISSING)));
  }

  private Estimate estimate(Experiment experiment, LanguageModel model) {
    Project project =
        projects.find(experiment.projectId()).orElseThrow(() -> new NotFound("project"));
    Place place =
        repositories
            .of(project, experiment)
            .orElseThrow(() -> new Conflict("GitHub is not connected to this Pryo."));
    try (Snapshot snapshot =
        place.host().snapshot(place.ref(), place.host().inspect(place.ref()).commit())) {
      Material material =
          new Material(
              experiment,
              project,
              new SnapshotTree(snapshot),
              briefs.of(experiment, project, builds.ended(project.id())));
      return experiment.mode() == Mode.AUTO
              && Authors.isCertain(EditMode.run(material.tree(), material.brief(), Progress.SILENT))
          ? Estimate.NOTHING
          : byModel(model, material);
    } catch (CodeHostException e) {
      throw PullRequests.answer(e);
    }
  }

  private Estimate byModel(LanguageModel model, Material material) {
    dev.pryo.agent.model.Estimate estimate =
        new Agent(model, models.prices(), clock).estimate(authors.task(material, List.of()));
    return new Estimate(
        Mode.AGENT,
        model.name(),
        estimate.inputTokens(),
        estimate.outputTokens(),
        List.of(estimate.low().usd(), estimate.high().usd()));
  }
}
