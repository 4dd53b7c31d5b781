package dev.pryo.iteration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Facts;
import dev.pryo.analysis.Limits;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What a model is told: the experiment, its verdict and facts, and what the project has tried. No
/// raw event, visitor or e-mail address is in it. Everything is JSON between two marks, and the
/// marks cannot stand in it.
@Component
class Dossier {
  private static final int MOST_ATTEMPTS = 40;
  private static final int MOST_FACTS = 200;
  private static final int LONGEST = 400;
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![^\\s@<>])[^\\s@<>]++(?:@[^\\s@<>]++)++");

  /// A fact without what only computing needs.
  ///
  /// @param limits what its goal leaves out: its filter and its cap
  private record Known(
      String id,
      String unit,
      String text,
      @Nullable List<Double> interval,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String limits) {}

  /// A fact about some of the people.
  private record Explored(
      String id,
      boolean exploratory,
      String property,
      String value,
      @Nullable String segment,
      String measure,
      String text,
      @Nullable List<Double> interval) {}

  private final JsonMapper json;

  Dossier(JsonMapper json) {
    this.json = json;
  }

  String of(Background background) {
    Experiment parent = background.parent();
    Analysis analysis = background.analysis();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("experiment", experiment(parent));
    data.put("simulated", analysis.simulated());
    data.put("decision", analysis.verdict().decision());
    data.put("verdict", text(analysis.verdict().sentence()));
    data.put(
        "facts",
        analysis.facts().stream()
            .filter(fact -> !Facts.isAside(fact))
            .limit(MOST_FACTS)
            .map(fact -> known(fact, parent.goals()))
            .toList());
    if (!background.apart().isEmpty()) {
      data.put(
          "breakdowns",
          background.apart().stream().limit(MOST_FACTS).map(Dossier::explored).toList());
    }
    data.put(
        "tried",
        background.library().attempts().stream()
            .limit(MOST_ATTEMPTS)
            .map(Dossier::attempt)
            .toList());
    data.put("rules_would_propose", rules(background));
    return "Experiment key: %s\n\n<data>\n%s\n</data>"
        .formatted(parent.key(), json.writeValueAsString(data).replace("<", "\\u003c"));
  }

  private static Map<String, Object> experiment(Experiment parent) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", text(parent.name()));
    told.put("description", text(parent.description()));
    told.put("hypothesis", text(parent.hypothesis()));
    told.put("closed_reason", text(parent.closedReason()));
    told.put(
        "segments",
        parent.segments().stream()
            .map(segment -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("key", segment.key());
              one.put("name", text(segment.name()));
              one.put("instructions", text(segment.instructions()));
              return one;
            })
            .toList());
    told.put("goals", parent.goals().stream().map(Dossier::goal).toList());
    return told;
  }

  private static Map<String, Object> goal(Goal goal) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("event", text(goal.event()));
    told.put("name", text(goal.name()));
    told.put("kind", lower(goal.kind()));
    told.put("direction", lower(goal.direction()));
    told.put("role", lower(goal.role()));
    Limits.told(goal).ifPresent(limits -> told.put("limits", text(limits)));
    return told;
  }

  private static Known known(Analysis.Fact fact, List<Goal> goals) {
    return new Known(
        text(fact.id()),
        fact.unit(),
        text(fact.text()),
        fact.interval(),
        goals.stream()
            .filter(goal -> Facts.measure(goal).equals(fact.measure()))
            .findFirst()
            .flatMap(Limits::told)
            .map(Dossier::text)
            .orElse(null));
  }

  private static Explored explored(Apart apart) {
    Analysis.Fact fact = apart.fact();
    return new Explored(
        text(fact.id()),
        true,
        apart.property(),
        apart.value(),
        fact.segment(),
        text(fact.measure()),
        fact.text(),
        fact.interval());
  }

  private static Map<String, Object> attempt(Attempt attempt) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", text(attempt.name()));
    told.put("instructions", attempt.instructions().stream().map(Dossier::text).toList());
    told.put("ended", attempt.ended());
    told.put("because", text(attempt.because()));
    return told;
  }

  private static List<String> rules(Background background) {
    return Draft.ideas(background).limit(3).map(Idea::instructions).map(Dossier::text).toList();
  }

  /// Somebody's words, not too many of them and without addresses of people.
  private static String text(@Nullable String words) {
    if (words == null) {
      return "";
    }
    String bare = ADDRESS.matcher(words).replaceAll("…");
    return bare.length() <= LONGEST ? bare : bare.substring(0, LONGEST) + "…";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
