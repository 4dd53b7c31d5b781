package dev.pryo.iteration;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Facts;
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
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");

  /// A fact without what only computing needs.
  private record Known(String id, String unit, String text, @Nullable List<Double> interval) {}

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
            .map(Dossier::known)
            .toList());
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
    return Map.of(
        "event", text(goal.event()),
        "name", text(goal.name()),
        "kind", lower(goal.kind()),
        "direction", lower(goal.direction()),
        "role", lower(goal.role()));
  }

  private static Known known(Analysis.Fact fact) {
    return new Known(text(fact.id()), fact.unit(), text(fact.text()), fact.interval());
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
