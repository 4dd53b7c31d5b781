package dev.pryo.wording;

import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Words;
import dev.pryo.analysis.Wordings;
import dev.pryo.analysis.Wordings.Worded;
import dev.pryo.job.Job;
import dev.pryo.job.Job.Phase;
import dev.pryo.job.JobFailure;
import dev.pryo.job.JobHandler;
import dev.pryo.job.JobResult;
import dev.pryo.job.JobRun;
import dev.pryo.job.Jobs;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Reply;
import dev.pryo.model.CapReached;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Has a model put the analyses of an experiment into words that wait for it. Whatever goes wrong,
/// Pryo's own sentences stand; a run that a crash ended is begun again.
@Component
class WordsJob implements JobHandler {
  static final String KIND = "words";

  private final Wordings wordings;
  private final Analyses analyses;
  private final Projects projects;
  private final Models models;
  private final Ledger ledger;
  private final Jobs jobs;

  WordsJob(
      Wordings wordings,
      Analyses analyses,
      Projects projects,
      Models models,
      Ledger ledger,
      Jobs jobs) {
    this.wordings = wordings;
    this.analyses = analyses;
    this.projects = projects;
    this.models = models;
    this.ledger = ledger;
    this.jobs = jobs;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JobResult run(JobRun run) {
    Job job = run.job();
    Project project = projects.find(job.projectId()).orElseThrow(() -> new NotFound("project"));
    for (Optional<Recorded> next = wordings.next(job.experimentId());
        next.isPresent();
        next = wordings.next(job.experimentId())) {
      Analysis worded = worded(run, project, next.get());
      run.store(() -> wordings.keep(worded));
    }
    return new JobResult.Done("The words are there.", () -> goOn(job));
  }

  /// An analysis that was saved since has seen this job open, and waits for it.
  private void goOn(Job job) {
    analyses.lock(job.experimentId());
    if (wordings.next(job.experimentId()).isPresent()) {
      jobs.enqueueOnce(KIND, job.projectId(), job.experimentId());
    }
  }

  private Analysis worded(JobRun run, Project project, Recorded recorded) {
    Brief brief = Brief.of(recorded);
    Optional<Analysis> known = known(brief, recorded);
    if (known.isPresent()) {
      return known.get();
    }
    LanguageModel model =
        models
            .analysing(time ->
                run.pause(
                    time, "The model does not answer now; it is asked again in %d s."::formatted))
            .map(found ->
                ledger.entered(found, project, run.job().experimentId(), "analyse", run.job().id()))
            .orElse(null);
    if (model == null) {
      return noted(run, Wording.none(brief, "no model is set up any more"));
    }
    run.report(Phase.WRITE, 0.2, "Asking %s for words.".formatted(model.name()));
    try {
      Reply reply = model.ask(brief.request());
      if (reply instanceof Reply.Fault fault && fault.kind() == Reply.Fault.Kind.CANCELLED) {
        throw new IllegalStateException("The server ends while a model is asked");
      }
      return noted(run, Wording.of(brief, reply));
    } catch (CapReached e) {
      return noted(run, Wording.none(brief, String.valueOf(e.getMessage())));
    }
  }

  /// The same facts have been put into words before.
  private Optional<Analysis> known(Brief brief, Recorded recorded) {
    Analysis own = recorded.analysis();
    return wordings
        .latest(own.experimentId(), own.source())
        .filter(worded -> Brief.of(worded.own()).request().equals(brief.request()))
        .map(Worded::shown)
        .map(shown ->
            own.worded(
                shown.summary(),
                shown.summaryFacts(),
                shown.insights(),
                shown.winnerRecommendation(),
                shown.writtenBy(),
                Words.READY));
  }

  private static Analysis noted(JobRun run, Wording wording) {
    wording.refusals().forEach(line -> run.note(Phase.CHECK, "refusal", line));
    return wording.analysis();
  }

  @Override
  public void failed(Job job, JobFailure failure) {
    analyses.lock(job.experimentId());
    wordings.giveUp(job.experimentId());
  }
}
