package dev.pryo.wording;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.AnalysisListener;
import dev.pryo.analysis.Wordings;
import dev.pryo.analysis.Wordings.Asked;
import dev.pryo.experiment.Experiment;
import dev.pryo.job.Jobs;
import dev.pryo.model.Models;
import dev.pryo.project.Project;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Asks for words when an analysis is saved: for each that somebody asked for, and for those that
/// came about by looking at a page only where the verdict is another one or the last words are old.
@Component
class Asking implements AnalysisListener {
  private static final Duration OLD = Duration.ofHours(6);

  private final WordSettings settings;
  private final Models models;
  private final Wordings wordings;
  private final Jobs jobs;

  Asking(WordSettings settings, Models models, Wordings wordings, Jobs jobs) {
    this.settings = settings;
    this.models = models;
    this.wordings = wordings;
    this.jobs = jobs;
  }

  @Override
  public void analysed(Project project, Experiment experiment, Analysis analysis, boolean asked) {
    boolean on = settings.model() && project.modelWords() && models.canAnalyse();
    if (!on || analysis.progress().exposed() == 0 || !(asked || isNews(analysis))) {
      return;
    }
    wordings.expect(analysis.id());
    jobs.enqueueOnce(WordsJob.KIND, project.id(), experiment.id());
  }

  private boolean isNews(Analysis analysis) {
    Asked last = wordings.lastAsked(analysis).orElse(null);
    if (last == null || last.at().plus(OLD).isBefore(analysis.generatedAt())) {
      return true;
    }
    Analysis.Verdict verdict = analysis.verdict();
    String segment = verdict.segment();
    return !last.decision().equals(lower(verdict.decision()))
        || !last.rule().equals(lower(verdict.rule()))
        || !last.segment().equals(segment == null ? "" : segment);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
