package dev.pryo.agent.reading;

import java.util.Locale;
import java.util.regex.Pattern;

/// Where a brief plays: a route, and words that say more about the place on it.
///
/// @param route begins with `/`
/// @param hint words from the fragment, empty where there are none
/// @param said whether the route was given, or the brief names the page
record Place(String route, String hint, boolean said) {
  private static final Pattern SAID =
      Pattern.compile(
          "(?i)\\b(?:on|at|in|of) (?:the |our |each |every )?([\\w-]+(?: (?:up|in|us))?) (?:page|screen|form|view)\\b");
  private static final Pattern HOME =
      Pattern.compile("(?i)\\b(?:home|landing|front|start|main)(?: ?page)?\\b");

  /// @param route as given, empty where only the brief tells it; a fragment that begins with `/` is
  ///   the route of a hash router, another one names a place on the page
  static Place of(String route, String brief) {
    var hash = route.indexOf('#');
    if (hash >= 0) {
      var fragment = route.substring(hash + 1);
      return fragment.startsWith("/")
          ? new Place(clean(fragment), "", true)
          : new Place(clean(route.substring(0, hash)), fragment, true);
    }
    return route.isEmpty() ? said(brief) : new Place(clean(route), "", true);
  }

  private static Place said(String brief) {
    var page = SAID.matcher(brief);
    if (page.find() && !HOME.matcher(page.group(1)).matches()) {
      return new Place("/" + page.group(1).toLowerCase(Locale.ROOT).replace(" ", "-"), "", true);
    }
    return new Place("/", "", HOME.matcher(brief).find());
  }

  private static String clean(String route) {
    var path = route.replaceFirst("[?].*", "").replaceFirst("^https?://[^/]+", "");
    return path.startsWith("/") ? path : "/" + path;
  }
}
