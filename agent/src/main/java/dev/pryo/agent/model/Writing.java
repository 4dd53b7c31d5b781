package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.model.Tools.Made;
import dev.pryo.agent.model.Tools.Result;
import dev.pryo.agent.model.Tools.Tool;
import dev.pryo.llm.Request;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The tools that plan and write: `plan`, `write_file`, `compare_changes`, `flush_writes`,
/// `give_up`.
final class Writing {
  private static final int LONGEST_DIFF = 30_000;

  /// Stands before a sentence that says why there is no text; no text file holds it.
  private static final String PROBLEM = "\0";

  private final Brief brief;
  private final Workspace workspace;

  Writing(Brief brief, Workspace workspace) {
    this.brief = brief;
    this.workspace = workspace;
  }

  Tool plan() {
    return new Made(
        new Request.Tool(
            "plan",
            "Says what will be done, before it is done. Only the files of the plan can be written."
                + " It can be amended once, by calling this again with the whole plan.",
            """
            {"type": "object", "properties": {\
            "change": {"type": "array", "items": {"type": "object", "properties": {"path": {"type": "string"}, "what": {"type": "string"}}, "required": ["path", "what"]}}, \
            "add": {"type": "array", "items": {"type": "object", "properties": {"path": {"type": "string"}, "what": {"type": "string"}}, "required": ["path", "what"]}}, \
            "segments": {"type": "array", "items": {"type": "object", "properties": {"key": {"type": "string"}, "differs": {"type": "string", "description": "how it differs from the control"}}, "required": ["key", "differs"]}}, \
            "goals": {"type": "array", "items": {"type": "object", "properties": {"event": {"type": "string"}, "where": {"type": "string", "description": "file and moment"}}, "required": ["event", "where"]}}, \
            "steady": {"type": "string", "description": "how flicker and hydration errors are avoided"}, \
            "unclear": {"type": "array", "items": {"type": "string"}, "description": "what the brief leaves open and how you read it"}}, \
            "required": ["change", "add", "segments", "goals", "steady", "unclear"]}\
            """),
        this::follow);
  }

  private Result follow(ObjectNode input) {
    if (workspace.plan().isPresent() && workspace.isAmended()) {
      return new Result.Refused("The plan was amended already. Stay within it.");
    }
    var plan = Plan.read(input);
    var problems = plan.problems(brief, workspace.fence());
    var left =
        workspace.changes().changes().stream()
            .map(change -> change.path())
            .filter(path -> !plan.paths().contains(path))
            .findFirst();
    if (left.isPresent()) {
      return new Result.Refused(left.get() + " is written already and missing in the new plan.");
    }
    if (!problems.isEmpty()) {
      return new Result.Refused(String.join(" ", problems));
    }
    workspace.follow(plan);
    return new Result.Done(workspace.isAmended() ? "The plan is amended." : "The plan is taken.");
  }

  Tool writeFile() {
    return new Made(
        new Request.Tool(
            "write_file",
            "Writes a planned file: either “content”, the whole file, or “replacements”, each an"
                + " exact “old” text that occurs once and the “new” one. Prefer replacements for"
                + " files that are there.",
            """
            {"type": "object", "properties": {"path": {"type": "string"}, "content": {"type": \
            "string"}, "replacements": {"type": "array", "items": {"type": "object", "properties": \
            {"old": {"type": "string"}, "new": {"type": "string"}}, "required": ["old", "new"]}}, \
            "removes": {"type": "string", "description": "why lines go away, where more than a few \
            do"}}, "required": ["path"]}\
            """),
        this::write);
  }

  private Result write(ObjectNode input) {
    var path = input.path("path").asString("");
    var content = input.path("content");
    var replacements = input.path("replacements");
    if (path.isEmpty()
        || content.isString() == (replacements.isArray() && !replacements.isEmpty())) {
      return new Result.Refused("write_file needs “path” and either “content” or “replacements”.");
    }
    var body = content.isString() ? content.asString() : replaced(path, replacements);
    var problem =
        body.startsWith(PROBLEM) ? Optional.of(body.substring(1)) : Optional.<String>empty();
    return problem
        .or(() -> workspace.write(path, body, input.path("removes").asString("")))
        .<Result>map(Result.Refused::new)
        .orElseGet(() -> new Result.Done("Written: " + path + "."));
  }

  private String replaced(String path, JsonNode replacements) {
    var text = workspace.text(path);
    if (text.isEmpty()) {
      return PROBLEM + "There is no file " + path + " to replace something in.";
    }
    var body = text.get().body().replace("\r\n", "\n");
    for (var one : replacements) {
      var old = one.path("old").asString("").replace("\r\n", "\n");
      var times = old.isEmpty() ? 0 : body.split(Pattern.quote(old), -1).length - 1;
      if (times != 1) {
        return PROBLEM
            + "“"
            + (old.length() <= 80 ? old : old.substring(0, 80) + "…")
            + "” occurs "
            + times
            + " times in "
            + path
            + ", and not once. Nothing was written.";
      }
      body = body.replace(old, one.path("new").asString(""));
    }
    return body;
  }

  Tool compareChanges() {
    return new Made(
        new Request.Tool(
            "compare_changes",
            "Shows the diff of everything written so far.",
            """
            {"type": "object", "properties": {}}\
            """),
        _ -> {
          var diff = workspace.changes().diff();
          if (diff.isEmpty()) {
            return new Result.Done("Nothing is written yet.");
          }
          return new Result.Done(
              Shown.plain(
                  diff.length() <= LONGEST_DIFF
                      ? diff
                      : diff.substring(0, LONGEST_DIFF) + "\n(cut here)"));
        });
  }

  Tool flushWrites() {
    return new Made(
        new Request.Tool(
            "flush_writes",
            "Says that everything is written. The changes are then checked.",
            """
            {"type": "object", "properties": {"summary": {"type": "string", "description": "for the\
             pull request: what each segment sees and what is tracked where, in a few sentences"}},\
             "required": ["summary"]}\
            """),
        input ->
            workspace.isUntouched()
                ? new Result.Refused("Nothing is written yet.")
                : new Result.Finished(input.path("summary").asString("").strip()));
  }

  Tool giveUp() {
    return new Made(
        new Request.Tool(
            "give_up",
            "Says that it cannot be done as it is asked for, and what would help.",
            """
            {"type": "object", "properties": {"reason": {"type": "string"}}, "required":\
             ["reason"]}\
            """),
        input -> {
          var reason = input.path("reason").asString("").strip();
          return reason.isEmpty()
              ? new Result.Refused("give_up needs a “reason”.")
              : new Result.GivenUp(reason);
        });
  }
}
