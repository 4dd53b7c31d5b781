package dev.pryo.agent.reading;

import java.util.Locale;
import java.util.Optional;
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

  /// A path that stands alone, also in brackets. What a link is to lead to is no page of the brief.
  private static final Pattern PATH =
      Pattern.compile(
          "(?<![^\\s(`])(?<!(?i:\\b(?:to|href|link|url)\\b)[ =:]{1,3})(?<![\\d€$£]\\s)"
              + "/[\\p{L}#\\[:_][^\\s\"'`“”‘’,;<>()]*");

  private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?])\\s+|\\n\\s*\\n");
  private static final Pattern ENDING = Pattern.compile("[.:!?]+$");
  private static final Pattern FILE = Pattern.compile(".*\\.\\w{1,8}$");
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

  /// The first sentence that tells a page counts: a path in it as a given route does, else the
  /// page's name.
  private static Place said(String brief) {
    return SENTENCES
        .splitAsStream(Wording.QUOTED.matcher(brief).replaceAll(" "))
        .flatMap(sentence -> addressed(sentence).or(() -> named(sentence)).stream())
        .findFirst()
        .orElseGet(() -> new Place("/", "", HOME.matcher(brief).find()));
  }

  private static Optional<Place> addressed(String sentence) {
    return PATH.matcher(sentence)
        .results()
        .map(hit -> ENDING.matcher(hit.group()).replaceFirst(""))
        .filter(path -> !FILE.matcher(path).matches())
        .findFirst()
        .map(path -> of(path, sentence));
  }

  private static Optional<Place> named(String sentence) {
    return SAID.matcher(sentence)
        .results()
        .map(hit -> hit.group(1))
        .findFirst()
        .map(page ->
            HOME.matcher(page).matches()
                ? new Place("/", "", true)
                : new Place("/" + page.toLowerCase(Locale.ROOT).replace(" ", "-"), "", true));
  }

  private static String clean(String route) {
    var path = route.replaceFirst("[?].*", "").replaceFirst("^https?://[^/]+", "");
    return path.startsWith("/") ? path : "/" + path;
  }
}
