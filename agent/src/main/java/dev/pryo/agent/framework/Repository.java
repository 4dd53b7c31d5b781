package dev.pryo.agent.framework;

import dev.pryo.agent.Paths;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The files of a repository that may be read, as text. Whatever is in them, time and memory stay
/// bounded: what is too big, binary or secret is as if it were not there.
public final class Repository {
  /// No more paths than this are looked at; of a bigger repository a part is read.
  public static final int MOST_PATHS = 100_000;

  private static final int MOST_KEPT = 40 * 1024 * 1024;
  private static final int BIGGEST_LOCK = 16 * 1024 * 1024;
  private static final int DEEPEST = 40;
  private static final Set<String> BUILT =
      Set.of(
          "node_modules",
          ".next",
          ".nuxt",
          ".output",
          ".svelte-kit",
          ".astro",
          ".angular",
          ".turbo",
          ".cache",
          ".git",
          ".yarn",
          "coverage",
          "storybook-static",
          "__pycache__",
          "target");
  private static final Pattern GENERATED =
      Pattern.compile(
          ".*[.-]min\\.[a-z]+|.*\\.d\\.[cm]?ts|.*\\.(?:gen|generated)\\.[a-z]+|.*\\.bundle\\.js"
              + "|.*\\.map");

  private final SourceTree tree;
  private final SortedSet<String> paths;
  private final Set<String> known;
  private final boolean sampled;
  private final Map<String, Optional<SourceText>> texts = new HashMap<>();
  private long kept;

  public Repository(SourceTree tree) {
    this.tree = tree;
    var readable = new TreeSet<String>();
    var all = tree.paths();
    for (var path : all) {
      if (readable.size() < MOST_PATHS && isReadable(path)) {
        readable.add(path);
      }
    }
    this.paths = Collections.unmodifiableSortedSet(readable);
    this.known = Set.copyOf(readable);
    this.sampled = readable.size() >= MOST_PATHS;
  }

  private static boolean isReadable(String path) {
    var depth = 0;
    for (var part : path.split("/", -1)) {
      if (BUILT.contains(part) || ++depth > DEEPEST) {
        return false;
      }
    }
    return Paths.refuseRead(path).isEmpty();
  }

  /// All readable paths, in order.
  public SortedSet<String> paths() {
    return paths;
  }

  /// Whether there are more files than are looked at.
  public boolean isSampled() {
    return sampled;
  }

  public boolean has(String path) {
    return known.contains(path);
  }

  /// The text of a file; empty where there is none, or it is too big, or no text.
  public Optional<SourceText> text(String path) {
    var known = texts.get(path);
    if (known != null) {
      return known;
    }
    var text = read(path, Paths.MAX_FILE);
    var size = text.map(one -> one.body().length()).orElse(0);
    if (kept + size <= MOST_KEPT) {
      kept += size;
      texts.put(path, text);
    }
    return text;
  }

  public String body(String path) {
    return text(path).map(SourceText::body).orElse("");
  }

  /// The lines of a lock file, which may be bigger than what people write.
  List<String> lock(String path) {
    return read(path, BIGGEST_LOCK).map(text -> text.body().lines().toList()).orElse(List.of());
  }

  private Optional<SourceText> read(String path, int most) {
    return has(path)
        ? tree.read(path)
            .filter(bytes -> bytes.length <= most)
            .flatMap(bytes -> SourceText.decode(path, bytes))
        : Optional.empty();
  }

  /// The JSON of a file, comments and trailing commas allowed; empty where it is malformed.
  public Optional<JsonNode> json(String path) {
    return text(path).flatMap(text -> Jsonc.read(text.body()));
  }

  /// Whether nobody writes a file by hand here: it is generated, minified or somebody else's.
  public static boolean isForeign(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return Paths.isForeign(path) || GENERATED.matcher(name).matches();
  }

  /// The extension of a path, in lower case without the dot; empty where there is none.
  public static String extension(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /// The folder of a path with a `/` at its end, empty at the top.
  public static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /// The paths below a folder, given with a `/` at its end.
  public List<String> below(String folder) {
    return folder.isEmpty()
        ? new ArrayList<>(paths)
        : new ArrayList<>(paths.subSet(folder, folder + Character.MAX_VALUE));
  }
}
