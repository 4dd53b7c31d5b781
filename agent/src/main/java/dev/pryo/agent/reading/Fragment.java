package dev.pryo.agent.reading;

import dev.pryo.agent.framework.Comments;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What already uses the part of an address behind `#`, which also previews a segment.
final class Fragment {
  private static final int MOST_SHOWN = 3;
  private static final Pattern ANCHOR =
      Pattern.compile(
          "(?:href|to|url|link)[\"']?\\s{0,40}[:=]\\s{0,40}\\{?[\"'`]/?(#[A-Za-z][\\w-]*)[\"'`]");
  private static final Pattern READ =
      Pattern.compile(
          "location\\.hash|hashchange|\\broute\\.hash\\b|useHash\\b|\\bhash\\s{0,40}}\\s{0,40}=\\s{0,40}useLocation|SmoothScroll\\s{0,40}\\(|a\\[href\\*=[\"'\\\\]*#");

  private Fragment() {}

  static @Nullable String use(Sample sample) {
    var router = sample.known().found().router();
    if (sample.files().isEmpty()) {
      return null;
    }
    var said = new ArrayList<String>();
    if (router != null && router.contains("hash")) {
      said.add("hash router: the fragment is the route");
    }
    var anchors = new LinkedHashSet<String>();
    var readers = new LinkedHashSet<String>();
    for (var file : sample.files()) {
      if (Sample.isTesting(file.path())
          || (file.body().indexOf('#') < 0 && !file.body().contains("ash"))) {
        continue;
      }
      var code = Comments.blank(file.path(), file.body());
      ANCHOR.matcher(code).results().forEach(hit -> anchors.add(hit.group(1)));
      if (READ.matcher(code).find()) {
        readers.add(file.path());
      }
    }
    if (!anchors.isEmpty()) {
      said.add("in-page anchors (" + some(anchors) + ")");
    }
    if (!readers.isEmpty()) {
      said.add("read by " + some(readers));
    }
    return said.isEmpty() ? "none" : String.join("; ", said);
  }

  private static String some(Set<String> all) {
    var shown = List.copyOf(all).subList(0, Math.min(MOST_SHOWN, all.size()));
    return String.join(", ", shown) + (all.size() > MOST_SHOWN ? " …" : "");
  }
}
