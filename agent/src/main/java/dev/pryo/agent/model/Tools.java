package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceTree;
import dev.pryo.llm.Content.ToolCall;
import dev.pryo.llm.Request;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// What a model may call. The list is the same in every phase, since it stands at the beginning of
/// the prefix that is cached; what is not possible yet is refused with what comes first.
final class Tools {
  private final List<Tool> all;

  /// One tool.
  interface Tool {
    Request.Tool description();

    Result run(ObjectNode input);
  }

  /// What came of a call.
  sealed interface Result {
    /// It was done.
    record Done(String text) implements Result {}

    /// It was not done, and why.
    record Refused(String reason) implements Result {}

    /// The model says that it has written everything.
    record Finished(String summary) implements Result {}

    /// The model says that it cannot be done.
    record GivenUp(String reason) implements Result {}
  }

  /// Those that write an experiment.
  Tools(SourceTree tree, Brief brief, Workspace workspace) {
    this(writing(new Reading(tree, brief, workspace), new Writing(brief, workspace)));
  }

  private static List<Tool> writing(Reading reading, Writing writing) {
    return List.of(
        reading.listFiles(),
        reading.searchText(),
        reading.readFiles(),
        writing.plan(),
        writing.writeFile(),
        writing.compareChanges(),
        writing.flushWrites(),
        writing.giveUp());
  }

  Tools(List<Tool> all) {
    this.all = List.copyOf(all);
  }

  List<Request.Tool> descriptions() {
    return all.stream().map(Tool::description).toList();
  }

  Result run(ToolCall call) {
    var tool = all.stream().filter(one -> one.description().name().equals(call.name())).findFirst();
    if (tool.isEmpty()) {
      return new Result.Refused(
          "There is no tool “"
              + call.name()
              + "”. There are "
              + all.stream().map(one -> one.description().name()).collect(Collectors.joining(", "))
              + ".");
    }
    return call.input()
        .map(tool.get()::run)
        .orElseGet(
            () -> new Result.Refused("The arguments of " + call.name() + " are no JSON object."));
  }

  /// A tool made of its parts.
  record Made(Request.Tool description, Function<ObjectNode, Result> run) implements Tool {
    @Override
    public Result run(ObjectNode input) {
      return run.apply(input);
    }
  }
}
