package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes a plan: the pages with their marks and tags, the scripts with their strings, and the
/// files that are added.
final class Writer {
  private final Site site;
  private final Brief brief;
  private final Plan plan;
  private final TeamStyle style;
  private final Homes homes;
  private final List<Plan.Part> parts;

  Writer(Site site, Brief brief, Plan plan) {
    this(site, brief, plan, Homes.of(site, plan.markedPages().toList(), brief.key()));
  }

  private Writer(Site site, Brief brief, Plan plan, Homes homes) {
    this.site = site;
    this.brief = brief;
    this.plan = plan;
    this.style = site.style();
    this.homes = homes;
    this.parts = plan.parts(brief.key());
  }

  TeamStyle style() {
    return style;
  }

  Homes homes() {
    return homes;
  }

  boolean addsModule() {
    return !parts.isEmpty() || !plan.listeners().isEmpty();
  }

  boolean addsStyleSheet() {
    return !parts.isEmpty();
  }

  /// A file that is there already is never overwritten.
  Optional<Outcome> taken() {
    return List.of(homes.script(), homes.styleSheet()).stream()
        .filter(site::has)
        .findFirst()
        .flatMap(path ->
            Planner.unable(
                path + " is there already, so this experiment seems to be written.",
                "Remove it, or take another experiment key."));
  }

  ChangeSet write() {
    var changes = new ArrayList<FileChange>();
    if (addsModule()) {
      changes.add(module());
    }
    if (addsStyleSheet()) {
      var css = site.styleSheets().stream().map(SourceText::body).collect(Collectors.joining("\n"));
      changes.add(
          added(
              homes.styleSheet(),
              new StyleSheetWriter(brief, style, parts, plan.places(brief.key()), css).write()));
    }
    pages().values().forEach(page -> changes.add(changed(page.source(), page.write())));
    plan.strings().stream()
        .collect(Collectors.groupingBy(Plan.StringEdit::script))
        .forEach((script, edits) ->
            changes.add(
                changed(script.text(), new ScriptWriter(script, brief.key(), style).write(edits))));
    return new ChangeSet(
        changes.stream().filter(one -> !one.text().equals(one.baseText())).toList());
  }

  /// The same hand, for what is listened to alone.
  Writer listening() {
    return new Writer(site, brief, plan.listening(), homes);
  }

  FileChange module() {
    return added(homes.script(), new ModuleWriter(brief, style, plan).write());
  }

  /// Every page that gets a mark or a tag, by its path.
  Map<String, PageWriter> pages() {
    var writers = new TreeMap<String, PageWriter>();
    var marks = plan.marks(brief.key());
    var changing = plan.edits().stream().map(edit -> edit.page().path()).toList();
    for (var page : plan.markedPages().toList()) {
      var writer = new PageWriter(site, page, brief);
      marks.forEach((element, mark) -> {
        if (element.ownerDocument() == page.document()) {
          writer.mark(element, mark);
        }
      });
      writer.load(homes.script(), changing.contains(page.path()) ? homes.styleSheet() : null);
      writers.put(page.path(), writer);
    }
    for (var edit : plan.strings()) {
      for (var loader : new Loaders(site).of(edit.script().path())) {
        writers.computeIfAbsent(
            loader.page().path(), _ -> new PageWriter(site, loader.page(), brief));
      }
    }
    return writers;
  }

  private static FileChange added(String path, String text) {
    return FileChange.added(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileChange changed(SourceText base, String body) {
    return new FileChange(base.path(), base.bytes(), base.with(body).bytes());
  }
}
