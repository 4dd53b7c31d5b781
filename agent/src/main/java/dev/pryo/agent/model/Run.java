package dev.pryo.agent.model;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Progress;
import dev.pryo.agent.Progress.Phase;
import dev.pryo.agent.model.Budget.Spent;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.agent.model.Tools.Result;
import dev.pryo.llm.Content;
import dev.pryo.llm.Message;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Fault;
import dev.pryo.llm.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of the agent: ask, do what was called for, ask again.
final class Run {
  private static final int MENDS = 2;
  private static final int IDLE_TURNS = 3;
  private static final int SAME_CALLS = 3;

  private final Agent agent;
  private final Assignment assignment;
  private final Budget budget;
  private final List<Round> asked;
  private final Transcript transcript;
  private final Stages stages;
  private final Workspace workspace;
  private final Instant begun;
  private final Request first;
  private final List<Message> messages = new ArrayList<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private Spent spent;
  private int refusals;
  private int idle;
  private int cutOff;
  private int mended;
  private int rounds;

  Run(
      Agent agent,
      Assignment assignment,
      Budget budget,
      List<Round> asked,
      Transcript transcript,
      Progress progress) {
    this.agent = agent;
    this.assignment = assignment;
    this.budget = budget;
    this.asked = asked;
    this.transcript = transcript;
    this.stages = new Stages(progress);
    this.workspace = assignment.workspace();
    this.begun = agent.clock().instant();
    this.first = Agent.first(assignment);
    this.spent = Spent.nothing(agent.model().name());
  }

  Ended end() {
    stages.enter(Phase.PLAN);
    tell(assignment.begin());
    while (true) {
      var ended = turn();
      if (ended.isPresent()) {
        return ended.get();
      }
    }
  }

  private void tell(List<Content> content) {
    transcript.add(new Transcript.Told(content));
    messages.add(new Message.User(content));
  }

  private Optional<Ended> turn() {
    var request = new Request(first.system(), first.tools(), messages, first.maxOutput());
    var recorded = transcript.recorded();
    if (recorded.isEmpty()) {
      var passed = Duration.between(begun, agent.clock().instant());
      var refused = budget.refuse(spent, request, agent.prices(), passed);
      if (refused.isPresent()) {
        return stop(Why.BUDGET, refused.get(), "Give it more, or make the experiment smaller.");
      }
    }
    return switch (recorded
        .<Reply>map(answer -> answer)
        .orElseGet(() -> agent.model().ask(request))) {
      case Fault fault -> Faulty.end(fault, spent);
      case Answer answer -> take(answer);
    };
  }

  /// Keeps the answer before anything is done with it: it is paid for.
  private Optional<Ended> take(Answer answer) {
    transcript.add(new Transcript.Answered(answer));
    spent = spent.plus(answer.model(), answer.usage(), agent.prices());
    if (!answer.content().isEmpty()) {
      messages.add(new Message.Assistant(answer.content()));
    }
    return switch (answer.stop()) {
      case DECLINED ->
          stop(Why.DECLINED, "The model declined to write this.", "Say the experiment otherwise.");
      case FULL ->
          stop(
              Why.BUDGET,
              "The conversation is longer than the model can read.",
              "Make the experiment smaller.");
      case CUT_OFF -> cutOff(answer);
      case END, CALLS -> answer.calls().isEmpty() ? idle(answer) : act(answer);
    };
  }

  /// The last call may be half a call, and what was to follow is missing: nothing is done.
  private Optional<Ended> cutOff(Answer answer) {
    cutOff++;
    if (cutOff == IDLE_TURNS) {
      return stop(
          Why.CUT_OFF,
          "The model's answers were cut off " + cutOff + " times in a row.",
          "Make the experiment smaller, or take a model that writes more in one answer.");
    }
    var content = new ArrayList<Content>();
    answer
        .calls()
        .forEach(call ->
            content.add(new Content.ToolResult(call.id(), "Your answer was cut off.", true)));
    content.add(new Content.Text(Prompts.cutOff(first.maxOutput())));
    tell(content);
    return Optional.empty();
  }

