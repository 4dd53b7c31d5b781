package dev.pryo.agent.model;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Progress.Phase;
import dev.pryo.agent.model.Removal.Part;
import dev.pryo.agent.model.Tools.Made;
import dev.pryo.agent.model.Tools.Result;
import dev.pryo.agent.model.Tools.Tool;
import dev.pryo.llm.Content;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// An experiment is taken out of a repository again. There is nothing to plan: the record names the
/// files, and what the experiment and others did to them is told at once.
final class Removing implements Assignment {
  private static final int LONGEST_FILE = 24_000;
  private static final int LONGEST_MATERIAL = 80_000;

  private static final String SUMMARY =
      """
      {"type": "object", "properties": {"summary": {"type": "string", "description": "for the\
       pull request: what went, what stays, what became of lines that others had changed"}},\
       "required": ["summary"]}\
      """;

  private final Removal removal;
  private final Workspace workspace;
  private final Tools tools;

  Removing(Removal removal) {
    this.removal = removal;
    this.workspace = new Workspace(removal.tree(), new Runtime(List.of(), "", Set.of(), Set.of()));
    workspace.follow(
        new Plan(
            removal.parts().stream()
                .map(part -> new Plan.File(part.path(), "the experiment goes"))
                .toList(),
            List.of(),
            List.of(),
            List.of(),
            "",
            List.of()));
    var reading = new Reading(removal.tree(), removal.brief(), workspace);
    var writing = new Writing(removal.brief(), workspace);
    this.tools =
        new Tools(
            List.of(
                reading.listFiles(),
                reading.searchText(),
                reading.readFiles(),
                within(writing.writeFile()),
                removeFile(),
                writing.compareChanges(),
                told(
                    writing.flushWrites(),
                    "Says that everything is taken out. The changes are then checked.",
                    SUMMARY),
                writing.giveUp()));
  }

  private static Tool told(Tool tool, String description, String schema) {
    return new Made(new Request.Tool(tool.description().name(), description, schema), tool::run);
  }

  /// Lines go here, so nobody has to say why; the checks count them.
  private Tool within(Tool writeFile) {
    var usual = writeFile.description();
    return new Made(
        new Request.Tool(
            usual.name(),
            usual.description().replace("a planned file", "one of these files"),
            usual.schema()),
        input ->
            outside(input)
                .<Result>map(Result.Refused::new)
                .orElseGet(() ->
                    writeFile.run(input.deepCopy().put("removes", "the experiment's lines"))));
  }

  private Optional<String> outside(ObjectNode input) {
    var path = input.path("path").asString("");
    return removal.parts().stream().anyMatch(part -> part.path().equals(path))
        ? Optional.empty()
        : Optional.of(
            "“"
                + path
                + "” is none of the files that can be changed here: "
                + removal.parts().stream().map(Part::path).collect(Collectors.joining(", "))
                + ".");
  }

  private Tool removeFile() {
    return new Made(
        new Request.Tool(
            "remove_file",
            "Takes away a file that the experiment added, where nobody changed it since and the"
                + " segment that stays has no use for it.",
            """
            {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}\
            """),
        this::remove);
  }

  private Result remove(ObjectNode input) {
    var refused = outside(input);
    if (refused.isPresent()) {
      return new Result.Refused(refused.get());
    }
    var path = input.path("path").asString("");
    if (removal.parts().stream().noneMatch(part -> part.path().equals(path) && part.mayGo())) {
      return new Result.Refused(
          path
              + " stays: only a file that the experiment added and nobody changed since can go."
              + " Take the experiment out of it with write_file.");
    }
    workspace.remove(path);
    return new Result.Done("Gone: " + path + ".");
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
    return Prompts.file("remove-system");
  }

  @Override
  public List<Content> begin() {
    var told = new StringBuilder();
    for (var part : removal.parts()) {
      told.append(material(part, LONGEST_MATERIAL - told.length())).append('\n');
    }
    return List.of(
        new Content.Text(Prompts.brief(removal.brief()) + "\n\n" + told),
        new Content.Text(
            Prompts.file("remove")
                .replace("{segment}", removal.segment())
                .replace("{others}", others())));
  }

  private String others() {
    var told = new StringBuilder();
    if (!removal.others().isEmpty()) {
      told.append("\n- What other experiments wrote stays as it is: ")
          .append(String.join(", ", removal.others()))
          .append('.');
    }
    for (var event : removal.events()) {
      told.append("\n- Otherwise than said above, what sends `")
          .append(Shown.plain(event))
          .append(
              "` stays, with all that it needs (its import, its listener, the script that holds it),"
                  + " since another experiment counts it: the one thing of the experiment that does.");
    }
    return told.toString();
  }

  /// What a model may not read, it is not told either.
  private String material(Part part, int room) {
    var path = part.path();
    var refused = workspace.fence().refuseRead(path);
    if (refused.isPresent()) {
      return refused.get() + "\n";
    }
    var now = part.since().text();
    var whole = now.length() <= Math.min(LONGEST_FILE, room);
    return "<file path=\"%s\"%s>\n<experiment>\n%s</experiment>\n%s<now>\n%s</now>\n</file>\n"
        .formatted(
            path,
            part.mayGo() ? " can be removed" : "",
            cut(part.wrote().diff()),
            part.since().deletions() + part.since().additions() == 0
                ? ""
                : "<since>\n" + cut(part.since().diff()) + "</since>\n",
            whole ? Shown.plain(ended(now)) : "(too long: read the lines you need)\n");
  }

  private static String cut(String diff) {
    return Shown.plain(
        diff.length() <= LONGEST_FILE
            ? diff
            : diff.substring(0, LONGEST_FILE) + "\n(cut here; read the lines you need)\n");
  }

  private static String ended(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }

  @Override
  public Optional<String> next(Stages stages, Answer answer) {
    if (stages.phase() != Phase.WRITE) {
      stages.enter(Phase.WRITE);
    }
    return Optional.empty();
  }

  @Override
  public List<Check> checks() {
    return removal.doubts().apply(workspace.changes());
  }

  @Override
  public Outcome.Done done(List<Check> checks, String words) {
    return new Outcome.Done(
        workspace.changes(), checks, words.isEmpty() ? List.of() : List.of(words), List.of());
  }
}
