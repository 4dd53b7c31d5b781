package dev.pryo.agent.framework;

import dev.pryo.agent.framework.Frameworks.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The apps of a repository: most have one, a monorepo several.
public record Apps(List<Known> all, Optional<Known> main) {
  private static final int MOST_FOLDERS = 400;
  private static final Set<String> MARKS =
      Set.of("package.json", "Gemfile", "manage.py", "artisan");

  /// Folders whose apps nobody runs for visitors.
  private static final Pattern ASIDE =
      Pattern.compile(
          "(?i)(?:.*/)?(?:examples?|samples?|fixtures?|__fixtures__|tests?|__tests__|e2e|templates?"
              + "|playgrounds?|starters?|demos?|benchmarks?|sandbox|\\..*)/(?:.*/)?");

  /// Folders whose apps are rarely what an experiment is about.
  private static final Pattern MINOR =
      Pattern.compile(
          "(?i)(?:.*/)?(?:docs?|documentation|storybook|admin|emails?|extension|mobile|desktop|api|server"
              + "|embeds?|cli|widgets?|.*-app)/(?:.*/)?");

  public Apps {
    all = List.copyOf(all);
  }

  /// The apps below a folder, given with a `/` at its end or empty; the main one first. An app in
  /// that very folder is the main one where it is no mere shell around the others.
  public static Apps in(Repository repository, String folder) {
    var folders = folders(repository, folder);
    var known = new ArrayList<Known>();
    for (var root : folders) {
      var inside =
          folders.stream().filter(other -> other.startsWith(root) && !other.equals(root)).toList();
      Frameworks.of(new App(repository, root, inside)).ifPresent(known::add);
    }
    if (known.isEmpty()) {
      Frameworks.plain(new App(repository, folder, List.of())).ifPresent(known::add);
    }
    known.sort(
        Comparator.comparingInt(Apps::weight).reversed().thenComparing(app -> app.app().root()));
    return new Apps(known, known.stream().findFirst());
  }

  /// The app in that very folder alone, where there is one; else all of these.
  public Apps only(String folder) {
    var there = all.stream().filter(app -> app.app().root().equals(folder)).toList();
    return there.isEmpty() ? this : new Apps(there, Optional.of(there.getFirst()));
  }

  /// The app of a folder: the one in the folder itself where a person has chosen that, else the
  /// main one below it; where no framework knows one, the folder as it is.
  public static Known at(Repository repository, String folder, boolean chosen) {
    var apps = in(repository, folder);
    return (chosen ? apps.only(folder) : apps)
        .main()
        .orElseGet(() -> Frameworks.none(new App(repository, folder, List.of())));
  }

  private static List<String> folders(Repository repository, String top) {
    var found = new TreeSet<String>(Set.of(top));
    repository.below(top).stream()
        .filter(path -> MARKS.contains(path.substring(path.lastIndexOf('/') + 1)))
        .map(Repository::folder)
        .filter(folder -> !ASIDE.matcher(folder.substring(top.length())).matches())
        .filter(folder -> !Repository.isForeign(folder))
        .limit(MOST_FOLDERS)
        .forEach(found::add);
    return List.copyOf(found);
  }

  private static int weight(Known known) {
    var files =
        (int)
            known.app().files().stream()
                .filter(path ->
                    App.isScript(path)
                        || Set.of("vue", "svelte", "astro", "html", "erb", "php")
                            .contains(Repository.extension(path)))
                .count();
    return MINOR.matcher(known.app().root()).matches() ? files / 10 : files;
  }
}
