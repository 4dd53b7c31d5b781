package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Script.Habits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a team writes scripts, measured: the majority inside each file, then the majority over
/// files. Where nothing can be measured it is two spaces, double quotes, semicolons and trailing
/// commas.
record TeamStyle(
    char quote,
    boolean semicolons,
    boolean trailingCommas,
    String indent,
    String cssIndent,
    String lineEnding,
    char jsxQuote) {
  private static final Pattern PRYO =
      Pattern.compile("(?:.*/)?pryo(?:-[\\w-]+)?(?:/[\\w-]+)?\\.(?:m?js|ts)");
  private static final String DEFAULT_INDENT = "  ";

  static TeamStyle measure(Site site) {
    var scripts =
        Stream.concat(
                site.scripts().stream(),
                site.hasComponents()
                    ? site.components().stream().map(one -> one.code().script())
                    : Stream.of())
            .filter(script -> script.error().isEmpty() && !PRYO.matcher(script.path()).matches())
            .filter(script -> !site.isTest(script.path()))
            .toList();
    var habits = scripts.stream().map(Script::habits).toList();
    var code = scripts.stream().map(Script::text).toList();
    var pages =
        site.hasComponents()
            ? List.<SourceText>of()
            : site.pages().stream().map(Page::text).toList();
    var css = site.styleSheets();
    var indent = indent(code).or(() -> indent(pages)).or(() -> indent(css)).orElse(DEFAULT_INDENT);
    var all = Stream.of(code, pages, css).flatMap(Collection::stream).toList();
    return new TeamStyle(
        prefers(habits, Habits::singleQuotes, Habits::doubleQuotes) ? '\'' : '"',
        !prefers(habits, Habits::bare, Habits::semicolons),
        !prefers(habits, Habits::notTrailing, Habits::trailing),
        indent,
        indent(css).orElse(indent),
        all.stream().filter(text -> text.lineEnding().equals("\r\n")).count() * 2 > all.size()
            ? "\r\n"
            : "\n",
        site.hasComponents() && prefersSingle(site.components()) ? '\'' : '"');
  }

  private static boolean prefersSingle(List<Component> components) {
    var quotes =
        components.stream()
            .flatMap(one ->
                one.roots().stream()
                    .flatMap(Tag::all)
                    .flatMap(tag -> tag.attributes().stream())
                    .filter(attribute -> attribute.kind() == Tag.Kind.LITERAL)
                    .map(attribute -> one.text().body().charAt(attribute.valueFrom())))
            .toList();
    return quotes.stream().filter(quote -> quote == '\'').count() * 2 > quotes.size();
  }

  TeamStyle withQuote(char other) {
    return new TeamStyle(
        other, semicolons, trailingCommas, indent, cssIndent, lineEnding, jsxQuote);
  }

  /// The same style as a parsed script's own habits show it; null characters where it shows none.
  static Optional<String> departs(Script script, TeamStyle team) {
    var habits = script.habits();
    if (team.semicolons ? habits.bare() > 0 : habits.semicolons() > 0) {
      return Optional.of("semicolons");
    }
    var others = team.quote == '"' ? habits.singleQuotes() : habits.doubleQuotes();
    if (others > 0) {
      return Optional.of("quotes");
    }
    if (team.trailingCommas ? habits.notTrailing() > 0 : habits.trailing() > 0) {
      return Optional.of("trailing commas");
    }
    return indent(List.of(script.text()))
        .filter(own -> !own.equals(team.indent))
        .map(_ -> "indentation");
  }

  /// How many times a script does not do as the team does.
  int departures(Habits habits) {
    return (semicolons ? habits.bare() : habits.semicolons())
        + (quote == '"' ? habits.singleQuotes() : habits.doubleQuotes())
        + (trailingCommas ? habits.notTrailing() : habits.trailing());
  }

  /// The other quote, for what stands inside a string.
  char innerQuote() {
    return quote == '"' ? '\'' : '"';
  }

  String end() {
    return semicolons ? ";" : "";
  }

  String comma() {
    return trailingCommas ? "," : "";
  }

  private static boolean prefers(
      List<Habits> files, ToIntFunction<Habits> one, ToIntFunction<Habits> other) {
    var balance =
        files.stream()
            .mapToInt(file -> Integer.signum(one.applyAsInt(file) - other.applyAsInt(file)))
            .sum();
    return balance > 0;
  }

  private static Optional<String> indent(List<SourceText> texts) {
    return most(texts.stream().flatMap(text -> step(text).stream()).toList());
  }

  /// The most frequent step of indentation in a text.
  private static Optional<String> step(SourceText text) {
    var steps = new ArrayList<String>();
    var last = 0;
    for (var line : text.body().split("\n")) {
      if (line.isBlank() || line.stripLeading().startsWith("*")) {
        continue;
      }
      if (line.startsWith("\t")) {
        steps.add("\t");
        continue;
      }
      var spaces = line.length() - line.stripLeading().length();
      if (spaces > last && spaces - last <= 8) {
        steps.add(" ".repeat(spaces - last));
      }
      last = spaces;
    }
    return most(steps);
  }

  private static Optional<String> most(List<String> all) {
    var counts = new HashMap<String, Integer>();
    all.forEach(one -> counts.merge(one, 1, Integer::sum));
    return all.stream()
        .distinct()
        .reduce((best, next) ->
            counts.getOrDefault(next, 0) > counts.getOrDefault(best, 0) ? next : best);
  }
}
