package dev.pryo.agent.reading;

import dev.pryo.agent.SourceTree;
import dev.pryo.agent.framework.Apps;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a repository is and how its people write, found without a model. Null is an answer: unsure.
/// Paths are relative to the folder that was asked for.
///
/// @param appRoot the app that the rest describes, `.` for the folder itself; null where several
///   apps are there, so that a person has to say which one is meant; the rest then describes the
///   one with the most files
/// @param apps all that were found
/// @param router its family, details in parentheses behind
/// @param entryFiles the files from which the first page is reached
/// @param copyLivesIn where visible text is written
/// @param unlikeMost the files whose line endings, byte order mark or final newline are not those
///   of most; each file keeps its own when it is changed
/// @param hashUse what uses the fragment of an address already, `none` where nothing does
/// @param helpers analytics and feature flags that are there
/// @param files how many files of the app were looked at for the style
/// @param sampled whether it has more files than were looked at
public record Detected(
    @Nullable String appRoot,
    List<FoundApp> apps,
    @Nullable String framework,
    @Nullable String frameworkVersion,
    @Nullable String router,
    List<String> entryFiles,
    @Nullable Boolean typescript,
    @Nullable String indentation,
    @Nullable String quotes,
    @Nullable String jsxQuotes,
    @Nullable Boolean semicolons,
    @Nullable String lineEndings,
    @Nullable Boolean bom,
    @Nullable Boolean finalNewline,
    List<Bytes> unlikeMost,
    List<String> cssApproach,
    List<Alias> importAlias,
    @Nullable Exports exportStyle,
    @Nullable Boolean usesUseClient,
    @Nullable String packageManager,
    List<String> copyLivesIn,
    @Nullable String hashUse,
    List<Helper> helpers,
    int files,
    boolean sampled) {

  /// An app of the repository.
  public record FoundApp(String root, @Nullable String framework) {}

  /// @param folder the folder asked for, with a `/` at its end; empty for the whole tree
  public static Detected of(SourceTree tree, String folder) {
    return of(tree, folder, folder);
  }

  /// @param folder the folder that paths are told from
  /// @param app the folder to look at, both with a `/` at their end
  public static Detected of(SourceTree tree, String folder, String app) {
    var repository = new Repository(tree);
    var apps = Apps.in(repository, app);
    return apps.main()
        .map(main -> of(repository, folder, apps, main))
        .orElseGet(() -> nothing(repository));
  }

  /// The same of the app that a person has chosen: that of the folder itself, if there are others
  /// below it.
  ///
  /// @param app the folder of that app, with a `/` at its end; empty for the whole tree
  public static Detected ofChosen(SourceTree tree, String app) {
    var repository = new Repository(tree);
    var apps = Apps.in(repository, app).only(app);
    return apps.main()
        .map(main -> of(repository, "", apps, main))
        .orElseGet(() -> nothing(repository));
  }

  private static Detected of(Repository repository, String folder, Apps apps, Known known) {
    var aliases = Aliases.of(known);
    var imports = new Imports(known, aliases);
    var sample = Sample.of(known, imports.workspace());
    var style = Style.of(sample);
    var found = known.found();
    var from = new Relative(folder);
    return new Detected(
        apps.all().size() > 1 ? null : from.folder(known.app().root()),
        apps.all().stream()
            .map(app -> new FoundApp(from.folder(app.app().root()), app.found().framework()))
            .toList(),
        found.framework(),
        found.version(),
        found.router(),
        from.paths(found.entries()),
        style.typescript(),
        style.indentation(),
        style.quotes(),
        style.jsxQuotes(),
        style.semicolons(),
        style.lineEndings(),
        style.bom(),
        style.finalNewline(),
        Bytes.unlike(style, sample).stream().map(one -> one.from(from)).toList(),
        StyleSheets.of(sample),
        from.aliases(Aliases.used(aliases, imports.packages(), sample)),
        Exports.of(sample),
        usesClient(known),
        PackageManagers.of(known.app()),
        from.paths(VisibleText.homes(sample)),
        Fragment.use(sample),
        from.helpers(Helper.in(sample)),
        sample.files().size(),
        sample.partial() || repository.isSampled());
  }

  private static boolean usesClient(Known known) {
    return known.app().files().stream()
        .filter(path -> Sample.isScripted(path) && !Repository.isForeign(path))
        .flatMap(path -> known.app().repository().text(path).stream())
        .anyMatch(Style::isClient);
  }

  private static Detected nothing(Repository repository) {
    return new Detected(
        null,
        List.of(),
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        List.of(),
        null,
        List.of(),
        0,
        repository.isSampled());
  }
}
