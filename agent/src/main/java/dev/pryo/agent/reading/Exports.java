package dev.pryo.agent.reading;

import dev.pryo.agent.framework.Frameworks.Known;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How components and route files are exported; the two apart, since a framework often forces a
/// route file to `default`.
///
/// @param components `named`, `default`, `mixed`, or `sfc` where the file is the component
/// @param routes the same of route files, null where the app has none
public record Exports(@Nullable String components, @Nullable String routes) {
  static Exports of(Sample sample) {
    var known = sample.known();
    return new Exports(said(drawing(sample, known, false)), said(drawing(sample, known, true)));
  }

  private static List<Habits> drawing(Sample sample, Known known, boolean routes) {
    return sample
        .all()
        .filter(file -> file.draws() || Sample.isParted(file.path()))
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
