package dev.pryo.agent.framework;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The page that a browser loads first in an app whose pages a script draws, and the scripts it
/// loads.
final class Pages {
  private static final Pattern LOADED =
      Pattern.compile(
          "<script\\b[^>]{0,400}?\\bsrc\\s{0,40}=\\s{0,40}[\"']?([^\"'\\s>]+)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LIBRARY =
      Pattern.compile(
          "(?i)(?:.*/)?(?:jquery|bootstrap|modernizr|popper|swiper|slick|aos|gsap)[^/]*\\.js");

  private Pages() {}

  /// The first page, the scripts it loads from the app, and these scripts where they are there.
  static List<String> entries(App app, String... scripts) {
    var entries = new LinkedHashSet<String>();
    var page = app.first("index.html", "public/index.html", "src/index.html");
    page.ifPresent(path -> {
      entries.add(path);
      loaded(app, path).forEach(entries::add);
    });
    Stream.of(scripts).flatMap(name -> app.script(name).stream()).forEach(entries::add);
    return List.copyOf(entries);
  }

  /// The scripts of the app that a page loads.
  static Set<String> loaded(App app, String page) {
    var found = new LinkedHashSet<String>();
    var folder = app.relative(Repository.folder(page));
    LOADED
        .matcher(Comments.blankMarkup(app.repository().body(page)))
        .results()
        .map(hit -> hit.group(1).replaceFirst("[?#].*", ""))
        .filter(source -> !source.contains("//"))
        .flatMap(source -> {
          var bare = source.replaceFirst("^(?:\\./|/)", "");
          return app.first(source.startsWith("/") ? bare : folder + bare, bare).stream();
        })
        .filter(path -> !Repository.isForeign(path) && !LIBRARY.matcher(path).matches())
        .forEach(found::add);
    return found;
  }

  /// Whether a page loads a script of the app as a module, as bundlers want it.
  static boolean loadsModule(App app) {
    return app.first("index.html", "src/index.html")
        .filter(page -> app.repository().body(page).contains("type=\"module\""))
        .map(page -> !loaded(app, page).isEmpty())
        .orElse(false);
  }
}
