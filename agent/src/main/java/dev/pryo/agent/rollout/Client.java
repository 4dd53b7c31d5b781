package dev.pryo.agent.rollout;

import dev.pryo.agent.SourceTree;
import dev.pryo.agent.rollout.Footprint.Left;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The files of the client, which go with the last experiment that uses them, whichever brought
/// them.
///
/// @param live what other experiments left
record Client(SourceTree tree, List<Footprint> live) {
  private static final Pattern SOURCE =
      Pattern.compile("(?i).*\\.(?:[cm]?[jt]sx?|vue|svelte|astro|html?)");
  private static final Pattern USE =
      Pattern.compile("data-pryo|[\"'][^\"'\\n]*\\bpryo(?:\\.[jt]s)?[\"']");

  /// Whether an experiment needs them, or anything of the app does.
  ///
  /// @param after a file as it is left
  boolean stays(List<Left> files, Function<String, Optional<String>> after) {
    return live.stream().anyMatch(Client::isNeeded) || isUsed(files, after);
  }

  private static boolean isNeeded(Footprint other) {
    return other.files().stream()
        .anyMatch(left ->
            left.shared()
                || (left.written() != null && USE.matcher(RollOut.text(left.written())).find()));
  }

  private boolean isUsed(List<Left> files, Function<String, Optional<String>> after) {
    var own = files.stream().map(Left::path).toList();
    return tree.paths().stream()
        .filter(path -> SOURCE.matcher(path).matches() && !own.contains(path))
        .flatMap(path -> after.apply(path).stream())
        .anyMatch(text -> USE.matcher(text).find());
  }
}
