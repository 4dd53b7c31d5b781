package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.event.Traffic;
import dev.pryo.experiment.Descriptions;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.ExperimentChange;
import dev.pryo.experiment.ExperimentRequest;
import dev.pryo.experiment.ExperimentRequest.PlanRequest;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Lengths;
import dev.pryo.experiment.Sketch;
import dev.pryo.experiment.Stage;
import dev.pryo.implementation.Estimates;
import dev.pryo.model.Models;
import dev.pryo.planning.Planning;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Unavailable;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// An experiment is described: from words to segments and goals, each corrected by hand. Every
/// button of the form posts all of it, so that it works without scripts too.
@RestController
@RequestMapping("/experiments")
class DescribePages {
  private static final String NEW = "/experiments/new";

  private final Templates templates;
  private final Frames frames;
  private final Projects projects;
  private final Experiments experiments;
  private final WorkedExample example;
  private final Estimates estimates;
  private final Models models;
  private final Planning planning;
  private final Descriptions descriptions;

  DescribePages(
      Templates templates,
      Frames frames,
      Projects projects,
      Experiments experiments,
      WorkedExample example,
      Estimates estimates,
      Models models,
      Planning planning,
      Descriptions descriptions) {
    this.templates = templates;
    this.frames = frames;
    this.projects = projects;
    this.experiments = experiments;
    this.example = example;
    this.estimates = estimates;
    this.models = models;
    this.planning = planning;
    this.descriptions = descriptions;
  }

  @GetMapping("/new")
  JteModel describe(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam UUID project,
      @RequestParam(name = "example", defaultValue = "false") boolean filled) {
    Project found = projects.require(account, project, Role.EDITOR);
    Form form = filled ? filled(example.form(found)) : Describing.blank("");
    return page(frame, account, project, form, null);
  }

  /// As the rules read it.
  private static Form filled(Form form) {
    return Describing.read(form, Descriptions.byRules(form.value("description")));
  }

  @PostMapping("/new")
  ResponseEntity<JteModel> describe(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @RequestParam UUID project,
      @RequestParam(name = "do", defaultValue = "save") String button,
      @RequestParam MultiValueMap<String, String> posted) {
    projects.require(account, project, Role.EDITOR);
    Form form = Form.of(posted);
    boolean start = button.equals("start");
    if (!start && !button.equals("save")) {
      return Answers.page(page(frame, account, project, pressed(project, form, button), null));
    }
    form = FilterFields.tidied(form);
    try {
      Experiment made = experiments.create(account, request(form, project, start));
      String path = "/experiments/" + made.id();
      return Answers.next(start ? path : Notice.DRAFT_SAVED.at(path));
    } catch (Invalid e) {
      return Answers.wrong(page(frame, account, project, form.with(e), null));
    }
  }

  /// The form of an experiment that is still to be built, or to be built again.
  @GetMapping("/{id}/edit")
  JteModel edit(Frame frame, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    return page(frame, account, experiment.projectId(), Describing.of(experiment), experiment);
  }

  @PostMapping("/{id}/edit")
  ResponseEntity<JteModel> edit(
      Frame frame,
      @AuthenticationPrincipal Account account,
      @PathVariable UUID id,
      @RequestParam(name = "do", defaultValue = "save") String button,
      @RequestParam MultiValueMap<String, String> posted) {
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    UUID project = experiment.projectId();
    Form form = Form.of(posted);
    boolean start = button.equals("start");
    if (!start && !button.equals("save")) {
      return Answers.page(
          page(frame, account, project, pressed(project, form, button), experiment));
    }
    form = FilterFields.tidied(form);
    try {
      experiments.patch(account, id, change(request(form, project, false)));
      if (start) {
        experiments.implement(account, id);
      }
      String path = "/experiments/" + id;
      return Answers.next(start ? path : Notice.DRAFT_SAVED.at(path));
    } catch (Invalid e) {
      return Answers.wrong(page(frame, account, project, form.with(e), experiment));
    } catch (Conflict e) {
      return Answers.wrong(page(frame, account, project, form.with(e.getMessage()), experiment));
    }
  }

