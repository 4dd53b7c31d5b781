package dev.pryo.analysis;

import dev.pryo.event.EventStore;
import dev.pryo.event.Source;
import dev.pryo.event.TotalsQuery;
import dev.pryo.experiment.Experiment;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Looks closer at an experiment, on behalf of whoever the current thread acts for: day by day, and
/// apart for a property. Nothing of it is saved, and no verdict rests on it.
@Component
public class Explorer {
  private static final int LONGEST_NAME = 100;

  /// Each costs about as much as an analysis, and somebody waits.
  private static final int PROPERTIES = 3;

  private static final String NO_NAME =
      "must be the name of a property of the exposure events, with 1 to %d characters"
          .formatted(LONGEST_NAME);

  private final Analyst analyst;
  private final Analyses analyses;
  private final EventStore events;
  private final Projects projects;
  private final TransactionTemplate transactions;
  private final KnownSeries known = new KnownSeries();

  Explorer(
      Analyst analyst,
      Analyses analyses,
      EventStore events,
      Projects projects,
      TransactionTemplate transactions) {
    this.analyst = analyst;
    this.analyses = analyses;
    this.events = events;
    this.projects = projects;
    this.transactions = transactions;
  }

  /// The experiment day by day.
  ///
  /// @param newest its newest analysis, whose source is asked
  public Series series(Experiment experiment, Analysis newest) {
    return known.of(
        asked(
            experiment,
            newest.source(),
            (query, look) ->
                new KnownSeries.Ingredients(
                    look.plannedEnds(plannedEnds(query, look)),
                    events.days(query),
                    events.spreads(query),
                    newest)));
  }

  private List<Look.PlannedEnd> plannedEnds(TotalsQuery query, Look look) {
    Look recorded =
        analyses
            .newestRecorded(look.experiment().id(), look.source())
            .map(Analyses.Recorded::look)
            .orElse(null);
    return new PlannedEnds(events, query).of(look, recorded);
  }

  /// The experiment apart for the values of a property of people's first exposures.
  ///
  /// @throws Invalid if no property can have that name
  public Breakdown breakdown(Experiment experiment, Source source, String property) {
    new Invalid.Collector().check(isName(property), "by", NO_NAME).throwIfAny();
    int most = Breakdown.values(experiment.goals().size(), experiment.segments().size());
    return asked(
        experiment,
        source,
        (query, look) -> Breakdown.of(look, property, events.parts(query, property, most)));
  }

  /// What looks different among people who share a value of a property: of the few properties that
  /// most recent exposures have, and corrected for all of them together. Empty where exposures have
  /// none.
  ///
  /// @param newest its newest analysis, whose source is asked
  public List<Apart> apart(Experiment experiment, Analysis newest) {
    List<String> names =
        properties(experiment, newest.source()).stream()
            .filter(Apart::isPlain)
            .limit(PROPERTIES)
            .toList();
    if (names.isEmpty()) {
      return List.of();
    }
    double alpha = experiment.plan().alpha() / names.size();
    int most = Breakdown.values(experiment.goals().size(), experiment.segments().size());
    return asked(
        experiment,
        newest.source(),
        (query, look) ->
            names.stream()
                .map(name -> Breakdown.of(look, name, events.parts(query, name, most), alpha))
                .flatMap(breakdown -> Apart.of(breakdown, experiment.goals()).stream())
                .toList());
  }

  private static boolean isName(String property) {
    return !property.isBlank()
        && property.length() <= LONGEST_NAME
        && property.chars().noneMatch(c -> c < ' ' || Character.isSurrogate((char) c));
  }

  /// The properties that recent exposures have.
  public List<String> properties(Experiment experiment, Source source) {
    return events.properties(analyst.query(experiment, project(experiment), source));
  }

  private interface Question<T> {
    T answer(TotalsQuery query, Look look);
  }

  private <T> T asked(Experiment experiment, Source source, Question<T> question) {
    Project project = project(experiment);
    return Objects.requireNonNull(
        transactions.execute(status -> {
          TotalsQuery query = analyst.query(experiment, project, source);
          Look look =
              Look.of(
                  experiment.id(), // of no analysis: it is not saved
                  experiment,
                  source,
                  project.countBots(),
                  events.totals(query),
                  query.now(),
                  null);
          return question.answer(query, look);
        }));
  }

  private Project project(Experiment experiment) {
    return projects.find(experiment.projectId()).orElseThrow(() -> new NotFound("project"));
  }
}
