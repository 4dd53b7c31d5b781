package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.RepositoryMap.Likely;
import dev.pryo.agent.reading.Detected;
import dev.pryo.agent.reading.Ranked;
import dev.pryo.agent.reading.Shortlist;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Draws the map of a repository for one experiment.
final class Surveyor {
  private static final Pattern EXPORT =
      Pattern.compile(
          "(?m)^export\\s+(?:default\\s+)?(?:async\\s+)?(?:function\\*?|class|const|let|type|interface)"
              + "\\s+([\\w$]+)");
  private static final Pattern BETWEEN_TAGS =
      Pattern.compile(">\\s*([^<>{}\\n]*\\p{L}[^<>{}\\n]*?)\\s*<");
  private static final Pattern ALONE =
      Pattern.compile("(?m)^\\s*(\\p{Lu}[^<>{}=;()\\n]*\\p{L}[.!?]?)\\s*$");
  private static final Pattern SENTENCE =
      Pattern.compile("([\"'`])(\\p{Lu}(?:(?!\\1)[^<>{}\\n])*\\p{L}(?:(?!\\1)[^<>{}\\n])*)\\1");

  /// What stands between two tags of JSX and is no text.
  private static final Pattern CODE =
      Pattern.compile("(?:return|const|let|if|else|export|import)\\b.*|.*[({;]|[a-z]+[A-Z]\\w*");

  private static final Pattern MARKED_UP =
      Pattern.compile(".*\\.(?:[jt]sx|vue|svelte|astro|html?)");

  private final SourceTree tree;
  private final Fence fence;
  private final String root;

  Surveyor(SourceTree tree, Brief brief) {
    this.tree = tree;
    this.fence = new Fence(tree, Set.of());
    this.root = brief.folder();
  }

  RepositoryMap draw(Brief brief) {
    var detected = brief.appRoot() == null ? Detected.of(tree, "") : Detected.ofChosen(tree, root);
    var words =
        Stream.concat(
                Stream.of(brief.name(), brief.description()),
                brief.segments().stream().map(one -> one.description() + "\n" + one.instructions()))
            .collect(Collectors.joining("\n"));
    var likely =
        Shortlist.of(tree, root, words, null).stream()
            .filter(file -> fence.refuseRead(file.whole(root)).isEmpty())
            .map(this::likely)
            .toList();
    return new RepositoryMap(
        framework(detected),
        habits(detected),
        likely,
        tree.paths().stream()
            .filter(path -> path.startsWith(root))
            .filter(fence::isListed)
            .toList());
  }

  private Likely likely(Ranked file) {
    var path = file.whole(root);
    var text =
        tree.read(path)
            .flatMap(bytes -> SourceText.decode(path, bytes))
            .map(SourceText::body)
            .orElse("");
    return new Likely(
        path,
        String.join("; ", file.reasons().subList(0, Math.min(3, file.reasons().size()))),
        hits(EXPORT, text).toList(),
        shown(path, text));
  }

  private static List<String> shown(String path, String text) {
    var forms =
        MARKED_UP.matcher(path).matches() || text.contains("</")
            ? Stream.of(BETWEEN_TAGS, ALONE, SENTENCE)
            : Stream.of(SENTENCE);
    return forms
        .flatMap(form -> hits(form, text))
        .filter(hit -> !CODE.matcher(hit).matches())
        .distinct()
        .limit(20)
        .toList();
  }

  private static Stream<String> hits(Pattern form, String text) {
    return form.matcher(text).results().map(hit -> hit.group(hit.groupCount()).strip());
  }

  private static String framework(Detected detected) {
    var known =
        Stream.of(detected.framework(), detected.frameworkVersion(), detected.router())
            .flatMap(Stream::ofNullable)
            .collect(Collectors.joining(", "));
    return known.isEmpty() ? "unknown" : known;
  }

  private static List<String> habits(Detected detected) {
    var habits = new ArrayList<String>();
    add(habits, "indentation: ", detected.indentation());
    add(habits, "quotes: ", detected.quotes());
    add(habits, "quotes of attributes: ", detected.jsxQuotes());
    add(habits, "semicolons: ", yes(detected.semicolons()));
    add(habits, "TypeScript: ", yes(detected.typescript()));
    add(habits, "styling: ", joined(detected.cssApproach()));
    add(habits, "visible text lives in: ", joined(detected.copyLivesIn()));
    add(habits, "entry files: ", joined(detected.entryFiles()));
    var exports = detected.exportStyle();
    if (exports != null) {
      add(habits, "exports of components: ", exports.components());
    }
    return habits;
  }

  private static @Nullable String yes(@Nullable Boolean holds) {
    return holds == null ? null : holds ? "yes" : "no";
  }

  private static @Nullable String joined(List<String> all) {
    return all.isEmpty() ? null : String.join(", ", all);
  }

  private static void add(List<String> habits, String what, @Nullable String value) {
    if (value != null) {
      habits.add(what + value);
    }
  }
}
