package dev.pryo.web;

import dev.pryo.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Why an experiment was proposed after another one.
///
/// @param parent the address of the one it follows from
/// @param facts the numbers that the reason rests on, as they are said
public record Proposal(String parent, String reason, List<String> facts) {
  static @Nullable Proposal of(Experiment experiment) {
    JsonNode proposal = experiment.proposal();
    if (proposal == null || experiment.parentId() == null) {
      return null;
    }
    List<String> facts = new ArrayList<>();
    proposal.path("facts").forEach(fact -> facts.add(fact.isString() ? fact.asString() : fact.path("text").asString("")));
    return new Proposal(
        "/experiments/" + experiment.parentId(), proposal.path("reason").asString(""), facts);
  }
}
