package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.analysis.Analysis.Progress;
import dev.pryo.event.Totals.GoalTotal;
import dev.pryo.experiment.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names every number that a sentence may use: `users.test1`, `lift.purchase.conversion.test1`.
final class Facts {
  static final String EXPOSED = "users.total";
  static final String PLANNED = "plan.people";
  static final String DAYS_LEFT = "progress.days_left";
  static final String SPLIT = "split.p";

  private final Map<String, Fact> facts = new LinkedHashMap<>();

  private Facts() {}

  static List<Fact> of(Look look, Statistics statistics, Progress progress) {
    Facts facts = new Facts();
    facts.people(look, progress);
    facts.goals(look);
    statistics.comparisons().forEach(facts::comparison);
    return List.copyOf(facts.facts.values());
  }

  static String users(String segment) {
    return "users." + segment;
  }

  static String share(String segment) {
    return "share." + segment;
  }

  /// The goal's value in a segment: a share of people, a mean per person, or a ratio.
  static String value(Statistics.Comparison of, String segment) {
    return id("value", of.goal(), of.kind(), of.denominator(), segment);
  }

  static String converted(Statistics.Comparison of, String segment) {
    return id("people", of.goal(), of.kind(), of.denominator(), segment);
  }

  static String lift(Statistics.Comparison of) {
    return id("lift", of.goal(), of.kind(), of.denominator(), of.segment());
  }

  static String difference(Statistics.Comparison of) {
    return id("difference", of.goal(), of.kind(), of.denominator(), of.segment());
  }

  static String p(Statistics.Comparison of) {
    return id("p", of.goal(), of.kind(), of.denominator(), of.segment());
  }

  /// How much noise history took away.
  static String narrowed(Statistics.Comparison of) {
    return id("variance_reduction", of.goal(), of.kind(), of.denominator(), of.segment());
  }

  /// `lift.purchase.sum.test1`, and of a ratio `lift.paid.ratio.order.count.test1`.
  private static String id(
      String what, String event, Goal.Kind kind, Goal.@Nullable Denominator by, String segment) {
    return measure(what, event, kind, by) + "." + segment;
  }

  /// `mean.purchase.sum`.
  static String measure(String what, Goal of) {
    return measure(what, of.event(), of.kind(), of.denominator());
  }

  static String measure(String what, String event, Goal.Kind kind, Goal.@Nullable Denominator by) {
    String measure = "%s.%s.%s".formatted(what, event, name(kind));
    return by == null ? measure : "%s.%s.%s".formatted(measure, by.event(), name(by.kind()));
  }

  /// The ids of those that exist, in this order.
  static List<String> present(List<Fact> facts, String... ids) {
    List<String> known = facts.stream().map(Fact::id).toList();
    return List.of(ids).stream().filter(known::contains).distinct().toList();
  }

  private static String name(Goal.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private void people(Look look, Progress progress) {
    add(EXPOSED, (double) look.exposed(), "people", Say.people(look.exposed()));
    for (int i = 0; i < look.segments().size(); i++) {
      String key = look.segments().get(i).key();
      add(users(key), (double) look.users(i), "people", Say.people(look.users(i)));
      if (look.exposed() > 0) {
        double share = (double) look.users(i) / look.exposed();
        add(share(key), share, "fraction", Say.percent(share));
      }
    }
    Double split = SplitCheck.p(look);
    add(SPLIT, split, "probability", split == null ? "" : Say.probability(split));
    Long planned = progress.nPlanned();
    add(
        PLANNED,
        planned == null ? null : (double) planned,
        "people",
        planned == null ? "" : Say.people(planned));
    Integer days = progress.daysLeft();
    add(DAYS_LEFT, days == null ? null : (double) days, "days", String.valueOf(days));
  }

  private void goals(Look look) {
    for (int goal = 0; goal < look.goals().size(); goal++) {
      Goal of = look.goals().get(goal);
      for (int segment = 0; segment < look.segments().size(); segment++) {
        GoalTotal total = look.total(goal, segment);
        String key = look.segments().get(segment).key();
        add(
            id("people", of.event(), of.kind(), of.denominator(), key),
            (double) total.converted(),
            "people",
            Say.people(total.converted()));
        value(of, key, GoalReading.value(of, total));
      }
    }
  }

  private void value(Goal goal, String segment, @Nullable Double value) {
    if (value != null) {
      boolean share = goal.kind() == Goal.Kind.CONVERSION;
      add(
          id("value", goal.event(), goal.kind(), goal.denominator(), segment),
          value,
          share ? "fraction" : "value",
          share ? Say.percent(value) : Say.value(value));
    }
  }

  private void comparison(Statistics.Comparison of) {
    Double lift = of.relativeLift();
    List<Double> interval = of.alwaysValid().interval();
    if (lift != null) {
      put(new Fact(lift(of), lift, "fraction", Say.signed(lift), interval));
    }
    Double difference = of.difference();
    if (difference != null) {
      boolean share = of.kind() == Goal.Kind.CONVERSION;
      put(
          new Fact(
              difference(of),
              difference,
              share ? "fraction" : "value",
              share ? Say.signed(difference) : Say.value(difference),
              of.alwaysValid().differenceInterval()));
    }
    Double narrowed = of.varianceReduction();
    add(narrowed(of), narrowed, "fraction", narrowed == null ? "" : Say.signed(narrowed));
    Double p = of.alwaysValid().pValue();
    add(p(of), p, "probability", p == null ? "" : Say.probability(p));
  }

  private void add(String id, @Nullable Double value, String unit, String text) {
    if (value != null) {
      put(new Fact(id, value, unit, text, null));
    }
  }

  private void put(Fact fact) {
    facts.putIfAbsent(fact.id(), fact);
  }

  /// The ids behind a sentence about these comparisons.
  static List<String> behind(List<Fact> facts, List<Statistics.Comparison> comparisons) {
    return comparisons.stream()
        .flatMap(of ->
            present(facts, of.relativeLift() == null ? difference(of) : lift(of), p(of)).stream())
        .distinct()
        .toList();
  }
}
