package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The types of the client file. In a template what is between `‹` and `›` is for TypeScript alone,
/// between `«` and `»` for JavaScript alone; the end of a line in a type is written `¦`, a
/// semicolon for teams that write them.
final class ClientTypes {
  private static final Pattern TYPESCRIPT = Pattern.compile("‹([^›]*)›");
  private static final Pattern JAVASCRIPT = Pattern.compile("«([^»]*)»");

  /// What the browser client says of its options where it has no types.
  private static final Pattern TYPEDEF = Pattern.compile("(?s) \\*\n \\* @typedef .*? \\*/\n");

  private ClientTypes() {}

  /// The browser client with the marked types of `types.txt`: first the interfaces, then, in their
  /// order, the lines that differ. Every line without its types is a line of the client, or is
  /// nothing: then it comes after the line before it.
  static String in(String core, String types) {
    var parts = types.split("----\n", 2);
    var typedef = TYPEDEF.matcher(core);
    if (!typedef.find()) {
      throw new IllegalStateException("The client no longer says what its options are");
    }
    var introduced = typedef.replaceFirst(Matcher.quoteReplacement(" */\n" + parts[0]));
    var lines = new ArrayList<>(introduced.lines().toList());
    var next = 0;
    for (var line : parts[1].lines().toList()) {
      var plain = write(line, false, true);
      if (plain.isEmpty()) {
        lines.add(next++, line);
        continue;
      }
      var rest = lines.subList(next, lines.size()).indexOf(plain);
      if (rest < 0) {
        throw new IllegalStateException("types.txt has a line that the client has not: " + plain);
      }
      next += rest;
      lines.set(next++, line);
    }
    return String.join("\n", lines) + "\n";
  }

  /// The template in one of both languages, without marks.
  static String write(String template, boolean typescript, boolean semicolons) {
    var typed = TYPESCRIPT.matcher(template).replaceAll(typescript ? "$1" : "");
    var text = JAVASCRIPT.matcher(typed).replaceAll(typescript ? "" : "$1");
    return text.replace("¦", semicolons ? ";" : "");
  }
}
