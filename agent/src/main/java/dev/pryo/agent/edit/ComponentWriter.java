package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes a plan for components: the components, the files of languages, and, for the first
/// experiment of an app, the client file and the rule by which tested elements wait.
final class ComponentWriter {
  private static final Pattern WIDTH = Pattern.compile("\"?printWidth\"?\\s*:\\s*(\\d{2,3})");
  private static final int USUAL_WIDTH = 80;

  private final Site site;
  private final Brief brief;
  private final ComponentPlan plan;
  private final TeamStyle style;
  private final ClientFile client;
  private final Phrases phrases;
  private final Hand hand;
  private final Map<String, Splices> splices = new TreeMap<>();

  ComponentWriter(Site site, Brief brief, ComponentPlan plan) {
    this.site = site;
    this.brief = brief;
    this.plan = plan;
    this.style = site.style();
    this.client = ClientFile.of(site);
    this.phrases = new Phrases(site, plan.phrases(), style);
    this.hand = new Hand(brief, style, client, width(site), site.hasServerComponents());
  }

  TeamStyle style() {
    return style;
  }

  Hand hand() {
    return hand;
  }

  ClientFile client() {
    return client;
  }

  /// What was done to the components, by their paths.
  Map<String, Splices> splices() {
    return splices;
  }

  List<Phrases.Untranslated> untranslated() {
    return phrases.untranslated();
  }

  private static int width(Site site) {
    return Stream.of(
            ".prettierrc",
            ".prettierrc.json",
            "package.json",
            "prettier.config.js",
            "prettier.config.mjs")
        .flatMap(name -> site.settings(name).stream())
        .flatMap(text -> WIDTH.matcher(text).results())
        .findFirst()
        .map(hit -> Integer.parseInt(hit.group(1)))
        .orElseGet(() -> measured(site));
  }

  /// The width that the team keeps to where no settings say it: one line in twenty comes near it.
  private static int measured(Site site) {
    var lengths =
        site.components().stream()
            .flatMap(one -> one.text().body().lines())
            .mapToInt(String::length)
            .filter(length -> length > 60 && length <= 120)
            .toArray();
    for (var width : List.of(120, 100)) {
      var near = Arrays.stream(lengths).filter(one -> one > width - 20 && one <= width).count();
      if (near * 20 > lengths.length && near > 2) {
        return width;
      }
    }
    return USUAL_WIDTH;
  }

  /// A file that is there already is never overwritten, and an experiment is written once.
  Optional<Outcome> taken() {
    var quoted = Set.of("\"" + brief.key() + "\"", "'" + brief.key() + "'");
    return site.components().stream()
        .filter(one ->
            one.text().body().contains("useVariant") || one.text().body().contains("<Variant"))
        .filter(one -> quoted.stream().anyMatch(one.text().body()::contains))
        .findFirst()
        .map(Component::path)
        .or(() ->
            client.there() || !site.has(client.path())
                ? Optional.empty()
                : Optional.of(client.path()))
        .flatMap(path ->
            Planner.unable(
                path + " is there already, so this experiment seems to be written.",
                "Remove it, or take another experiment key."));
  }

  /// The paths of the files that are added.
  Set<String> added() {
    var paths = new TreeSet<String>();
    if (!client.there()) {
      paths.add(client.path());
      if (client.styleSheet().isEmpty()) {
        paths.add(client.ownStyleSheet());
      }
    }
    return paths;
  }

  ChangeSet write() {
    var changes = new ArrayList<FileChange>();
    plan.byPath()
        .forEach((path, edits) -> {
          var component = edits.getFirst().component();
          var done = component.dialect().write(component, edits, hand);
          splices.put(path, done);
          changes.add(changed(component.text(), done.apply(component.text().body())));
          component
              .dialect()
              .beside(component, edits, hand)
              .ifPresent(other -> {
                splices.put(other.text().path(), other.splices());
                changes.add(changed(other.text(), other.splices().apply(other.text().body())));
              });
        });
    phrases.write().forEach((text, body) -> changes.add(changed(text, body)));
    if (!client.there()) {
      changes.add(added(client.path(), clientText()));
      var sheet = client.styleSheet();
      if (sheet.isPresent()) {
        changes.add(changed(sheet.get(), Waiting.in(sheet.get(), style)));
      } else {
        changes.add(added(client.ownStyleSheet(), Waiting.alone(style)));
      }
    }
    return new ChangeSet(
        changes.stream().filter(one -> !one.text().equals(one.baseText())).toList());
  }

  /// The framework that is written for: that of the first edit, or where none is planned the one
  /// that draws something in this app.
  Dialect dialect() {
    return plan.edits().isEmpty() ? site.drawing() : plan.edits().getFirst().component().dialect();
  }

  /// The client file, as it is written from its source.
  String clientText() {
    var own = client.styleSheet().isEmpty();
    var sheet = client.ownStyleSheet().substring(client.ownStyleSheet().lastIndexOf('/') + 1);
    return ClientSource.write(
        brief,
        dialect().binding(),
        client.isTypeScript(),
        site.hasServerComponents(),
        own ? "import \"./" + sheet + "\";\n" : "",
        style);
  }

  private static FileChange added(String path, String text) {
    return FileChange.added(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static FileChange changed(SourceText base, String body) {
    return new FileChange(base.path(), base.bytes(), base.with(body).bytes());
  }
}
