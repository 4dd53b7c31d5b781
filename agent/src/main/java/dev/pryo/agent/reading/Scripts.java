package dev.pryo.agent.reading;

import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The parts of a file that are script: all of it, or what stands in the script parts of a
/// component file.
final class Scripts {
  private static final String OPENING = "<script";
  private static final String CLOSING = "</script";
  private static final Pattern FRONT =
      Pattern.compile("\\A\\s*---[ \\t]*\\r?\\n(.*?)^---", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern TYPED = Pattern.compile("\\blang\\s*=\\s*[\"']?(tsx?)\\b");

  private Scripts() {}

  /// @param offset where it begins in its file
  /// @param kinds what it may be, the likely one first
  record Part(String code, int offset, List<Swc4jMediaType> kinds) {}

  static List<Part> of(String path, String text) {
    return switch (Repository.extension(path)) {
      case "ts", "mts", "cts" -> List.of(new Part(text, 0, List.of(Swc4jMediaType.TypeScript)));
      case "tsx" -> List.of(new Part(text, 0, List.of(Swc4jMediaType.Tsx)));
      case "js", "jsx", "mjs", "cjs" ->
          List.of(new Part(text, 0, List.of(Swc4jMediaType.Jsx, Swc4jMediaType.Tsx)));
      case "vue", "svelte" -> tags(text);
      case "astro" -> astro(text);
      default -> List.of();
    };
  }

  private static List<Part> tags(String text) {
    var parts = new ArrayList<Part>();
    var markup = Comments.blankMarkup(text);
    var at = markup.indexOf(OPENING);
    while (at >= 0) {
      var from = markup.indexOf('>', at) + 1;
      var to = from == 0 ? -1 : markup.indexOf(CLOSING, from);
      if (to < 0) {
        break;
      }
      var typed = TYPED.matcher(markup.substring(at, from)).find();
      var kinds =
          typed
              ? List.of(Swc4jMediaType.TypeScript, Swc4jMediaType.Tsx)
              : List.of(Swc4jMediaType.Jsx, Swc4jMediaType.Tsx);
      parts.add(new Part(text.substring(from, to), from, kinds));
      at = markup.indexOf(OPENING, to);
    }
    return parts;
  }

  private static List<Part> astro(String text) {
    var front = FRONT.matcher(text);
    return front.find()
        ? List.of(
            new Part(
                front.group(1),
                front.start(1),
                List.of(Swc4jMediaType.TypeScript, Swc4jMediaType.Tsx)))
        : List.of();
  }

  /// Whether a file's script is TypeScript; false for what holds none.
  static boolean isTyped(String path, String text) {
    return switch (Repository.extension(path)) {
      case "ts", "tsx", "mts", "cts" -> true;
      case "vue", "svelte" -> TYPED.matcher(text).find() && text.contains("<script");
      default -> false;
    };
  }
}
