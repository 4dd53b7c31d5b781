package dev.pryo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.model.Agent;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.RepositoryMap;
import dev.pryo.agent.model.Runtime;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.TranscriptFile;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Scripted;
import java.time.InstantSource;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a model wrote in a recorded run, with the client of the project at hand.
final class Recorded {
  private Recorded() {}

  /// @param experiment as the API has it
  static ChangeSet changes(Sample sample, JsonNode experiment, Brief.Client client) {
    var entries = TranscriptFile.read(sample.record());
    var tree = SourceTree.directory(sample.app().folder());
    var brief = brief(experiment, client);
    var task =
        new Agent.Task(
            brief,
            tree,
            RepositoryMap.of(tree, brief),
            Runtime.of(ClientCode.of(tree, brief), brief),
            Budget.USUAL,
            Transcript.rounds(entries));
    var model = new Scripted(Transcript.exchanges(entries));
    var ended =
        new Agent(model, Prices.builtIn(), InstantSource.system())
            .run(task, Transcript.inMemory(), Progress.SILENT);
    assertThat(ended.outcome()).isInstanceOf(Done.class);
    return ((Done) ended.outcome()).changes();
  }

  private static Brief brief(JsonNode experiment, Brief.Client client) {
    return new Brief(
        experiment.get("key").asString(),
        experiment.get("name").asString(),
        experiment.get("description").asString(),
        experiment
            .get("segments")
            .valueStream()
            .map(one ->
                new Brief.Variant(
                    one.get("key").asString(),
                    one.get("name").asString(),
                    one.path("description").asString(""),
                    one.path("instructions").asString("")))
            .toList(),
        experiment
            .get("goals")
            .valueStream()
            .map(one ->
                new Brief.GoalRef(one.get("event").asString(), one.get("name").asString(), ""))
            .toList(),
        client,
        null,
        Set.of());
  }
}