  /// What a draft as it is saved will probably use, for its page.
  @GetMapping("/{id}/estimate")
  JteModel estimate(@AuthenticationPrincipal Account account, @PathVariable UUID id) {
    String words;
    try {
      words = Authorship.words(estimates.of(account, id));
    } catch (Invalid e) {
      words = "Known once segments and goals are saved.";
    } catch (Conflict | Unavailable e) {
      words = String.valueOf(e.getMessage());
    }
    return templates.experimentEstimate(words);
  }

  private Form pressed(UUID project, Form form, String button) {
    if (button.startsWith("remove-segment:") || button.startsWith("remove-goal:")) {
      String[] named = button.substring("remove-".length()).split(":", 2);
      return named[1].matches("\\d{1,3}")
          ? Describing.without(form, named[0] + "s", Integer.parseInt(named[1]))
          : form;
    }
    if (button.startsWith("add-condition:")) {
      String goal = button.substring("add-condition:".length());
      return goal.matches("\\d{1,3}") ? FilterFields.withOne(form, Integer.parseInt(goal)) : form;
    }
    return switch (button) {
      case "read" -> Describing.read(form, descriptions.read(project, form.value("description")));
      // while somebody types no model is asked
      case "typing" -> filled(form);
      case "add-segment" -> Describing.withSegment(form);
      case "add-goal" -> Describing.withGoal(form);
      case "split" -> Describing.evenly(form);
      default -> form;
    };
  }

  /// The request with the lift that its planned length can notice.
  private static ExperimentRequest request(Form form, UUID project, boolean start) {
    return Describing.request(form, project, length(form).lift(), start);
  }

  /// The form with what the site's own traffic says in the fields of the plan that are empty.
  private Form measured(Form form, Account account, UUID project) {
    if (!form.value("visitors").isEmpty() && !form.value("plan.baseline").isEmpty()) {
      return form;
    }
    Traffic.Seen seen;
    try {
      ExperimentRequest asked = Describing.request(form, null, null, false);
      PlanRequest nothing = new PlanRequest(null, null, null, null, null);
      Sketch sketch = Sketch.of(null, asked.goals(), nothing);
      seen = planning.seen(account, project, sketch.goal());
    } catch (Invalid e) {
      return form; // the field says what is wrong when it is sent
    }
    return Describing.measured(form, seen);
  }

  private static Length length(Form form) {
    int weeks = Describing.weeks(form);
    try {
      ExperimentRequest asked = Describing.request(form, null, null, false);
      Double baseline = asked.plan() == null ? null : asked.plan().baseline();
      List<Integer> days = Describing.WEEKS.stream().map(each -> each * 7).toList();
      return new Length(
          weeks,
          Lengths.of(asked, Describing.visitors(form), days),
          baseline == null ? 0 : baseline);
    } catch (Invalid e) {
      return new Length(weeks, List.of(), 0); // the field says what is wrong when it is sent
    }
  }

  private static ExperimentChange change(ExperimentRequest request) {
    return new ExperimentChange(
        request.name(),
        request.description(),
        null,
        request.segments(),
        request.goals(),
        request.plan(),
        null,
        request.previewUrl(),
        null,
        request.mode(),
        request.onHarm(),
        null,
        null,
        null);
  }

  /// @param experiment null for one that is not stored yet
  JteModel page(
      Frame frame, Account account, UUID project, Form typed, @Nullable Experiment experiment) {
    Form form = measured(typed, account, project);
    return templates.experimentDescribe(
        frames.in(frame, account, project, Section.EXPERIMENTS),
        form,
        experiment == null
            ? null
            : experiment.stage() instanceof Stage.Draft
                ? Heading.of(experiment, false)
                : Heading.of(experiment, Step.DESCRIBE, "Editing", ""),
        experiment == null ? NEW : "/experiments/%s/edit".formatted(experiment.id()),
        length(form),
        Authorship.of(models),
        experiment == null ? null : Proposal.of(experiment));
  }
}
