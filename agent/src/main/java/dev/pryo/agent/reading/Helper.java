package dev.pryo.agent.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Something for analytics or feature flags that an app has already.
///
/// @param kind `analytics` or `flags`
/// @param files where it is used, a few of them
public record Helper(String name, String kind, List<String> files) {
  private static final int MOST_FILES = 5;

  private record Mark(String name, String kind, Pattern pattern) {}

  private static final List<Mark> MARKS =
      List.of(
          mark("PostHog", "analytics", "posthog"),
          mark(
              "Google Analytics",
              "analytics",
              "\\bgtag\\s*\\(|google-?analytics|googletagmanager\\.com/gtag|react-ga\\b|vue-gtag"),
          mark(
              "Google Tag Manager",
              "analytics",
              "googletagmanager\\.com/gtm|dataLayer\\.push|react-gtm"),
          mark("Segment", "analytics", "@segment/|cdn\\.segment\\.com"),
          mark("Amplitude", "analytics", "@amplitude/|amplitude-js|cdn\\.amplitude"),
          mark("Mixpanel", "analytics", "mixpanel"),
          mark("Plausible", "analytics", "plausible"),
          mark("Vercel Analytics", "analytics", "@vercel/analytics"),
          mark("Fathom", "analytics", "fathom-client|usefathom"),
          mark("Umami", "analytics", "\\bumami\\b"),
          mark("Matomo", "analytics", "matomo|_paq\\.push"),
          mark("Hotjar", "analytics", "hotjar"),
          mark("GrowthBook", "flags", "growthbook"),
          mark("Statsig", "flags", "statsig"),
          mark("LaunchDarkly", "flags", "launchdarkly"),
          mark("Optimizely", "flags", "optimizely"),
          mark("VWO", "flags", "visualwebsiteoptimizer"),
          mark("Unleash", "flags", "@unleash/|unleash-proxy|unleash-client"),
          mark("Flagsmith", "flags", "flagsmith"),
          mark("ConfigCat", "flags", "configcat"),
          mark("Vercel Flags", "flags", "@vercel/flags|[\"']flags/next[\"']"),
          mark("Split", "flags", "@splitsoftware/"));

  public Helper {
    files = List.copyOf(files);
  }

  private static Mark mark(String name, String kind, String pattern) {
    return new Mark(name, kind, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
  }

  static List<Helper> in(Sample sample) {
    var found = new TreeMap<Integer, List<String>>();
    for (var file : sample.files()) {
      if (Sample.isTesting(file.path())) {
        continue;
      }
      for (var at = 0; at < MARKS.size(); at++) {
        if (MARKS.get(at).pattern.matcher(file.body()).find()) {
          found.computeIfAbsent(at, _ -> new ArrayList<>()).add(file.path());
        }
      }
    }
    return found.entrySet().stream()
        .map(one ->
            new Helper(
                MARKS.get(one.getKey()).name,
                MARKS.get(one.getKey()).kind,
                one.getValue().subList(0, Math.min(MOST_FILES, one.getValue().size()))))
        .toList();
  }
}