  private Optional<Ended> idle(Answer answer) {
    idle++;
    if (idle == IDLE_TURNS) {
      return stop(
          Why.IDLE,
          "The model called nothing " + idle + " times in a row.",
          "Try again, or take a model that calls tools.");
    }
    tell(List.of(new Content.Text(Prompts.idle(answer.content().isEmpty()))));
    return Optional.empty();
  }

  private Optional<Ended> act(Answer answer) {
    idle = 0;
    cutOff = 0;
    var content = new ArrayList<Content>();
    Optional<Ended> ended = Optional.empty();
    for (var call : answer.calls()) {
      if (ended.isPresent()) {
        break;
      }
      var result = repeated(call).orElseGet(() -> assignment.tools().run(call));
      ended =
          switch (result) {
            case Result.Done(var text) -> {
              content.add(new Content.ToolResult(call.id(), text, false));
              yield Optional.empty();
            }
            case Result.Refused(var reason) -> refuse(call, reason, content);
            case Result.GivenUp(var reason) ->
                stop(Why.GIVEN_UP, reason, "Say in the description what it asks for.");
            case Result.Finished(var summary) -> finish(call, summary, content);
          };
    }
    if (ended.isEmpty()) {
      assignment.next(stages, answer).ifPresent(text -> content.add(new Content.Text(text)));
      tell(content);
    }
    return ended;
  }

  /// The same call again and again gets nowhere. Writing changes what a call shows, so that
  /// counting begins anew.
  private Optional<Result> repeated(Content.ToolCall call) {
    if (call.name().equals("write_file") || call.name().equals("flush_writes")) {
      calls.keySet().removeIf(known -> !known.startsWith(call.name() + " "));
    }
    var times = calls.merge(call.name() + " " + call.arguments(), 1, Integer::sum);
    return times <= SAME_CALLS
        ? Optional.empty()
        : Optional.of(
            new Result.Refused(
                "You have called this " + (times - 1) + " times; the answer stays the same."));
  }

  private Optional<Ended> refuse(Content.ToolCall call, String reason, List<Content> content) {
    refusals++;
    transcript.add(new Transcript.Refused(call.name(), reason));
    content.add(new Content.ToolResult(call.id(), reason, true));
    if (calls.getOrDefault(call.name() + " " + call.arguments(), 0) > 2 * SAME_CALLS) {
      return stop(
          Why.LOOP,
          "The model called the same again and again: " + call.name() + ".",
          "Try again.");
    }
    return refusals < budget.refusals()
        ? Optional.empty()
        : stop(
            Why.REFUSALS,
            "It tried " + refusals + " times what is not possible; the last: " + reason,
            "See the transcript, and make the description clearer.");
  }

  /// The model is done: its changes are checked. What fails goes back to it twice.
  private Optional<Ended> finish(Content.ToolCall call, String summary, List<Content> content) {
    stages.enter(Phase.CHECK);
    var checks = assignment.checks();
    var failed = checks.stream().filter(check -> check.status() == Check.Status.FAIL).toList();
    if (!failed.isEmpty() && mended < MENDS) {
      mended++;
      content.add(new Content.ToolResult(call.id(), Prompts.failed(failed), true));
      return Optional.empty();
    }
    if (rounds < asked.size()) {
      content.add(new Content.ToolResult(call.id(), "The changes were taken.", false));
      content.add(new Content.Text(Prompts.round(asked.get(rounds))));
      rounds++;
      mended = 0;
      workspace.reopen();
      return Optional.empty();
    }
    var done = assignment.done(checks, summary);
    stages.done(failed.isEmpty());
    return Optional.of(new Ended(done, failed.isEmpty() ? Why.WRITTEN : Why.CHECKS_FAILED, spent));
  }

  private Optional<Ended> stop(Why why, String reason, String instead) {
    return Optional.of(new Ended(new Outcome.Unable(reason, instead), why, spent));
  }
}
