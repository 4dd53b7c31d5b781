package dev.pryo.agent.framework;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Looks for words in an app's own scripts, comments left out.
final class Mentions {
  private static final Set<String> HOLDERS =
      Set.of("js", "jsx", "ts", "tsx", "mjs", "mts", "vue", "svelte");
  private static final Pattern TESTING =
      Pattern.compile(
          "(?:.*/)?(?:tests?|__tests__|e2e|cypress)/.*|.*\\.(?:test|spec|stories)\\..*");

  private Mentions() {}

  /// The first script in which a pattern is found.
  static Optional<String> in(App app, String hint, Pattern pattern) {
    return app.files().stream()
        .filter(path -> HOLDERS.contains(Repository.extension(path)))
        .filter(path -> !TESTING.matcher(path).matches() && !Repository.isForeign(path))
        .filter(path -> {
          var body = app.repository().body(path);
          return body.contains(hint) && pattern.matcher(Comments.blank(path, body)).find();
        })
        .findFirst();
  }

  static boolean anywhere(App app, String hint, String pattern) {
    return in(app, hint, Pattern.compile(pattern)).isPresent();
  }
}
