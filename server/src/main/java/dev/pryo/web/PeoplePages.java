package dev.pryo.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.account.Account;
import dev.pryo.event.VisitorView;
import dev.pryo.event.Visitors;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Segment;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Role;
import dev.pryo.web.EventsPages.ExperimentLink;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// One person under one experiment: what counts, why the rest does not, and how to erase it. The id
/// is whatever the site sends, so it stands in the query, where any text can.
@RestController
@RequestMapping("/projects/{id}/people")
public class PeoplePages {
  private static final int EXPERIMENTS = 50;
  private static final int SHOWN = 200;

  /// What the page shows.
  ///
  /// @param events the newest of the person's events
  /// @param name the name of the segment that the person counts in, empty where in none
  /// @param bucketed the name of the segment of the bucketing, empty where the person takes no part
  public record Person(
      List<ExperimentLink> experiments,
      ExperimentLink chosen,
      VisitorView seen,
      List<VisitorView.VisitorEvent> events,
      String name,
      String bucketed) {}

  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final Visitors visitors;

  PeoplePages(Templates templates, Frames frames, Experiments experiments, Visitors visitors) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.visitors = visitors;
  }

  static String path(Project project, String experiment, String userId) {
    return "/projects/%s/people?experiment=%s&user_id=%s"
        .formatted(project.id(), experiment, URLEncoder.encode(userId, UTF_8));
  }

  @GetMapping
  JteModel show(
      Frame outer,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam UUID experiment,
      @RequestParam(name = "user_id") String userId) {
    Frame frame = frames.in(outer, account, id, Section.EVENTS);
    Experiment chosen = experiments.require(account, experiment, Role.VIEWER);
    if (!chosen.projectId().equals(id)) {
      throw new NotFound("experiment");
    }
    VisitorView person = visitors.read(account, experiment, userId);
    return templates.projectPerson(
        frame,
        new Person(
            experiments.list(account, id, null, false, EXPERIMENTS, null).items().stream()
                .map(ExperimentLink::of)
                .toList(),
            ExperimentLink.of(chosen),
            person,
            person.events().stream().limit(SHOWN).toList(),
            name(chosen, person.segment()),
            name(chosen, person.bucketing().segment())));
  }

  private static String name(Experiment experiment, @Nullable String key) {
    return experiment.segments().stream()
        .filter(segment -> segment.key().equals(key))
        .map(Segment::name)
        .findFirst()
        .orElse("");
  }

  @PostMapping("/erase")
  ResponseEntity<JteModel> erase(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam UUID experiment,
      @RequestParam(name = "user_id") String userId) {
    visitors.erase(account, id, userId);
    return Answers.next(
        Notice.ERASED.at("/projects/%s/events?experiment=%s".formatted(id, experiment)));
  }
}
