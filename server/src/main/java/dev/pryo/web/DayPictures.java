package dev.pryo.web;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Decision;
import dev.pryo.analysis.Explorer;
import dev.pryo.analysis.Facts;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What was seen at each day's end, as the owner's page and the shared one draw it.
@Component
class DayPictures {
  private static final String LIFTS = "lift_over_time.";
  private static final String VALUES = "value_over_time.";

  private final Explorer explorer;
  private final JsonMapper json;

  DayPictures(Explorer explorer, JsonMapper json) {
    this.explorer = explorer;
    this.json = json;
  }

  /// Without those that the results have already, and without lifts where the split is broken.
  ///
  /// @param newest whose source is asked
  List<Picture> of(Experiment experiment, Analysis newest) {
    boolean valid = newest.verdict().decision() != Decision.INVALID;
    Set<String> shown = rates(experiment);
    newest.plots().forEach(plot -> shown.add(plot.id()));
    return explorer.series(experiment, newest).plots().stream()
        .filter(plot -> valid || !plot.id().startsWith(LIFTS))
        .filter(plot -> !shown.contains(plot.id()))
        .map(plot -> Picture.of(plot, json))
        .toList();
  }

  /// The results have these already, by the day of exposure.
  private static Set<String> rates(Experiment experiment) {
    return experiment.goals().stream()
        .filter(goal -> goal.kind() == Goal.Kind.CONVERSION)
        .map(goal -> VALUES + Facts.measure(goal))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
