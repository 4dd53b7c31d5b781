package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Comments;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a team writes: for each habit the majority of each file, then the majority over files; where
/// files are even, that of all occurrences; null where nothing tells it.
///
/// @param quotes of string literals in scripts, `single` or `double`
/// @param jsxQuotes of attributes in JSX
/// @param lineEndings `lf` or `crlf`
/// @param bom files begin with a byte order mark
/// @param finalNewline files end with a newline
record Style(
    @Nullable String indentation,
    @Nullable String quotes,
    @Nullable String jsxQuotes,
    @Nullable Boolean semicolons,
    @Nullable String lineEndings,
    @Nullable Boolean bom,
    @Nullable Boolean finalNewline,
    @Nullable Boolean typescript) {

  private static final Pattern TYPES =
      Pattern.compile("\\binterface \\w|\\btype \\w{1,60} =|import type|\\bas \\w{1,60}[;)]");
  private static final int FARTHEST = 4_000;
  private static final double SHARE_OF_JSX = 0.02;

  static Style of(Sample sample) {
    var habits = sample.all().toList();
    return new Style(
        indentation(sample),
        words(majority(habits, Habits::single, Habits::doubled), "single", "double"),
        words(attributes(sample, habits), "single", "double"),
        majority(habits, Habits::semicolons, Habits::bare),
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

  private static @Nullable String indentation(Sample sample) {
    var counts = new HashMap<String, Integer>();
    sample.files().stream()
        .flatMap(file -> step(sample, file).stream())
        .forEach(step -> counts.merge(step, 1, Integer::sum));
    var best = counts.entrySet().stream().max(Map.Entry.comparingByValue());
    return best.filter(one ->
            counts.entrySet().stream()
                .noneMatch(other -> other != one && other.getValue().equals(one.getValue())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static Optional<String> step(Sample sample, SourceText file) {
    var own = sample.habits().get(file.path());
    return own == null ? Indentation.of(file.body(), List.of()) : own.indentation();
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
