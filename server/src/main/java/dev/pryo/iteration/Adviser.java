package dev.pryo.iteration;

import dev.pryo.llm.Content;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  Adviser(Models models, Ledger ledger, Dossier dossier) {
    this.models = models;
    this.ledger = ledger;
    this.dossier = dossier;
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

  /// Waits for the answer as long as a person does. A call that is given up counts in the ledger at
  /// the dearest that it can be, since it may still be answered.
  private static Reply reply(LanguageModel model, Request request) {
    FutureTask<Reply> asking = new FutureTask<>(() -> model.ask(request));
    Thread.ofVirtual().name("iterate").start(asking);
    try {
      return asking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      asking.cancel(true);
      return fault(Reply.Fault.Kind.TIMED_OUT);
    } catch (InterruptedException e) {
      asking.cancel(true);
      Thread.currentThread().interrupt();
      return fault(Reply.Fault.Kind.CANCELLED);
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case CapReached _ -> fault(Reply.Fault.Kind.OUT_OF_MONEY);
        case RuntimeException bug -> throw bug;
        case Error bug -> throw bug;
        case null, default -> throw new IllegalStateException(e);
      };
    }
  }

  private static Reply fault(Reply.Fault.Kind kind) {
    return new Reply.Fault(kind, "", Optional.empty());
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
