package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.outcome.Outcome;
import dev.pryo.outcome.OutcomeFile;
import dev.pryo.outcome.Outcomes;
import dev.pryo.project.Projects.Page;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What came of the experiments of a project: the library that the next idea is chosen against.
@RestController
@RequestMapping("/projects/{id}")
class OutcomePages {
  private static final int SHOWN = 50;

  private final Templates templates;
  private final Frames frames;
  private final Outcomes outcomes;
  private final OutcomeFile file;

  OutcomePages(Templates templates, Frames frames, Outcomes outcomes, OutcomeFile file) {
    this.templates = templates;
    this.frames = frames;
    this.outcomes = outcomes;
    this.file = file;
  }

  @GetMapping("/outcomes")
  JteModel list(
      Frame outer,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID before) {
    Frame frame = frames.in(outer, account, id, Section.OUTCOMES);
    Page<Outcome> page = outcomes.page(account, id, SHOWN, before);
    return templates.outcomeList(
        frame,
        page.items().stream().map(OutcomeRow::of).toList(),
        page.next() == null ? null : "/projects/%s/outcomes?before=%s".formatted(id, page.next()));
  }

  @GetMapping("/outcomes.csv")
  void file(
      @AuthenticationPrincipal Account account, @PathVariable UUID id, HttpServletResponse response)
      throws IOException {
    file.send(account, id, response);
  }
}
