package dev.pryo.experiment;

import dev.pryo.agent.words.Extraction;
import dev.pryo.agent.words.ModelReading;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Reply;
import dev.pryo.model.CapReached;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What people write before it is an experiment: read by a model where one is set up, and by rules
/// where there is none, it does not answer in time, or may not be asked for what it costs.
@Component
public class Descriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Descriptions.class);

  /// Somebody waits for it in front of a page.
  private static final long PATIENCE_SECONDS = 30;

  /// A longer text than this is a whole document, which rules read for nothing.
  private static final int LONGEST = 20_000;

  private final Models models;
  private final Ledger ledger;
  private final Projects projects;

  Descriptions(Models models, Ledger ledger, Projects projects) {
    this.models = models;
    this.ledger = ledger;
    this.projects = projects;
  }

  /// The segments and goals that the words name, each with the words it came from; null where they
  /// name none. Nothing is stored.
  public ExperimentRequest read(UUID project, String words) {
    return complete(
        new ExperimentRequest(
            project, null, words, null, null, null, null, null, null, null, null, null, null,
            false));
  }

  /// The same by rules alone, which costs nothing.
  public static ExperimentRequest byRules(String words) {
    return Reading.complete(
        new ExperimentRequest(
            null, null, words, null, null, null, null, null, null, null, null, null, null, false));
  }

  /// The request with what its description says in the place of what it leaves out.
  ExperimentRequest complete(ExperimentRequest request) {
    return Reading.complete(request, words -> extract(request.projectId(), words));
  }

  private Extraction extract(@Nullable UUID id, String words) {
    Project project = id == null ? null : projects.find(id).orElse(null);
    LanguageModel model = models.extracting().orElse(null);
    if (project == null || model == null || words.isBlank() || words.length() > LONGEST) {
      return Extraction.of(words);
    }
    LanguageModel entered = ledger.entered(model, project, null, "extract", null);
    FutureTask<Reply> asked = new FutureTask<>(() -> entered.ask(ModelReading.request(words)));
    Thread.ofVirtual().name("extract").start(asked);
    try {
      return ModelReading.of(words, asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      asked.cancel(true);
      LOG.info("The model did not read a description in {} s; rules read it", PATIENCE_SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CapReached reached) {
        LOG.info("No model reads a description, because: {}", reached.getMessage());
      } else {
        LOG.warn("A model failed to read a description; rules read it", e.getCause());
      }
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
    }
    return Extraction.of(words);
  }
}
