package dev.pryo.experiment;

import dev.pryo.agent.words.Extraction;
import dev.pryo.agent.words.ModelReading;
import dev.pryo.llm.Impatient;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Reply;
import dev.pryo.model.CapReached;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// What people write before it is an experiment: read by a model where one is set up, and by rules
/// where there is none, it does not answer in time, or may not be asked for what it costs.
@Component
public class Descriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Descriptions.class);

  /// Somebody waits for it in front of a page.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// A longer text than this is a whole document, which rules read for nothing.
  private static final int LONGEST = 20_000;

  private final Models models;
  private final Ledger ledger;
  private final Projects projects;
  private final Duration patience;

  @Autowired
  Descriptions(Models models, Ledger ledger, Projects projects) {
    this(models, ledger, projects, PATIENCE);
  }

  /// @param patience how long a model has to answer
  Descriptions(Models models, Ledger ledger, Projects projects, Duration patience) {
    this.models = models;
    this.ledger = ledger;
    this.projects = projects;
    this.patience = patience;
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
    try {
      Reply reply = new Impatient(entered, patience).ask(ModelReading.request(words));
      if (reply instanceof Reply.Fault fault) {
        LOG.info("No model reads a description, because: {}", fault.detail());
      }
      return ModelReading.of(words, reply);
    } catch (CapReached reached) {
      LOG.info("No model reads a description, because: {}", reached.getMessage());
    } catch (RuntimeException bug) {
      LOG.warn("A model failed to read a description; rules read it", bug);
    }
    return Extraction.of(words);
  }
}
