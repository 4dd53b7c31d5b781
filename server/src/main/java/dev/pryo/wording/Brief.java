package dev.pryo.wording;

import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Insight;
import dev.pryo.analysis.Facts;
import dev.pryo.analysis.Limits;
import dev.pryo.analysis.Say;
import dev.pryo.experiment.Goal;
import dev.pryo.llm.Content;
import dev.pryo.llm.Message;
import dev.pryo.llm.Request;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model is told of an analysis: its facts under short ids, and the sentences that it may
/// put into other words. Nothing of a single person is among it. Names that people gave are data
/// inside of JSON, whose fence none of them can close.
final class Brief {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+");
  private static final Set<String> BESIDE = Set.of("value", "people", "gain", "users", "mature");
  private static final String SYSTEM = Texts.resource("words.md");
  private static final Request.Tool TOOL =
      new Request.Tool(
          Answer.TOOL,
          "Gives the words for this analysis: every text with the ids of the facts that it says.",
          Texts.resource("words.schema.json"));

  private final String key;
  private final Analysis analysis;
  private final Names names;
  private final Map<String, Fact> facts = new LinkedHashMap<>();

  private Brief(String key, Analysis analysis, Names names) {
    this.key = key;
    this.analysis = analysis;
    this.names = names;
    Set<String> said = said();
    analysis.facts().stream()
        .filter(fact -> said.contains(fact.id()) || isBeside(fact, said))
        .forEach(fact -> facts.put("f" + (facts.size() + 1), fact));
  }

  static Brief of(Analyses.Recorded recorded) {
    return new Brief(
        recorded.look().experiment().key(), recorded.analysis(), Names.of(recorded.look()));
  }

  Analysis analysis() {
    return analysis;
  }

  Names names() {
    return names;
  }

  /// The ids of the facts behind Pryo's own sentences.
  private Set<String> said() {
    Set<String> ids = new LinkedHashSet<>(analysis.summaryFacts());
    ids.addAll(analysis.winnerRecommendation().facts());
    analysis.insights().stream()
        .filter(this::isOffered)
        .forEach(insight -> ids.addAll(insight.facts()));
    return ids;
  }

  /// A fact of the same goal as a comparison that is spoken of, such as the rates behind a lift.
  private boolean isBeside(Fact fact, Set<String> said) {
    String what = fact.id().substring(0, fact.id().indexOf('.'));
    return BESIDE.contains(what)
        && analysis.facts().stream()
            .filter(other -> said.contains(other.id()) && Context.compares(other))
            .anyMatch(other ->
                Objects.equals(other.measure(), fact.measure())
                    && (Objects.equals(other.segment(), fact.segment())
                        || names.segments().getFirst().key().equals(fact.segment())));
  }

  /// Whether a model may put this insight into other words: those about goals. What is said of
  /// health names causes and mends, and stays.
  boolean isOffered(Insight insight) {
    return analysis.facts().stream()
        .anyMatch(fact -> insight.facts().contains(fact.id()) && Context.compares(fact));
  }

  static String insightId(int index) {
    return "i" + (index + 1);
  }

  /// Why the short ids cannot be used; empty if all are known.
  Optional<String> unknown(List<String> ids) {
    return ids.stream()
        .filter(id -> !facts.containsKey(id))
        .findFirst()
        .map("there is no fact %s"::formatted);
  }

  /// Why a text is none for this place: it has no fact in common with Pryo's own.
  Optional<String> beside(List<String> ids, List<String> own) {
    return own.isEmpty() || ids(ids).stream().anyMatch(own::contains)
        ? Optional.empty()
        : Optional.of("it rests on other facts than the sentence that it stands for");
  }

  /// The facts' real ids.
  List<String> ids(List<String> ids) {
    return named(ids).stream().map(Fact::id).toList();
  }

  Context context(List<String> ids) {
    return Context.ofReport(names, analysis, named(ids));
  }

  private List<Fact> named(List<String> ids) {
    return ids.stream().distinct().map(facts::get).filter(Objects::nonNull).toList();
  }

