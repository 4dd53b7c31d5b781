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
/// @param simulated whether those numbers were made up
public record Proposal(
    String parent,
    String because,
    String keeps,
    String changes,
    List<String> facts,
    boolean simulated) {
  static @Nullable Proposal of(Experiment experiment) {
    JsonNode proposal = experiment.proposal();
    if (proposal == null || experiment.parentId() == null) {
      return null;
    }
    List<String> facts = new ArrayList<>();
    proposal.path("facts").forEach(fact -> facts.add(fact.path("text").asString("")));
    return new Proposal(
        "/experiments/" + experiment.parentId(),
        proposal.path("because").asString(""),
        proposal.path("keeps").asString(""),
        proposal.path("changes").asString(""),
        facts,
        proposal.path("simulated").asBoolean(false));
  }
}
