package dev.pryo.analysis;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Analysis.Rule;
import dev.pryo.event.EventStore;
import dev.pryo.event.Noticed;
import dev.pryo.event.Noticing;
import dev.pryo.event.Source;
import dev.pryo.event.TotalsQuery;
import dev.pryo.event.TotalsQuery.Period;
import dev.pryo.experiment.Experiment;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Analyses experiments: has their events counted, makes the report and saves it.
@Component
public class Analyst {
  private final EventStore events;
  private final Analyses analyses;
  private final Noticing noticing;
  private final Projects projects;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;
  private final ObjectProvider<AnalysisListener> listeners;

  Analyst(
      EventStore events,
      Analyses analyses,
      Noticing noticing,
      Projects projects,
      JdbcClient sql,
      TransactionTemplate transactions,
      InstantSource clock,
      ObjectProvider<AnalysisListener> listeners) {
    this.events = events;
    this.analyses = analyses;
    this.noticing = noticing;
    this.projects = projects;
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
    this.listeners = listeners;
  }

  /// Analyses the experiment as it is now, on behalf of whoever the current thread acts for, and
  /// saves the analysis.
  ///
  /// @param source live or simulated
  /// @throws Conflict if there is nothing to compare, because segments are missing
  public Analysis run(Experiment experiment, Source source) {
    return run(experiment, source, true);
  }

  /// The same for somebody who looks at a page, or for Pryo itself, which is done often: listeners
  /// may save themselves trouble.
  public Analysis refresh(Experiment experiment, Source source) {
    return run(experiment, source, false);
  }

  private Analysis run(Experiment experiment, Source source, boolean asked) {
    if (experiment.segments().size() < 2) {
      throw new Conflict(
          "It has no segments to compare yet: give the control and at least one test first.");
    }
    return Objects.requireNonNull(
        transactions.execute(status -> {
          analyses.lock(experiment.id());
          Project project = project(experiment);
          Look look = look(experiment, project, source, newest(experiment, source));
          return save(project, experiment, look, asked);
        }));
  }

  /// Looks at a running experiment without being asked, in the caller's transaction, which has
  /// written nothing yet. What has not changed is not saved again.
  ///
  /// @return the newest analysis
  Analysis watch(Experiment experiment) {
    analyses.lock(experiment.id());
    Project project = project(experiment);
    Recorded before = newest(experiment, Source.LIVE);
    Look look = look(experiment, project, Source.LIVE, before);
    if (before != null && before.look().totals().equals(look.totals())) {
      Rule rule = Report.of(look).verdict().rule();
      if (rule == before.analysis().verdict().rule()) {
        return before.analysis();
      }
    }
    return save(project, experiment, look, false);
  }

  private Project project(Experiment experiment) {
    return projects.find(experiment.projectId()).orElseThrow(() -> new NotFound("project"));
  }

  private @Nullable Recorded newest(Experiment experiment, Source source) {
    return analyses.newestRecorded(experiment.id(), source).orElse(null);
  }

  private Analysis save(Project project, Experiment experiment, Look look, boolean asked) {
    Analysis analysis = Report.of(look);
    analyses.save(project.id(), look, analysis);
    listeners.forEach(listener -> listener.analysed(project, experiment, analysis, asked));
    return analyses.find(analysis.id()).orElse(analysis);
  }

  private Look look(
      Experiment experiment, Project project, Source source, @Nullable Recorded before) {
    TotalsQuery query = query(experiment, project, source);
    List<Period> active = query.active();
    Look look =
        Look.of(
                analyses.nextId(),
                experiment,
                source,
                project.countBots(),
                events.totals(query),
                query.now(),
                before == null ? null : before.analysis())
            .runningSince(
                active.isEmpty() || active.getLast().until() != null
                    ? null
                    : active.getLast().since())
            .noticed(
                source == Source.SIMULATED
                    ? Noticed.NOTHING
                    : noticing.of(project.no(), experiment.no(), active));
    return look.plannedEnds(
        new PlannedEnds(events, query).of(look, before == null ? null : before.look()));
  }

  /// What is asked of the experiment's events now.
  TotalsQuery query(Experiment experiment, Project project, Source source) {
    return new TotalsQuery(
        project.no(),
        experiment.no(),
        experiment.segments().size(),
        experiment.goals(),
        active(experiment.id()),
        project.countBots(),
        source,
        clock.instant());
  }

  private List<Period> active(UUID experiment) {
    return sql.sql(
            "select since, until from active_period where experiment_id = :experiment order by"
                + " since")
        .param("experiment", experiment)
        .query((rs, n) -> {
          OffsetDateTime until = rs.getObject("until", OffsetDateTime.class);
          return new Period(
              rs.getObject("since", OffsetDateTime.class).toInstant(),
              until == null ? null : until.toInstant());
        })
        .list();
  }
}