  Request request() {
    // a name that ends the fence would have to write its first character, which JSON can escape
    String data = JSON.writeValueAsString(data()).replace("<", "\\u003c").replace(">", "\\u003e");
    String told =
        "Experiment key: %s\n<analysis>\n%s\n</analysis>\nPut it into words now, with one call of %s."
            .formatted(key, data, Answer.TOOL);
    return new Request(
        SYSTEM,
        List.of(TOOL),
        List.of(new Message.User(List.of(new Content.Text(told)))),
        Request.MAX_OUTPUT);
  }

  private ObjectNode data() {
    ObjectNode data = JSON.createObjectNode();
    ArrayNode segments = data.putArray("segments");
    names.segments().forEach(segment -> segments.add(plain(segment.name())));
    ArrayNode goals = data.putArray("goals");
    names.goals().forEach(goal -> goals.add(goal(goal)));
    data.set("verdict", verdict());
    ArrayNode known = data.putArray("facts");
    facts.forEach((id, fact) -> known.add(fact(id, fact)));
    data.set(
        "summary",
        sentence(
            null,
            analysis.summary().replaceFirst("^Simulated data\\. ", ""),
            analysis.summaryFacts()));
    data.set(
        "reason",
        sentence(
            null,
            analysis.winnerRecommendation().reason(),
            analysis.winnerRecommendation().facts()));
    ArrayNode insights = data.putArray("insights");
    for (int i = 0; i < analysis.insights().size(); i++) {
      Insight insight = analysis.insights().get(i);
      if (isOffered(insight)) {
        insights.add(
            sentence(insight.title(), insight.text(), insight.facts()).put("id", insightId(i)));
      }
    }
    return data;
  }

  private static ObjectNode goal(Goal goal) {
    ObjectNode said =
        JSON.createObjectNode()
            .put("name", plain(goal.name()))
            .put("role", lower(goal.role()))
            .put("wanted", goal.direction() == Goal.Direction.INCREASE ? "more" : "less")
            .put("measures", lower(goal.kind()));
    Limits.told(goal).ifPresent(limits -> said.put("limits", plain(limits)));
    return said;
  }

  private ObjectNode verdict() {
    String segment = analysis.verdict().segment();
    ObjectNode verdict =
        JSON.createObjectNode().put("decision", lower(analysis.verdict().decision()));
    if (segment != null) {
      verdict.put("segment", segmentName(segment));
    }
    return verdict.put("sentence", plain(analysis.verdict().sentence()));
  }

  private ObjectNode fact(String id, Fact fact) {
    ObjectNode said =
        JSON.createObjectNode()
            .put("id", id)
            .put("is", fact.id().substring(0, fact.id().indexOf('.')))
            .put("says", fact.text());
    String measure = fact.measure();
    if (measure != null) {
      names.goals().stream()
          .filter(goal -> Facts.measure(goal).equals(measure))
          .findFirst()
          .ifPresent(goal -> {
            said.put("goal", plain(goal.name()));
            Limits.told(goal).ifPresent(limits -> said.put("limits", plain(limits)));
          });
    }
    String segment = fact.segment();
    if (segment != null) {
      said.put("segment", segmentName(segment));
    }
    List<Double> interval = fact.interval();
    if (interval != null) {
      said.put(
          "interval",
          fact.unit().equals("fraction")
              ? Say.range(interval)
              : Say.value(interval.getFirst()) + " to " + Say.value(interval.getLast()));
    }
    return said;
  }

  private String segmentName(String key) {
    return names.segments().stream()
        .filter(segment -> segment.key().equals(key))
        .findFirst()
        .map(segment -> plain(segment.name()))
        .orElse(key);
  }

  private ObjectNode sentence(@Nullable String title, String text, List<String> ids) {
    ObjectNode said = JSON.createObjectNode();
    if (title != null) {
      said.put("title", plain(title));
    }
    said.put("text", plain(text));
    ArrayNode behind = said.putArray("facts");
    facts.forEach((id, fact) -> {
      if (ids.contains(fact.id())) {
        behind.add(id);
      }
    });
    return said;
  }

  /// A name without anything that looks like somebody's address.
  private static String plain(String name) {
    return ADDRESS.matcher(name).replaceAll("(address)");
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
