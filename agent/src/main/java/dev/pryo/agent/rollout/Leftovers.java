package dev.pryo.agent.rollout;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.GoalRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What may not be there any more when a model has taken an experiment out: marks of the
/// experiment, and what only the experiment used.
final class Leftovers {
  /// What is of the client: its import, its attribute, what sends events.
  private static final List<Pattern> CLIENT =
      List.of(
          Pattern.compile("(?:from|import)\\s*\\(?\\s*[\"'][^\"'\\n]*\\bpryo(?:\\.[jt]s)?[\"']"),
          Pattern.compile("\\bdata-pryo\\b|\\bwindow\\.pryo\\b|<script\\b[^<>]*/pryo\\.js\\b"),
          Pattern.compile("\\btrackEvent\\b|<Track\\b"));

  /// What asks for the segment of any experiment.
  private static final List<Pattern> SEGMENTS =
      List.of(
          Pattern.compile("\\buseVariant\\b|<Variant\\b"),
          Pattern.compile("[\"'`](?:control|test[1-9]\\d?)[\"'`]|\\btest[1-9]\\d?\\s*[:=]"));

  private static final Pattern EMPTY =
      Pattern.compile(
          "\\)\\s*(?::\\s*\\w+\\s*)?(?:=>\\s*)?\\{\\s*\\}|<(script|style)(?![^<>]*\\bsrc=)[^<>]*>\\s*</\\1>");
  private static final Pattern IMPORTS =
      Pattern.compile("\\bimport\\b([^;\"']*?)\\bfrom\\s*([\"'])[^\"'\\n]*\\2");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$-]*");

  /// The forms in which something gets its name; `%s` is the name.
  private static final String DECLARED =
      "\\b(?:const|let|var|function|class|interface|type|enum)\\s+%1$s(?![\\w$-])"
          + "|[\"']?(?<![\\w$.-])%1$s[\"']?\\s*\\??:|\\.%1$s\\b[^;(){\\n]*\\{"
          + "|(?m:^\\s*(?:(?:protected|private|public|readonly|async|static)\\s+)*%1$s\\s*(?:=|\\([^()]*\\)\\s*(?::[^{\\n]*)?\\{))"
          + "|\\{[^{}()\\[\\]]*(?<![\\w$-])%1$s(?![\\w$-])[^{}()\\[\\]]*\\}"
          + "(?=\\s*(?:=(?![=>])|:|from\\b|\\)\\s*(?:\\{|=>|:)))";

  private final List<Taken> files;
  private final List<String> deleted;
  private final Brief brief;
  private final List<Footprint> live;
  private final List<String> events;

  /// @param events what sends them stays
  Leftovers(
      List<Taken> files,
      List<String> deleted,
      Brief brief,
      List<Footprint> live,
      List<String> events) {
    this.files = files;
    this.deleted = deleted;
    this.brief = brief;
    this.live = live;
    this.events = events;
  }

  Optional<String> trace(Taken file) {
    return marks(file).stream()
        .filter(mark -> !mark.matcher(file.base()).find())
        .flatMap(mark -> mark.matcher(file.then()).results())
        .findFirst()
        .map(hit -> "it still says " + hit.group().strip());
  }

  /// Where another experiment is in the file too, only what names this one.
  private List<Pattern> marks(Taken file) {
    var others = live.stream().flatMap(one -> one.file(file.path()).stream()).toList();
    var marks = new ArrayList<Pattern>();
    marks.add(RollOut.names(brief.key()));
    brief.goals().stream()
        .map(GoalRef::event)
        .filter(event -> !events.contains(event))
        .map(Calls::named)
        .filter(event ->
            others.stream()
                .flatMap(one -> Stream.ofNullable(one.written()))
                .noneMatch(bytes -> event.matcher(RollOut.text(bytes)).find()))
        .forEach(marks::add);
    if (others.isEmpty() && events.isEmpty()) {
      marks.addAll(CLIENT);
    }
    if (others.isEmpty()) {
      marks.addAll(SEGMENTS);
    }
    return marks;
  }

  /// What was used and is not any more, or is used and not there any more: a file that goes, a
  /// function that does nothing, an import, a name that the experiment brought.
  Optional<String> idle(Taken file) {
    return dangling(file).or(() -> empty(file)).or(() -> imported(file)).or(() -> declared(file));
  }

  /// Something of the experiment's that loads a file which goes.
  private Optional<String> dangling(Taken file) {
    return deleted.stream()
        .map(path -> path.replaceFirst(".*/", "").replaceFirst("\\.[^.]*$", ""))
        .map(name ->
            Pattern.compile(
                "([\"'])(?:[^\"'\\n]*/)?%s(?:\\.\\w+)?\\1".formatted(Pattern.quote(name))))
        .filter(loads -> !loads.matcher(file.base()).find())
        .flatMap(loads -> loads.matcher(file.then()).results())
        .findFirst()
        .map(hit -> "it asks for " + hit.group() + ", which goes");
  }

  private static Optional<String> empty(Taken file) {
    var before = EMPTY.matcher(file.base()).results().count();
    return EMPTY.matcher(file.then()).results().count() > before
        ? Optional.of("something in it is empty now, and does nothing")
        : Optional.empty();
  }

  private static Optional<String> imported(Taken file) {
    var then = IMPORTS.matcher(file.then()).replaceAll("");
    var now = IMPORTS.matcher(file.now()).replaceAll("");
    return IMPORTS
        .matcher(file.then())
        .results()
        .flatMap(hit -> NAME.matcher(hit.group(1)).results())
        .map(hit -> hit.group())
        .filter(name -> count(name, then) == 0 && count(name, now) > 0)
        .findFirst()
        .map(name -> "“" + name + "” is imported and not used any more");
  }

  private static long count(String name, String text) {
    return mentions(name).matcher(text).results().count();
  }

  private static Pattern mentions(String name) {
    return Pattern.compile("(?<![\\w$-])%s(?![\\w$-])".formatted(Pattern.quote(name)));
  }

  private Optional<String> declared(Taken file) {
    return NAME.matcher(file.then())
        .results()
        .map(hit -> hit.group())
        .distinct()
        .filter(name -> files.stream().allMatch(one -> count(name, one.base()) == 0))
        .filter(name -> count(name, file.then()) == declarations(name, file.then()))
        .filter(name -> uses(name, Taken::then) == 0 && uses(name, Taken::written) > 0)
        .findFirst()
        .map(name -> "nothing uses “" + name + "” any more");
  }

  private long uses(String name, Function<Taken, String> text) {
    return files.stream()
        .map(text)
        .mapToLong(one -> count(name, one) - declarations(name, one))
        .sum();
  }

  private static long declarations(String name, String text) {
    return Pattern.compile(DECLARED.formatted(Pattern.quote(name))).matcher(text).results().count();
  }
}
