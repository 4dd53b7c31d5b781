package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.App;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of an app that people wrote and that show how they write: scripts, component files,
/// pages and templates. Of a big app every n-th file is taken.
///
/// @param files what is looked at
/// @param habits how those of them are written that hold script, by path
/// @param partial whether files were left out for their number
record Sample(Known known, List<SourceText> files, Map<String, Habits> habits, boolean partial) {
  /// No more files than this are parsed.
  static final int MOST = 600;

  private static final int FEW = 10;
  private static final int LONGEST_LINE = 400;
  private static final Set<String> PARTED = Set.of("vue", "svelte", "astro");
  private static final Set<String> TEMPLATES = Set.of("html", "htm", "erb");
  private static final Pattern TESTING =
      Pattern.compile(
          "(?i)(?:.*/)?(?:tests?|__tests__|specs?|e2e|cypress|__mocks__|mocks?|\\.storybook)/.*"
              + "|.*[.-](?:test|spec|stories|story|cy)\\.[a-z]+|.*_(?:test|spec)\\.rb");
  private static final Pattern FIXTURE =
      Pattern.compile("(?i)(?:.*/)?(?:__)?(?:fixtures?|snapshots?)(?:__)?/.*");

  /// What earlier experiments added: it says nothing about the team.
  private static final Pattern BY_PRYO =
      Pattern.compile("(?:.*/)?pryo(?:-[\\w-]+)?(?:/[\\w-]+)?\\.(?:m?js|ts)");

  private static final Pattern SAYS_GENERATED =
      Pattern.compile("@generated|(?i)auto-?generated|do not (?:edit|modify)");

  static Sample of(Known known, List<String> workspace) {
    var app = known.app();
    var ignored = Ignored.in(app);
    var written = app.files().stream().filter(path -> isWritten(known, path)).toList();
    var formatted = written.stream().filter(ignored.negate()).toList();
    var own = formatted.size() < Math.min(FEW, written.size()) ? written : formatted;
    var around =
        own.stream().filter(Sample::isScripted).count() < FEW
            ? workspace.stream().filter(path -> isWritten(known, path) && !own.contains(path))
            : Stream.<String>empty();
    var paths = Stream.concat(own.stream(), around).toList();
    var step = Math.max(1, Math.ceilDiv(paths.size(), MOST));
    var files = new ArrayList<SourceText>();
    for (var at = 0; at < paths.size(); at += step) {
      app.repository().text(paths.get(at)).filter(Sample::isByHand).ifPresent(files::add);
    }
    var habits =
        SyntaxTrees.habits(files.stream().filter(file -> isScripted(file.path())).toList()).stream()
            .collect(Collectors.toMap(Habits::path, one -> one));
    return new Sample(known, List.copyOf(files), habits, step > 1);
  }

  private static boolean isWritten(Known known, String path) {
    if (Repository.isForeign(path)
        || FIXTURE.matcher(path).matches()
        || BY_PRYO.matcher(path).matches()
        || !(isScripted(path) || isTemplate(path))) {
      return false;
    }
    var relative = path.startsWith(known.app().root()) ? known.app().relative(path) : path;
    return known.kind().served().stream()
        .noneMatch(
            folder -> relative.startsWith(folder) && !known.found().entries().contains(path));
  }

  static boolean isScripted(String path) {
    return App.isScript(path) || PARTED.contains(Repository.extension(path));
  }

  /// Tests and stories: they show how people write, and nothing that visitors see.
  static boolean isTesting(String path) {
    return TESTING.matcher(path).matches() || FIXTURE.matcher(path).matches();
  }

  static boolean isParted(String path) {
    return PARTED.contains(Repository.extension(path));
  }

  private static boolean isTemplate(String path) {
    return TEMPLATES.contains(Repository.extension(path)) || path.endsWith(".blade.php");
  }

  private static boolean isByHand(SourceText file) {
    var body = file.body();
    var head = body.substring(0, Math.min(400, body.length()));
    var lines = Math.max(1, body.lines().count());
    return !SAYS_GENERATED.matcher(head).find() && body.length() / lines < LONGEST_LINE;
  }

  /// The files that draw something: components, pages and templates.
  List<SourceText> drawing() {
    return files.stream()
        .filter(file -> {
          var own = habits.get(file.path());
          return own == null || own.draws() || isParted(file.path());
        })
        .toList();
  }

  Stream<Habits> all() {
    return files.stream().map(file -> habits.get(file.path())).filter(one -> one != null);
  }
}
