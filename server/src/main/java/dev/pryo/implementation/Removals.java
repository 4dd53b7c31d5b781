package dev.pryo.implementation;

import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Ended;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.Transcript.Entry;
import dev.pryo.experiment.Experiment;
import dev.pryo.job.JobRun;
import dev.pryo.llm.Content;
import dev.pryo.llm.Cost;
import dev.pryo.llm.LanguageModel;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Project;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Has a model take an experiment out of a repository where its record alone does not know how, or
/// out of what was written, so that the record knows.
///
/// The transcripts lie among those of the writing, under numbers below zero: a run that is begun
/// again after a crash goes on where it was, and what was answered is not paid for twice.
@Component
final class Removals {
  private final Models models;
  private final Ledger ledger;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final InstantSource clock;

  Removals(
      Models models,
      Ledger ledger,
      JdbcClient sql,
      TransactionTemplate transactions,
      InstantSource clock) {
    this.models = models;
    this.ledger = ledger;
    this.sql = sql;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// Whether there is a model.
  boolean possible() {
    return models.implementing().isPresent();
  }

  /// What one of them may use.
  Budget budget() {
    Budget usual = Budget.USUAL;
    return new Budget(
        usual.calls(),
        usual.tokens(),
        new Cost(models.runBudgetUsd()),
        usual.time(),
        usual.refusals());
  }

  /// @param purpose for what it is entered
  /// @param number of the transcript, below zero
  Ended lead(
      JobRun run,
      Experiment experiment,
      Project project,
      String purpose,
      int number,
      Removal removal) {
    Telling telling = new Telling(run);
    LanguageModel model =
        ledger.entered(
            models.implementing(telling).orElseThrow(),
            project,
            experiment.id(),
            purpose,
            run.job().id());
    Transcript transcript =
        new Transcript(
            entries(experiment.id(), number),
            (position, entry) -> {
              run.store(() -> keep(experiment, number, position, entry));
              telling.note(entry);
            });
    return new Agent(model, models.prices(), clock).run(removal, transcript, telling);
  }

  private List<Entry> entries(UUID experiment, int run) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    select entry from transcript where experiment_id = :experiment and run = :run
                     order by position\
                    """)
                .param("experiment", experiment)
                .param("run", run)
                .query((rs, n) -> Content.JSON.readValue(rs.getString("entry"), Entry.class))
                .list()));
  }

  /// What stood at this position or behind it no longer counts.
  private void keep(Experiment experiment, int run, int position, Entry entry) {
    sql.sql(
            """
            delete from transcript
             where experiment_id = :experiment and run = :run and position >= :position\
            """)
        .param("experiment", experiment.id())
        .param("run", run)
        .param("position", position)
        .update();
    sql.sql(
            """
            insert into transcript (experiment_id, project_id, run, position, entry, at)
            values (:experiment, :project, :run, :position, :entry, :now)\
            """)
        .param("experiment", experiment.id())
        .param("project", experiment.projectId())
        .param("run", run)
        .param("position", position)
        .param("entry", Writings.json(entry))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
