package dev.pryo.iteration;

import dev.pryo.llm.Content;
import dev.pryo.llm.Impatient;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Message;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Request;
import dev.pryo.model.CapReached;
import dev.pryo.model.Ledger;
import dev.pryo.model.Models;
import dev.pryo.project.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Asks a model, where there is one, for the next experiment: once, in a schema, and for no longer
/// than a person waits. What it proposes is used only where code finds nothing against it.
@Component
class Adviser {
  private static final int LONGEST_ANSWER = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TASK = prompt();

  private final Models models;
  private final Ledger ledger;
  private final Dossier dossier;
  private final Duration patience;

  @Autowired
  Adviser(Models models, Ledger ledger, Dossier dossier) {
    this(models, ledger, dossier, PATIENCE);
  }

  /// @param patience how long it waits for an answer
  Adviser(Models models, Ledger ledger, Dossier dossier, Duration patience) {
    this.models = models;
    this.ledger = ledger;
    this.dossier = dossier;
    this.patience = patience;
  }

  private static String prompt() {
    try (InputStream file = Adviser.class.getResourceAsStream("iterate.md")) {
      return new String(
          Objects.requireNonNull(file, "iterate.md").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Counsel ask(Project project, Background background) {
    LanguageModel model = models.analysing().orElse(null);
    if (model == null) {
      return Counsel.NONE;
    }
    LanguageModel entered =
        ledger.entered(model, project, background.parent().id(), "iterate", null);
    Request request =
        new Request(
            TASK,
            List.of(
                new Request.Tool(Advice.TOOL, "Proposes the one next experiment.", Advice.SCHEMA)),
            List.of(new Message.User(List.of(new Content.Text(dossier.of(background))))),
            LONGEST_ANSWER);
    return switch (reply(entered, request)) {
      case Reply.Answer answer -> judged(answer, background);
      case Reply.Fault fault ->
          Counsel.dropped(
              model.name(),
              fault.kind() == Reply.Fault.Kind.OUT_OF_MONEY
                  ? "there is no money left for another call"
                  : "it did not answer");
    };
  }

  /// A call that is given up counts in the ledger at the dearest that it can be, since it may still
  /// be answered.
  private Reply reply(LanguageModel model, Request request) {
    try {
      return new Impatient(model, patience).ask(request);
    } catch (CapReached e) {
      return new Reply.Fault(
          Reply.Fault.Kind.OUT_OF_MONEY, String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  private static Counsel judged(Reply.Answer answer, Background background) {
    Optional<Advice> advice =
        answer.calls().stream()
            .filter(call -> call.name().equals(Advice.TOOL))
            .findFirst()
            .flatMap(Content.ToolCall::input)
            .flatMap(Advice::of);
    if (advice.isEmpty()) {
      return Counsel.dropped(answer.model(), "it is not in the form that was asked for");
    }
    return Objections.of(advice.get(), background)
        .map(objection -> Counsel.dropped(answer.model(), objection))
        .orElseGet(() -> Counsel.taken(advice.get(), answer.model()));
  }
}
