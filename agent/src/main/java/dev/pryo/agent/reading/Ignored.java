package dev.pryo.agent.reading;

import dev.pryo.agent.framework.App;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a team keeps its formatter and linter away from, and so is not in its own style: what was
/// copied or generated.
final class Ignored {
  private static final int LONGEST = 200;
  private static final int MOST_STARS = 5;
  private static final int MOST_LINES = 200;

  private Ignored() {}

  /// Whether the paths of an app are ignored, by the files in its folder and at the top.
  static Predicate<String> in(App app) {
    var patterns =
        Stream.of("", app.root())
            .distinct()
            .flatMap(folder ->
                Stream.of(".prettierignore", ".eslintignore", ".stylelintignore")
                    .flatMap(name -> patterns(app, folder, name)))
            .toList();
    return path -> patterns.stream().anyMatch(pattern -> pattern.matcher(path).lookingAt());
  }

  private static Stream<Pattern> patterns(App app, String folder, String name) {
    List<String> lines =
        app.repository().body(folder + name).lines().map(String::strip).limit(MOST_LINES).toList();
    return lines.stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
        .filter(line ->
            line.length() < LONGEST && line.chars().filter(c -> c == '*').count() <= MOST_STARS)
        .map(line -> pattern(folder, line));
  }

  /// As in `.gitignore`: without a `/` before its end it may lie anywhere below.
  private static Pattern pattern(String folder, String line) {
    var anchored = line.replaceFirst("/$", "").contains("/");
    var path = line.replaceFirst("^\\.?/", "").replaceFirst("/\\*{0,2}$", "");
    var regex = new StringBuilder(Pattern.quote(folder)).append(anchored ? "" : "(?:.*/)?");
    for (var at = 0; at < path.length(); at++) {
      var c = path.charAt(at);
      if (path.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 2;
      } else if (c == '*') {
        regex.append("[^/]*");
        at += path.startsWith("**", at) ? 1 : 0;
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.append("(?:/|$)").toString());
  }
}
