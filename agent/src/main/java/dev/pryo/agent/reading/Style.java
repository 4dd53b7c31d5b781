package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Frameworks.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a team writes: for each habit the majority of each file, then the majority over files; where
/// files are even, that of all occurrences; null where nothing tells it.
///
/// @param quotes of string literals in scripts, `single` or `double`
/// @param jsxQuotes of attributes in JSX
/// @param trailingCommas lists over several lines end with a comma
/// @param lineEndings `lf` or `crlf`
/// @param bom files begin with a byte order mark
/// @param finalNewline files end with a newline
public record Style(
    @Nullable String indentation,
    @Nullable String quotes,
    @Nullable String jsxQuotes,
    @Nullable Boolean semicolons,
    @Nullable Boolean trailingCommas,
    @Nullable String lineEndings,
    @Nullable Boolean bom,
    @Nullable Boolean finalNewline,
    @Nullable Boolean typescript) {

  private static final Pattern TYPES =
      Pattern.compile("\\binterface \\w|\\btype \\w{1,60} =|import type|\\bas \\w{1,60}[;)]");
  private static final int FARTHEST = 4_000;
  private static final double SHARE_OF_JSX = 0.02;

  /// How an app is written: the measure that `detect` prints, and that what Pryo writes is held to.
  public static Style of(Known known) {
    var imports = new Imports(known, Aliases.of(known));
    return of(Sample.of(known, imports.workspace()));
  }

  static Style of(Sample sample) {
    var habits = sample.all().toList();
    return new Style(
        indentation(sample),
        words(majority(habits, Habits::single, Habits::doubled), "single", "double"),
        words(attributes(sample, habits), "single", "double"),
        majority(habits, Habits::semicolons, Habits::bare),
        majority(habits, Habits::trailing, Habits::notTrailing),
        words(most(sample, file -> file.lineEnding().equals("\r\n")), "crlf", "lf"),
        most(sample, SourceText::bom),
        most(sample, file -> file.body().endsWith("\n")),
        typescript(sample));
  }

  private static @Nullable String words(@Nullable Boolean first, String yes, String no) {
    return first == null ? null : first ? yes : no;
  }

  private static @Nullable Boolean majority(
      List<Habits> files, ToIntFunction<Habits> one, ToIntFunction<Habits> other) {
    var balance =
        files.stream()
            .mapToInt(file -> Integer.signum(one.applyAsInt(file) - other.applyAsInt(file)))
            .sum();
    if (balance == 0) {
      balance = files.stream().mapToInt(one).sum() - files.stream().mapToInt(other).sum();
    }
    return balance == 0 ? null : balance > 0;
  }

  /// In Astro the template has them, though it is no JSX.
  private static @Nullable Boolean attributes(Sample sample, List<Habits> habits) {
    var users = habits.stream().filter(Habits::draws).count();
    var jsx = majority(habits, Habits::attributesSingle, Habits::attributesDouble);
    if (jsx != null && users >= SHARE_OF_JSX * habits.size()) {
      return jsx;
    }
    var astro =
        sample.files().stream()
            .filter(file -> file.path().endsWith(".astro"))
            .mapToInt(file -> Integer.signum(count(file, "=\"") - count(file, "='")))
            .sum();
    return astro == 0 ? null : astro < 0;
  }

  private static int count(SourceText file, String part) {
    return (file.body().length() - file.body().replace(part, "").length()) / part.length();
  }

  private static @Nullable Boolean most(Sample sample, Predicate<SourceText> holds) {
    var yes = sample.files().stream().filter(holds).count();
    var all = sample.files().size();
    return all == 0 || yes * 2 == all ? null : yes * 2 > all;
  }

  /// Where files are even, that of the scripts among them.
  private static @Nullable String indentation(Sample sample) {
    var all = sample.files().stream().flatMap(file -> step(sample, file).stream());
    return most(all)
        .or(() -> most(sample.all().flatMap(file -> file.indentation().stream())))
        .orElse(null);
  }

  private static Optional<String> step(Sample sample, SourceText file) {
    var own = sample.habits().get(file.path());
    return own == null ? Indentation.of(file.body(), List.of()) : own.indentation();
  }

  /// The step of most of these texts, whatever they are; empty where they are even.
  public static Optional<String> indentation(List<SourceText> texts) {
    return most(texts.stream().flatMap(text -> Indentation.of(text.body(), List.of()).stream()));
  }

  private static Optional<String> most(Stream<String> steps) {
    var counts = new HashMap<String, Integer>();
    steps.forEach(step -> counts.merge(step, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(best ->
            counts.entrySet().stream()
                .noneMatch(other -> other != best && other.getValue().equals(best.getValue())))
        .map(Map.Entry::getKey);
  }

  /// Of what the app itself is written in: configuration is often another language. Templates whose
  /// language is not named count where nothing else is there.
  private static @Nullable Boolean typescript(Sample sample) {
    var app =
        sample.files().stream()
            .filter(file -> Sample.isScripted(file.path()) && !isConfiguration(file.path()))
            .toList();
    var typed = app.stream().filter(file -> Scripts.isTyped(file.path(), file.body())).count();
    var untyped =
        app.stream()
            .filter(file -> !Scripts.isTyped(file.path(), file.body()))
            .filter(file -> !file.path().endsWith(".astro"))
            .filter(file -> !Sample.isParted(file.path()) || file.body().contains("<script"))
            .count();
    if (typed == 0 && untyped == 0) {
      var astro = app.stream().filter(file -> file.path().endsWith(".astro")).toList();
      return astro.isEmpty() ? Boolean.FALSE : astro.stream().anyMatch(Style::hasTypes);
    }
    return typed == untyped ? null : typed > untyped;
  }

  private static boolean hasTypes(SourceText astro) {
    return Scripts.of(astro.path(), astro.body()).stream()
        .anyMatch(part -> TYPES.matcher(part.code()).find());
  }

  private static boolean isConfiguration(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || name.matches(
            ".*\\.(?:config|conf|setup)\\.[cm]?[jt]s|(?:gulpfile|gruntfile|plopfile).*");
  }

  /// Whether a file begins with the directive, comments left out.
  static boolean isClient(SourceText file) {
    var at = file.body().indexOf("use client");
    if (at < 1 || at > FARTHEST) {
      return false;
    }
    var head = file.body().substring(0, at + "use client'".length() - 1);
    return Comments.blankScript(head).strip().substring(1).equals("use client");
  }
}
