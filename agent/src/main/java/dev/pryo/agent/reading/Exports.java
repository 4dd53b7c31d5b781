package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How components and route files are exported; the two apart, since a framework often forces a
/// route file to `default`.
///
/// @param components `named`, `default`, `mixed`, or `sfc` where the file is the component, with
///   how most are written: `sfc (script setup)`, `sfc (options API)`, `sfc (runes)`, `sfc (.astro)`
/// @param routes the same of route files, null where the app has none
public record Exports(@Nullable String components, @Nullable String routes) {
  private static final Pattern SETUP = Pattern.compile("<script\\b[^>]{0,200}\\bsetup\\b");
  private static final Pattern RUNE =
      Pattern.compile("\\$(?:props|state|derived|effect|bindable)\\b");
  private static final Pattern LEGACY = Pattern.compile("\\bexport let\\b");

  static Exports of(Sample sample) {
    var known = sample.known();
    var components = drawing(sample, known, false);
    var said = said(components);
    return new Exports(
        "sfc".equals(said) ? said + kind(sample, components) : said,
        said(drawing(sample, known, true)));
  }

  /// How most component files are written, in parentheses; empty where nothing tells it.
  private static String kind(Sample sample, List<Habits> components) {
    var paths = components.stream().map(Habits::path).collect(Collectors.toSet());
    var counts = new TreeMap<String, Integer>();
    sample.files().stream()
        .filter(file -> paths.contains(file.path()))
        .flatMap(file -> kind(file).stream())
        .forEach(kind -> counts.merge(kind, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most -> " (" + most.getKey() + ")")
        .orElse("");
  }

  private static Optional<String> kind(SourceText file) {
    var body = file.body();
    return switch (Repository.extension(file.path())) {
      case "astro" -> Optional.of(".astro");
      case "vue" ->
          SETUP.matcher(body).find()
              ? Optional.of("script setup")
              : body.contains("export default") ? Optional.of("options API") : Optional.empty();
      case "svelte" ->
          RUNE.matcher(body).find()
              ? Optional.of("runes")
              : LEGACY.matcher(body).find() ? Optional.of("export let") : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static List<Habits> drawing(Sample sample, Known known, boolean routes) {
    var decorated =
        known.found().framework().equals("angular")
            ? sample.files().stream()
                .filter(file -> file.body().contains("@Component("))
                .map(SourceText::path)
                .collect(Collectors.toSet())
            : Set.<String>of();
    return sample
        .all()
        .filter(
            file -> file.draws() || Sample.isParted(file.path()) || decorated.contains(file.path()))
        .filter(file -> known.kind().isRoute(known.app(), file.path()) == routes)
        .toList();
  }

  private static @Nullable String said(List<Habits> files) {
    var parted = files.stream().filter(file -> Sample.isParted(file.path())).count();
    if (parted * 2 > files.size()) {
      return "sfc";
    }
    var byDefault = files.stream().filter(file -> file.byDefault() && !file.named()).count();
    var named = files.stream().filter(file -> file.named() && !file.byDefault()).count();
    var all = byDefault + named;
    if (all == 0) {
      return null;
    }
    return named * 4 >= all * 3 ? "named" : byDefault * 4 >= all * 3 ? "default" : "mixed";
  }
}
