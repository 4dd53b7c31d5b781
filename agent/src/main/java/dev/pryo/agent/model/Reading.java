package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.Tools.Made;
import dev.pryo.agent.model.Tools.Result;
import dev.pryo.agent.model.Tools.Tool;
import dev.pryo.llm.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The tools that look: `list_files`, `search_text` and `read_multiple_files`. What they show is
/// cut to a size that a model can pay for, and each cut is said.
final class Reading {
  private static final int MOST_LISTED = 300;
  private static final int MOST_HITS = 40;
  private static final int MOST_FILES_SEARCHED = 5_000;
  private static final int LONGEST_LINE = 200;
  private static final int LONGEST_FILE = 24_000;
  private static final int LONGEST_READING = 60_000;

  private final SourceTree tree;
  private final Workspace workspace;
  private final String root;

  Reading(SourceTree tree, Brief brief, Workspace workspace) {
    this.tree = tree;
    this.workspace = workspace;
    this.root = brief.folder();
  }

  Tool listFiles() {
    return new Made(
        new Request.Tool(
            "list_files",
            "Lists the files below a folder. Paths are relative to the repository.",
            """
            {"type": "object", "properties": {"under": {"type": "string", "description": "a folder;\
             empty for the app"}}, "required": []}\
            """),
        this::list);
  }

  private Result list(ObjectNode input) {
    var under = folder(input.path("under").asString(""));
    var paths =
        tree.paths().stream()
            .filter(path -> path.startsWith(under) && workspace.fence().isListed(path))
            .toList();
    if (paths.isEmpty()) {
      return new Result.Refused("There is nothing in the folder “" + under + "”.");
    }
    var shown = String.join("\n", paths.subList(0, Math.min(MOST_LISTED, paths.size())));
    return new Result.Done(
        paths.size() <= MOST_LISTED
            ? shown
            : shown + "\n(" + (paths.size() - MOST_LISTED) + " more; name a folder)");
  }

  private String folder(String named) {
    var plain = named.strip().replaceFirst("^\\./", "").replaceFirst("/+$", "");
    return plain.isEmpty() || plain.equals(".") ? root : plain + "/";
  }

  Tool searchText() {
    return new Made(
        new Request.Tool(
            "search_text",
            "Finds a text in the app's files, capitals ignored. Shows path:line: text.",
            """
            {"type": "object", "properties": {"text": {"type": "string"}, "under": {"type": \
            "string", "description": "a folder; empty for the app"}}, "required": ["text"]}\
            """),
        this::search);
  }

  private Result search(ObjectNode input) {
    var wanted = input.path("text").asString("").toLowerCase(Locale.ROOT);
    if (wanted.isBlank()) {
      return new Result.Refused("search_text needs a “text”.");
    }
    var under = folder(input.path("under").asString(""));
    var hits = new ArrayList<String>();
    tree.paths().stream()
        .filter(path -> path.startsWith(under) && workspace.fence().isListed(path))
        .limit(MOST_FILES_SEARCHED)
        .filter(path -> workspace.fence().refuseRead(path).isEmpty())
        .takeWhile(_ -> hits.size() <= MOST_HITS)
        .forEach(path -> workspace.text(path).ifPresent(text -> find(text, wanted, hits)));
    if (hits.isEmpty()) {
      return new Result.Done("Nothing says that.");
    }
    return new Result.Done(
        String.join("\n", hits.subList(0, Math.min(MOST_HITS, hits.size())))
            + (hits.size() > MOST_HITS ? "\n(more; search for something rarer)" : ""));
  }

  private static void find(SourceText text, String wanted, List<String> hits) {
    var lines = text.body().split("\n", -1);
    IntStream.range(0, lines.length)
        .filter(at -> lines[at].toLowerCase(Locale.ROOT).contains(wanted))
        .forEach(at -> hits.add(text.path() + ":" + (at + 1) + ": " + cut(lines[at].strip())));
  }

  private static String cut(String line) {
    return Shown.plain(
        line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
  }

  Tool readFiles() {
    return new Made(
        new Request.Tool(
            "read_multiple_files",
            "Reads files, all that are needed in one call. “from” and “to” are lines, for a part of"
                + " a long file.",
            """
            {"type": "object", "properties": {"files": {"type": "array", "items": {"type": "object",\
             "properties": {"path": {"type": "string"}, "from": {"type": "integer"}, "to": {"type":\
             "integer"}}, "required": ["path"]}}}, "required": ["files"]}\
            """),
        this::read);
  }

  private Result read(ObjectNode input) {
    var wanted = input.path("files");
    if (!wanted.isArray() || wanted.isEmpty()) {
      return new Result.Refused("read_multiple_files needs “files”, a list of {path}.");
    }
    var shown = new StringBuilder();
    var refused = 0;
    for (var one : wanted) {
      var path = one.isString() ? one.asString() : one.path("path").asString("");
      var reason =
          workspace.text(path).isPresent() && workspace.changes().of(path).isPresent()
              ? Optional.<String>empty()
              : workspace.fence().refuseRead(path);
      if (reason.isPresent()) {
        refused++;
        shown.append(reason.get()).append('\n');
      } else if (shown.length() > LONGEST_READING) {
        shown.append(path).append(" was not read: this answer is long enough. Ask again.\n");
      } else {
        workspace.text(path).ifPresent(text -> shown.append(part(text, one)));
      }
    }
    return refused == wanted.size()
        ? new Result.Refused(shown.toString().strip())
        : new Result.Done(shown.toString());
  }

  private static String part(SourceText text, JsonNode wanted) {
    var lines = text.body().replaceFirst("\n\\z", "").split("\n", -1);
    var from = Math.clamp(wanted.path("from").asInt(1), 1, lines.length);
    var to = Math.clamp(wanted.path("to").asInt(lines.length), from, lines.length);
    var body = String.join("\n", List.of(lines).subList(from - 1, to)).replace("\r", "");
    var cut = body.length() > LONGEST_FILE;
    return "<file path=\""
        + text.path()
        + "\" lines=\""
        + from
        + "–"
        + to
        + " of "
        + lines.length
        + "\">\n"
        + Shown.plain(cut ? body.substring(0, LONGEST_FILE) : body)
        + (cut ? "\n(cut here; ask for the lines behind)" : "")
        + "\n</file>\n";
  }
}
