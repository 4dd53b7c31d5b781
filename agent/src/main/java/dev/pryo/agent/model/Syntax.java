package dev.pryo.agent.model;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Scripts;
import dev.pryo.llm.Content;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import tools.jackson.core.JacksonException;

/// Says whether a file parses. For a component file in parts its scripts are parsed, for a page its
/// markup and its own scripts.
final class Syntax {
  private static final String JSX = "script.jsx";
  private static final String TYPESCRIPT = "script.ts";
  private static final String TSX = "script.tsx";
  private static final int MOST_ERRORS = 1_000;
  private static final Pattern SCRIPT =
      Pattern.compile("(?is)<script\\b([^>]*)>(.*?)</script\\s*>");
  private static final Pattern FRONTMATTER = Pattern.compile("(?s)\\A\\s*---\\R(.*?)\\R---");

  private Syntax() {}

  /// What is wrong with a text, empty where it parses.
  static Optional<String> error(String path, String text) {
    var extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "js", "mjs", "cjs", "jsx" -> script(text, JSX);
      case "ts", "mts", "cts" -> script(text, TYPESCRIPT);
      case "tsx" -> script(text, TSX);
      case "json" -> json(text);
      case "css", "scss", "sass", "less" -> braces(text);
      case "astro" -> frontmatter(text).or(() -> scripts(text, true));
      case "vue", "svelte" -> scripts(text, false);
      case "html", "htm" -> scripts(text, false);
      default -> Optional.empty();
    };
  }

  /// Whether a change broke a file. Pages are often not quite right; they may not get worse.
  static Optional<String> broken(String path, String base, String text) {
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
        .flatMap(part -> script(part.group(1), TYPESCRIPT));
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
          return script(part.group(2), plain ? JSX : TYPESCRIPT).stream();
        })
        .findFirst();
  }

  /// @param as the name of a file of that language
  private static Optional<String> script(String text, String as) {
    return Scripts.fault(new SourceText(as, false, text), new SourceText(as, false, ""));
  }
}
