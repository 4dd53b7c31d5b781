package dev.pryo.analysis;

import dev.pryo.event.EventStore;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Analyses experiments: has their events counted, makes the report and saves it.
@Component
public class Analyst {
  private final EventStore events;
  private final Analyses analyses;
  private final Projects projects;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  Analyst(
      EventStore events,
      Analyses analyses,
      Projects projects,
      JdbcClient sql,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.events = events;
    this.analyses = analyses;
    this.projects = projects;
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Analyses the experiment as it is now, on behalf of whoever the current thread acts for, and
  /// saves the analysis.
  ///
  /// @param source live or simulated
  /// @throws Conflict if there is nothing to compare, because segments are missing
  public Analysis run(Experiment experiment, Source source) {
    if (experiment.segments().size() < 2) {
      throw new Conflict(
          "It has no segments to compare yet: give the control and at least one test first.");
    }
    Project project =
        projects.find(experiment.projectId()).orElseThrow(() -> new NotFound("project"));
    return Objects.requireNonNull(
        transactions.execute(status -> {
          analyses.lock(experiment.id());
          Look look = look(experiment, project, source);
          Analysis analysis = Report.of(look);
          analyses.save(project.id(), look, analysis);
          return analysis;
        }));
  }

  private Look look(Experiment experiment, Project project, Source source) {
    TotalsQuery query = query(experiment, project, source);
    return Look.of(
        analyses.nextId(),
        experiment,
        source,
        project.countBots(),
        events.totals(query),
        query.now(),
        analyses.newest(experiment.id(), source).orElse(null));
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
            "select since, until from active_period where experiment_id = :experiment order by since")
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
