package dev.pryo.agent.words;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes the words that say where out of a clause.
record Places(String rest, Where where) {
  private static final String FILE =
      "([\\w@./+\\[\\]-]*[\\w\\]-]\\.(?:html?|[mc]?[jt]sx?|css|vue|svelte|astro|json))";
  private static final Pattern LINE_OF =
      rule("\\s*\\b(?:on|at|in) line (\\d{1,6})(?: (?:of|in) " + FILE + ")?");
  private static final Pattern IN_FILE =
      rule(
          "\\s*\\b(?:only )?(?:in|on) "
              + FILE
              + "(?:,? (?:on|at)? ?line (\\d{1,6})|:(\\d{1,6}))?(?![\\w/])");
  private static final Pattern EVERYWHERE =
      rule(
          "\\s*\\b(?:(?:in|on|at) (?:all|every) (?:the )?(?:places?|pages?|files?)|everywhere)\\b");
  private static final Pattern PAGE =
      rule("\\s*\\bon (?:the |our |every )?((?:[\\w-]+ ){0,3}[\\w-]+) page\\b");

  static Places of(String clause) {
    var all = EVERYWHERE.matcher(clause);
    if (all.find()) {
      return new Places(without(clause, all), new Where(null, 0, null, true));
    }
    var line = LINE_OF.matcher(clause);
    if (line.find()) {
      var rest = without(clause, line);
      var file = line.group(2) == null ? of(rest) : new Places(rest, Where.UNSAID);
      var named = line.group(2) == null ? file.where().file() : line.group(2);
      return new Places(file.rest(), new Where(named, number(line.group(1)), null, false));
    }
    var file = IN_FILE.matcher(clause);
    if (file.find()) {
      var number = file.group(2) == null ? file.group(3) : file.group(2);
      return new Places(
          without(clause, file), new Where(file.group(1), number(number), null, false));
    }
    var page = PAGE.matcher(clause);
    if (page.find()) {
      return new Places(without(clause, page), new Where(null, 0, page.group(1), false));
    }
    return new Places(clause, Where.UNSAID);
  }

  private static String without(String clause, Matcher found) {
    return (clause.substring(0, found.start()) + clause.substring(found.end()))
        .replaceFirst("^[\\s,:]+", "")
        .replaceFirst("[\\s,:]+$", "");
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static Pattern rule(String pattern) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
  }
}
