package dev.pryo.agent.reading;

import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Frameworks.Known;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How far files are from where a visitor's request for a route begins. The page itself is at 0,
/// the layouts around it at 1, what they lead to behind them.
final class Reach {
  private static final int MOST_FILES = 3_000;
  private static final int FARTHEST = 14;
  private static final int WINDOW = 260;

  private static final Pattern NEXT = Pattern.compile("\\bpath[\"']?\\s{0,40}[:=]");
  private static final Pattern INDEX = Pattern.compile("/index\\.\\w+$");
  private static final Pattern ENDINGS = Pattern.compile("(?:\\.component)?\\.\\w+$");

  private final Known known;
  private final Links links;
  private final Map<String, Integer> distances = new HashMap<>();

  private Reach(Known known, Links links) {
    this.known = known;
    this.links = links;
  }

  static Map<String, Integer> from(Known known, Links links, String route) {
    var reach = new Reach(known, links);
    reach.walk(route);
    return reach.distances;
  }

  /// Where several pages answer to a route, told only by what stands before it, all are the page.
  private void walk(String route) {
    var at = known.kind().at(known.app(), known.found(), route);
    if (at.isEmpty()) {
      var entries = new LinkedHashSet<>(known.found().entries());
      walk(inTables(entries, route), entries);
      return;
    }
    var name = name(at.getFirst());
    var pages = new LinkedHashSet<>(at.stream().filter(file -> name(file).equals(name)).toList());
    walk(pages, new LinkedHashSet<>(at));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Breadth first: the pages begin at 0, what is around them joins at 1.
  private void walk(Set<String> pages, Set<String> around) {
    var waiting = new ArrayDeque<String>();
    pages.forEach(page -> start(page, 0, waiting));
    around.forEach(layout -> start(layout, pages.isEmpty() ? 0 : 1, waiting));
    while (!waiting.isEmpty() && distances.size() < MOST_FILES) {
      var path = waiting.poll();
      var next = 1 + distances.getOrDefault(path, FARTHEST);
      if (next > FARTHEST) {
        continue;
      }
      for (var file : links.from(path)) {
        if (distances.putIfAbsent(file, next) == null) {
          waiting.add(file);
        }
      }
    }
  }

  private void start(String file, int distance, ArrayDeque<String> waiting) {
    if (distances.putIfAbsent(file, distance) == null) {
      waiting.add(file);
    }
  }

  /// What a table of routes assigns to a route: what stands behind its path, imported at once or
  /// when it is needed.
  private Set<String> inTables(Set<String> entries, String route) {
    var wanted = route.replaceFirst("^/", "").replaceFirst("/$", "");
    var found = new LinkedHashSet<String>();
    if (wanted.isEmpty()) {
      return found;
    }
    var last = wanted.substring(wanted.lastIndexOf('/') + 1);
    var path =
        Pattern.compile(
            "path[\"']?\\s{0,40}[:=]\\s{0,40}\\{?\\s{0,40}[\"'`]/?(?:"
                + Pattern.quote(wanted)
                + "|"
                + Pattern.quote(last)
                + ")/?[\"'`]");
    for (var file : near(entries)) {
      var code = Comments.blank(file, known.app().repository().body(file));
      path.matcher(code)
          .results()
          .map(hit -> behind(code, hit.end()))
          .forEach(behind -> named(file, behind).ifPresent(found::add));
    }
    return found;
  }

  /// What a table says up to its next path.
  private static String behind(String code, int from) {
    var window = code.substring(from, Math.min(code.length(), from + WINDOW));
    var next = NEXT.matcher(window);
    return next.find() ? window.substring(0, next.start()) : window;
  }

  /// The first file that a part of a table leads to.
  private Optional<String> named(String file, String behind) {
    var said = plain(behind);
    return links.from(file).stream()
        .filter(path -> said.contains(component(path)))
        .min(Comparator.comparingInt(path -> said.indexOf(component(path))));
  }

  /// A component's name as its path has it, without what differs between spellings.
  private static String component(String path) {
    var bare = INDEX.matcher(path).replaceFirst("");
    return plain(ENDINGS.matcher(name(bare)).replaceFirst(""));
  }

  private static String plain(String text) {
    return text.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  private List<String> near(Set<String> entries) {
    var near = new LinkedHashSet<>(entries);
    for (var round = 0; round < 2; round++) {
      List.copyOf(near).forEach(file -> near.addAll(links.from(file)));
    }
    return new ArrayList<>(near);
  }
}
