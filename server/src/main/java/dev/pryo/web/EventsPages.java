package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.event.EventFiles;
import dev.pryo.event.RawEvent;
import dev.pryo.event.RawEvents;
import dev.pryo.event.RawEvents.Filter;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Address;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Project;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The raw events, newest first, of one experiment of a project at a time.
@RestController
public class EventsPages {
  private static final int SHOWN = 100;
  private static final int EXPERIMENTS = 50;

  /// Which events are listed; its name is in the address.
  public enum Show {
    ALL("All", new Filter(null, null)),
    REAL("Real", new Filter(false, false)),
    PREVIEW("Preview", new Filter(null, true)),
    SIMULATED("Simulated", new Filter(true, null));

    private final String label;
    private final Filter filter;

    Show(String label, Filter filter) {
      this.label = label;
      this.filter = filter;
    }

    public String label() {
      return label;
    }

    static Show of(String word) {
      for (Show show : values()) {
        if (Texts.words(show).equals(word)) {
          return show;
        }
      }
      return ALL;
    }
  }

  /// What the page shows.
  ///
  /// @param chosen the experiment whose events are listed, null where there is none
  /// @param event the only name that is listed, null where all are
  /// @param older the address of the next page, null on the last one
  public record View(
      List<ExperimentLink> experiments,
      @Nullable ExperimentLink chosen,
      Show show,
      @Nullable String event,
      List<RawEvent> events,
      @Nullable String older,
      Snippet snippet) {
    /// The address of the listed events as a file, all of them.
    public String file(String format) {
      return "/experiments/%s/events.%s?show=%s"
          .formatted(Objects.requireNonNull(chosen).id(), format, Texts.words(show));
    }

    /// The address of what the chosen experiment makes of a person.
    public String person(Frame.Place place, String userId) {
      return PeoplePages.path(place.project(), Objects.requireNonNull(chosen).id(), userId);
    }
  }

  /// An experiment to choose.
  public record ExperimentLink(String id, String name) {
    static ExperimentLink of(Experiment experiment) {
      return new ExperimentLink(experiment.id().toString(), experiment.name());
    }
  }

  private final Templates templates;
  private final Frames frames;
  private final Experiments experiments;
  private final RawEvents events;
  private final EventFiles files;
  private final Address address;

  EventsPages(
      Templates templates,
      Frames frames,
      Experiments experiments,
      RawEvents events,
      EventFiles files,
      Address address) {
    this.templates = templates;
    this.frames = frames;
    this.experiments = experiments;
    this.events = events;
    this.files = files;
    this.address = address;
  }

  @GetMapping("/experiments/{id}/events")
  ResponseEntity<JteModel> ofExperiment(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String event) {
    Experiment experiment = experiments.require(account, id, Role.VIEWER);
    return Answers.next(
        "/projects/%s/events?experiment=%s%s".formatted(experiment.projectId(), id, ofName(event)));
  }

  @GetMapping("/projects/{id}/events")
  JteModel ofProject(
      Frame outer,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID experiment,
      @RequestParam(defaultValue = "all") String show,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(required = false) @Nullable Long before) {
    Frame frame = frames.in(outer, account, id, Section.EVENTS);
    List<Experiment> all = experiments.list(account, id, null, false, EXPERIMENTS, null).items();
    Experiment chosen =
        experiment == null
            ? all.stream().findFirst().orElse(null)
            : experiments.require(account, experiment, Role.VIEWER);
    if (chosen != null && !chosen.projectId().equals(id)) {
      throw new NotFound("experiment");
    }
    return templates.eventList(
        frame, view(frame, account, all, chosen, Show.of(show), event, before));
  }

  /// The same events as a file, all of them.
  @GetMapping("/experiments/{id}/events.{format:csv|ndjson}")
  void file(
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @PathVariable String format,
      @RequestParam(defaultValue = "all") String show,
      HttpServletResponse response)
      throws IOException {
    files.send(account, id, Show.of(show).filter, format, response);
  }

  private View view(
      Frame frame,
      Account account,
      List<Experiment> all,
      @Nullable Experiment chosen,
      Show show,
      @Nullable String event,
      @Nullable Long before) {
    Project project = Objects.requireNonNull(frame.place()).project();
    Page<RawEvent> page =
        chosen == null
            ? new Page<>(List.of(), null)
            : events.page(account, chosen.id(), show.filter, event, SHOWN, before);
    return new View(
        all.stream().map(ExperimentLink::of).toList(),
        chosen == null ? null : ExperimentLink.of(chosen),
        show,
        event,
        page.items(),
        chosen == null || page.next() == null
            ? null
            : "%s&before=%s".formatted(path(project, chosen, show) + ofName(event), page.next()),
        Snippet.of(project, address));
  }

  private static String path(Project project, Experiment experiment, Show show) {
    return "/projects/%s/events?experiment=%s&show=%s"
        .formatted(project.id(), experiment.id(), Texts.words(show));
  }

  /// What an address says where it lists the events of one name.
  private static String ofName(@Nullable String event) {
    return event == null ? "" : "&event=" + URLEncoder.encode(event, StandardCharsets.UTF_8);
  }
}
