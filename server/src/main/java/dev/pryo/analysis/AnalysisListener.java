package dev.pryo.analysis;

import dev.pryo.experiment.Experiment;
import dev.pryo.project.Project;

/// What other packages do when an analysis is made. Called in the transaction that saves it, while
/// no other of its experiment can be made.
public interface AnalysisListener {
  /// @param asked whether somebody asked for this analysis, and did not only look at a page
  void analysed(Project project, Experiment experiment, Analysis analysis, boolean asked);
}
