package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a model is told of a repository instead of the repository: what it is, how its people
/// write, which files the experiment is likely to touch, what they export and show, and the tree.
///
/// @param framework in a few words
/// @param habits how the team writes, a sentence each
/// @param likely the short-list, the likeliest file first
/// @param tree all paths of the app that may be read
public record RepositoryMap(
    String framework, List<String> habits, List<Likely> likely, List<String> tree) {
  /// A file that the experiment is likely to touch.
  ///
  /// @param why the reasons, in words
  /// @param exports names
  /// @param texts what visitors read in it
  public record Likely(String path, String why, List<String> exports, List<String> texts) {}

  private static final int MOST_TEXTS = 8;
  private static final int MOST_EXPORTS = 10;
  private static final int LONGEST_TEXT = 80;

  public RepositoryMap {
    habits = List.copyOf(habits);
    likely = List.copyOf(likely);
    tree = List.copyOf(tree);
  }

  /// The map of a repository for one experiment.
  public static RepositoryMap of(SourceTree tree, Brief brief) {
    return new Surveyor(tree, brief).draw(brief);
  }

  /// A map of what can be told without reading anything.
  public static RepositoryMap ofPaths(SourceTree tree, String root) {
    var fence = new Fence(tree, Set.of());
    return new RepositoryMap(
        "unknown",
        List.of(),
        List.of(),
        tree.paths().stream()
            .filter(path -> path.startsWith(root))
            .filter(fence::isListed)
            .toList());
  }

  /// The map in words, cut to about so many tokens: first the tree loses depth, then the short-list
  /// its end.
  public String text(int tokens) {
    var most = tokens * 4;
    var head = new StringBuilder("Framework: " + framework + "\n");
    habits.forEach(habit -> head.append("- ").append(habit).append('\n'));
    var files = new ArrayList<String>();
    likely.forEach(file -> files.add(line(file)));
    while (!files.isEmpty() && head.length() + size(files) > most * 2 / 3) {
      files.removeLast();
    }
    if (!files.isEmpty()) {
      head.append("\nLikely files, the likeliest first:\n");
      files.forEach(head::append);
    }
    head.append("\nTree:\n").append(tree(Math.max(400, most - head.length())));
    return Shown.plain(head.toString());
  }

  private static int size(List<String> lines) {
    return lines.stream().mapToInt(String::length).sum();
  }

  private static String line(Likely file) {
    var line = new StringBuilder("- " + file.path());
    if (!file.why().isEmpty()) {
      line.append(" (").append(file.why()).append(')');
    }
    if (!file.exports().isEmpty()) {
      line.append("; exports ").append(String.join(", ", first(file.exports(), MOST_EXPORTS)));
    }
    if (!file.texts().isEmpty()) {
      line.append("; shows ");
      line.append(
          String.join(
              " | ", first(file.texts(), MOST_TEXTS).stream().map(RepositoryMap::cut).toList()));
    }
    return line.append('\n').toString();
  }

  private static List<String> first(List<String> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }

  /// All paths where they fit, else folders with their numbers of files, as deep as fits.
  private String tree(int most) {
    var whole = String.join("\n", tree);
    if (whole.length() <= most) {
      return whole;
    }
    for (var depth = 6; depth > 0; depth--) {
      var folded = folded(depth);
      if (folded.length() <= most) {
        return folded;
      }
    }
    return folded(1).substring(0, Math.min(most, folded(1).length()));
  }

  private String folded(int depth) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (var path : tree) {
      var parts = path.split("/");
      var shown =
          parts.length <= depth ? path : String.join("/", List.of(parts).subList(0, depth)) + "/";
      counts.merge(shown, 1, Integer::sum);
    }
    var lines = new ArrayList<String>();
    counts.forEach(
        (path, files) -> lines.add(path.endsWith("/") ? path + " (" + files + " files)" : path));
    return String.join("\n", lines);
  }
}
