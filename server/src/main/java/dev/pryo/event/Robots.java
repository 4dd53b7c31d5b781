package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells crawlers and headless browsers by their user agent: docs/decisions/0007-who-is-a-bot.md.
///
/// HTTP libraries are servers that send events for their visitors, and no user agent at all is
/// somebody who values privacy; neither is a bot.
final class Robots {
  private static final Pattern NAMES =
      Pattern.compile(
          // names that end in bot, but for the phones called Cubot
          "(?<!cu)bot(?![a-z])"
              + "|crawler|spider|slurp|archiver|scrap(?:er|y)"
              // browsers that nobody looks at
              + "|headless|phantomjs|slimerjs|puppeteer|playwright|selenium|webdriver|cypress"
              // what looks at pages for people, without a person
              + "|lighthouse|pagespeed|gtmetrix|pingdom|uptime|statuscake|site24x7"
              + "|google-(?:inspectiontool|extended|read-aloud)|googleother|mediapartners|apis-google|feedfetcher"
              + "|facebookexternalhit|facebookcatalog|meta-external|whatsapp/|skypeuripreview|embedly|pinterest/0"
              + "|bingpreview|yandex(?:images|metrika|accessibility)|duckassist|perplexity-user"
              + "|chatgpt-user|claude-user|claude-web|anthropic-ai|cohere-ai|bytespider|ia_archiver|validator",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST = 400;
  private static final Cache<String, Boolean> SEEN =
      Caffeine.newBuilder().maximumSize(2_000).build(); // visitors' browsers are few

  private Robots() {}

  static boolean is(@Nullable String userAgent) {
    if (userAgent == null || userAgent.length() > LONGEST) {
      return userAgent != null && named(userAgent);
    }
    return Boolean.TRUE.equals(SEEN.get(userAgent, Robots::named));
  }

  private static boolean named(String userAgent) {
    return NAMES.matcher(userAgent).find();
  }
}
