package dev.pryo.agent.model;

import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import dev.pryo.agent.reading.SyntaxTrees;
import dev.pryo.llm.Content;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import tools.jackson.core.JacksonException;

/// Says whether a file parses. For a component file in parts its scripts are parsed, for a page its
/// markup and its own scripts.
public final class Syntax {
  private static final int MOST_ERRORS = 1_000;
  private static final Pattern SCRIPT =
      Pattern.compile("(?is)<script\\b([^>]*)>(.*?)</script\\s*>");
  private static final Pattern FRONTMATTER = Pattern.compile("(?s)\\A\\s*---\\R(.*?)\\R---");

  private Syntax() {}

  /// What is wrong with a text, empty where it parses.
  static Optional<String> error(String path, String text) {
    var extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "js", "mjs", "cjs", "jsx" -> script(text, Swc4jMediaType.Jsx);
      case "ts", "mts", "cts" -> script(text, Swc4jMediaType.TypeScript);
      case "tsx" -> script(text, Swc4jMediaType.Tsx);
      case "json" -> json(text);
      case "css", "scss", "sass", "less" -> braces(text);
      case "astro" -> frontmatter(text).or(() -> scripts(text, true));
      case "vue", "svelte" -> scripts(text, false);
      case "html", "htm" -> scripts(text, false);
      default -> Optional.empty();
    };
  }

  /// Whether a change broke a file. Pages are often not quite right; they may not get worse.
  public static Optional<String> broken(String path, String base, String text) {
    if (path.matches("(?i).*\\.html?") && markupErrors(text) > markupErrors(base)) {
      return Optional.of("its markup has errors that were not there");
    }
    return error(path, text).filter(_ -> base.isEmpty() || error(path, base).isEmpty());
  }

  private static int markupErrors(String text) {
    var parser = Parser.htmlParser().setTrackErrors(MOST_ERRORS);
    parser.parseInput(text, "");
    return parser.getErrors().size();
  }

  private static Optional<String> json(String text) {
    try {
      Content.JSON.readTree(text);
      return Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.of(malformed.getOriginalMessage());
    }
  }

  private static Optional<String> braces(String text) {
    var bare =
        text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(['\"])(?:\\\\.|(?!\\1).)*\\1", "");
    var open = bare.chars().filter(c -> c == '{').count();
    var close = bare.chars().filter(c -> c == '}').count();
    return open == close
        ? Optional.empty()
        : Optional.of(open + " braces are opened and " + close + " closed");
  }

  private static Optional<String> frontmatter(String text) {
    return FRONTMATTER
        .matcher(text)
        .results()
        .findFirst()
        .flatMap(part -> script(part.group(1), Swc4jMediaType.TypeScript));
  }

  private static Optional<String> scripts(String text, boolean typed) {
    return SCRIPT
        .matcher(text)
        .results()
        .filter(part ->
            !part.group(1)
                .matches("(?is).*\\btype\\s*=\\s*[\"'][^\"']*(?:json|template|html)[^\"']*[\"'].*"))
        .flatMap(part -> {
          var plain = !typed && !part.group(1).matches("(?is).*\\blang\\s*=\\s*[\"']tsx?[\"'].*");
          return script(part.group(2), plain ? Swc4jMediaType.Jsx : Swc4jMediaType.TypeScript)
              .stream();
        })
        .findFirst();
  }

  private static Optional<String> script(String text, Swc4jMediaType media) {
    return SyntaxTrees.error(text, media);
  }
}
