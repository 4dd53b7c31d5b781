package dev.pryo.agent.edit;

import dev.pryo.agent.Paths;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the added files go: into the folder that the pages load their own scripts, or style
/// sheets, from; where they keep none of their own, into a folder `pryo` beside the app's pages.
record Homes(String script, String styleSheet) {
  static Homes of(Site site, List<Page> touched, String key) {
    var scripts = new HashMap<String, Integer>();
    var styles = new HashMap<String, Integer>();
    for (var page : touched) {
      page.scripts().forEach(address -> count(site, page, address, scripts));
      page.styleSheets().forEach(address -> count(site, page, address, styles));
    }
    var beside = touched.isEmpty() ? site.root() : top(touched, site);
    return new Homes(
        home(scripts)
            .map(folder -> folder + "pryo-" + key + ".js")
            .orElse(beside + "pryo/" + key + ".js"),
        home(styles)
            .map(folder -> folder + "pryo-" + key + ".css")
            .orElse(beside + "pryo/" + key + ".css"));
  }

  /// Whether a file was added for that experiment.
  static boolean isOf(String key, String path) {
    return ("/" + path).matches(".*/pryo[-/]" + Pattern.quote(key) + "\\.(js|css)");
  }

  private static void count(Site site, Page page, String address, Map<String, Integer> folders) {
    site.resolve(page.path(), address)
        .map(Site::folder)
        .filter(folder -> !folder.equals(Site.folder(page.path())) && !folder.equals(site.root()))
        .filter(folder -> Paths.refuseWrite(folder + "x.js").isEmpty())
        .ifPresent(folder -> folders.merge(folder, 1, Integer::sum));
  }

  /// The folder with most files, the first by name among equals.
  private static Optional<String> home(Map<String, Integer> folders) {
    return folders.keySet().stream()
        .sorted()
        .reduce((best, next) ->
            folders.getOrDefault(next, 0) > folders.getOrDefault(best, 0) ? next : best);
  }

  /// The folder highest up that holds a touched page.
  private static String top(List<Page> touched, Site site) {
    return touched.stream()
        .map(page -> Site.folder(page.path()))
        .min(Comparator.comparingInt(String::length))
        .orElse(site.root());
  }
}
