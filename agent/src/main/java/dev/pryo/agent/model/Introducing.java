package dev.pryo.agent.model;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.llm.Content;
import dev.pryo.llm.Reply.Answer;
import java.util.List;
import java.util.Optional;

/// An experiment is written into a repository.
final class Introducing implements Assignment {
  private final Agent.Task task;
  private final Workspace workspace;
  private final Tools tools;

  Introducing(Agent.Task task) {
    this.task = task;
    this.workspace = new Workspace(task.tree(), task.runtime());
    this.tools = new Tools(task.tree(), task.brief(), workspace);
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Tools tools() {
    return tools;
  }

  @Override
  public String system() {
    return Prompts.system(task.runtime());
  }

  @Override
  public List<Content> begin() {
    return Prompts.begin(task);
  }

  @Override
  public Optional<String> next(Stages stages, Answer answer) {
    return Prompts.next(stages, workspace, answer);
  }

  @Override
  public List<Check> checks() {
    return doubts().run();
  }

  private WrittenChecks doubts() {
    return new WrittenChecks(
        task.brief(),
        plan(),
        task.runtime(),
        workspace.changes(),
        workspace.all(),
        workspace::text);
  }

  private Plan plan() {
    return workspace.plan().orElseThrow();
  }

  @Override
  public Outcome.Done done(List<Check> checks, String words) {
    return new Outcome.Done(workspace.all(), checks, Summary.of(plan(), words), doubts().tracked());
  }
}
