package dev.pryo.receipt;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Report;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.experiment.Bucketing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A receipt's results, computed again from its own content by the code that made them, and held
/// against those that it states.
///
/// @param comparisons each with the first field in which both differ, if any
/// @param rest the first such field outside of the comparisons
record Recomputation(SignedReceipt receipt, List<Checked> comparisons, Optional<Difference> rest) {

  /// Arithmetic differs in the last digits between machines; more than this is another number.
  private static final double TOLERANCE = 1e-9;

  record Checked(Comparison computed, Optional<Difference> difference) {}

  /// A field that says something else than what its counts give.
  record Difference(String field, String stated, String computed) {}

  /// @param document as it was read
  /// @param json names fields as receipts do
  static Recomputation of(JsonNode document, JsonMapper json) {
    SignedReceipt receipt = json.treeToValue(document, SignedReceipt.class);
    Analysis analysis = Report.of(receipt.look());
    SignedReceipt again =
        SignedReceipt.unsigned(receipt.look(), analysis, receipt.version(), receipt.publicKey());
    JsonNode computed = json.readTree(json.writeValueAsBytes(again));
    JsonNode stated = document.at("/statistics/comparisons");
    List<Checked> comparisons = new ArrayList<>();
    for (int i = 0; i < analysis.statistics().comparisons().size(); i++) {
      comparisons.add(
          new Checked(
              analysis.statistics().comparisons().get(i),
              difference(
                  "statistics.comparisons[%d]".formatted(i),
                  stated.path(i),
                  computed.at("/statistics/comparisons").path(i))));
    }
    return new Recomputation(receipt, List.copyOf(comparisons), rest(receipt, document, computed));
  }

  boolean holds() {
    return rest.isEmpty() && comparisons.stream().allMatch(each -> each.difference().isEmpty());
  }

  private static Optional<Difference> rest(
      SignedReceipt receipt, JsonNode document, JsonNode computed) {
    var segments = receipt.experiment().segments();
    List<Long> stated = segments.stream().map(segment -> segment.until()).toList();
    List<Long> bounds =
        Bucketing.until(segments.stream().map(segment -> segment.weight()).toList());
    if (!stated.equals(bounds)) {
      return Optional.of(
          new Difference("experiment.segments.until", stated.toString(), bounds.toString()));
    }
    for (String field :
        List.of(
            "simulated", "statistics", "checks", "progress", "verdict", "winner_recommendation")) {
      Optional<Difference> difference =
          difference(field, document.path(field), computed.path(field));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<Difference> difference(String at, JsonNode stated, JsonNode computed) {
    if (stated.isObject() && computed.isObject()) {
      TreeSet<String> names = new TreeSet<>(stated.propertyNames());
      names.addAll(computed.propertyNames());
      return names.stream()
          .flatMap(
              name -> difference(at + "." + name, stated.path(name), computed.path(name)).stream())
          .findFirst();
    }
    if (stated.isArray() && computed.isArray() && stated.size() == computed.size()) {
      for (int i = 0; i < stated.size(); i++) {
        Optional<Difference> found =
            difference("%s[%d]".formatted(at, i), stated.path(i), computed.path(i));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    boolean same =
        stated.isNumber() && computed.isNumber()
            ? near(stated.doubleValue(), computed.doubleValue())
            : stated.equals(computed);
    return same ? Optional.empty() : Optional.of(new Difference(at, said(stated), said(computed)));
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }

  private static String said(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
