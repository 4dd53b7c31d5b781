package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.App;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the text that visitors see is written: in components, in data files, in locale files, in
/// documents, in a database.
final class VisibleText {
  /// Locale files: a folder named for them, and a language in the path behind it.
  static final Pattern LOCALE =
      Pattern.compile(
          "(?i)(?:.*/)?(?:locales?|i18n|lang|langs|languages?|messages|translations?|internationalization|intl)/(?:.*/)?"
              + "[a-z]{2,3}(?:[-_][a-z]{2,4})?(?:/.*)?\\.(?:json|ya?ml|js|ts|po)");

  private static final int MOST_LISTED = 3;
  private static final int FEW_SENTENCES = 3;
  private static final double SHARE_OF_TEMPLATES = 0.1;
  private static final double SHARE_OF_SPEAKING = 0.1;
  private static final Pattern SENTENCE =
      Pattern.compile(":\\s{0,40}[\"'](\\p{Lu}[^\"'{}<>]{0,400}\\p{L} \\p{L}[^\"'<>]*)[\"']");
  private static final Pattern DATA_NAME =
      Pattern.compile(
          "(?i)(?:.*/)?(?:data|constants?|config|content|copy|texts?|strings|navigation|nav|site|menu|links|faqs?|features|_data)(?:/.*|\\.[a-z]+|-[^/]*|[A-Z][^/]*)");
  private static final Pattern NO_MARKUP =
      Pattern.compile(
          "(?s)<(script|style)\\b.*?</\\1\\s*>|\\A\\s*---\\R.*?^---", Pattern.MULTILINE);
  private static final Pattern INTERFACE =
      Pattern.compile("(?i)(?:.*/)?(?:api|openapi|swagger|schemas?|migrations?)/.*");
  private static final Pattern MANAGED =
      Pattern.compile(
          "(?i)contentful|@sanity/|sanity\\.io|prismic|storyblok|strapi|payload$|@keystatic|datocms|ghost-content|@wordpress/.*");

  private VisibleText() {}

  static List<String> homes(Sample sample) {
    var app = sample.known().app();
    var homes = new ArrayList<String>();
    drawn(sample, homes);
    homes.addAll(folded(app, data(sample)));
    homes.addAll(folded(app, app.files().stream().filter(VisibleText::isLocale).toList()));
    var documents =
        app.files().stream()
            .filter(path ->
                path.matches("(?:.*/)?(?:content|posts?|_posts|blog|src/pages|src/data)/.*\\.mdx?"))
            .toList();
    if (documents.size() >= FEW_SENTENCES) {
      homes.addAll(folded(app, documents));
    }
    if (app.manifest().dependencies().keySet().stream()
        .anyMatch(name -> MANAGED.matcher(name).find())) {
      homes.add("database");
    }
    return List.copyOf(homes);
  }

  /// Only what has words between its tags, where that is more than a name here and there; a
  /// template beside the script of its name is a component.
  private static void drawn(Sample sample, List<String> homes) {
    var known = sample.known();
    var shell = !known.found().framework().equals("html");
    var drawing =
        sample.drawing().stream()
            .filter(file ->
                !shell
                    || !file.path().endsWith(".html")
                    || !known.found().entries().contains(file.path())
                    || isComponent(known.app(), file.path()))
            .toList();
    var templates =
        drawing.stream()
            .map(SourceText::path)
            .filter(path -> path.matches(".*\\.(?:html?|erb|php)"))
            .filter(path -> !isComponent(known.app(), path))
            .toList();
    if (!templates.isEmpty() && templates.size() >= SHARE_OF_TEMPLATES * drawing.size()) {
      homes.addAll(folded(known.app(), templates));
    }
    var speaking =
        drawing.stream()
            .filter(file -> !templates.contains(file.path()) && !Sample.isTesting(file.path()))
            .filter(file -> showsText(file))
            .map(SourceText::path)
            .toList();
    var routes = speaking.stream().filter(path -> known.kind().isRoute(known.app(), path)).count();
    if (speaking.size() <= SHARE_OF_SPEAKING * (drawing.size() - templates.size())) {
      return;
    }
    if (routes < speaking.size()) {
      homes.add("components");
    }
    if (routes > 0) {
      homes.add("route files");
    }
  }

  private static boolean showsText(SourceText file) {
    var code = Comments.blank(file.path(), file.body());
    var markup = Sample.isParted(file.path()) ? NO_MARKUP.matcher(code).replaceAll("") : code;
    return Candidate.showsText(markup);
  }

  private static boolean isComponent(App app, String path) {
    return path.endsWith(".html")
        && app.repository().has(path.substring(0, path.length() - "html".length()) + "ts");
  }

  static boolean isLocale(String path) {
    return LOCALE.matcher(path).matches() && !Repository.isForeign(path);
  }

  /// Files without markup that hold several sentences as values.
  private static List<String> data(Sample sample) {
    var app = sample.known().app();
    var scripts =
        sample
            .all()
            .filter(file ->
                !file.draws() && !Sample.isTesting(file.path()) && App.isScript(file.path()))
            .filter(file -> file.prose() >= FEW_SENTENCES)
            .filter(file -> isData(file.path()) || isNamed(sample, file.path()))
            .filter(file -> !sample.known().found().entries().contains(file.path()))
            .filter(file -> !app.repository().body(file.path()).contains("@Component("))
            .map(Habits::path);
    var others =
        app.files().stream()
            .filter(path -> path.matches(".*\\.(?:json|ya?ml)") && path.contains("/"))
            .filter(path -> DATA_NAME.matcher(app.relative(path)).matches())
            .filter(path -> !isLocale(path) && !Repository.isForeign(path))
            .filter(path ->
                SENTENCE.matcher(app.repository().body(path)).results().limit(FEW_SENTENCES).count()
                    >= FEW_SENTENCES);
    return Stream.concat(scripts, others).filter(path -> !isLocale(path)).distinct().toList();
  }

  /// What is written for other programs is no place of text, whatever it is named.
  private static boolean isData(String path) {
    return DATA_NAME.matcher(path).matches() && !INTERFACE.matcher(path).matches();
  }

  /// Whether what draws something imports, loads or asks for a file by its name; plain pages are
  /// also drawn by scripts.
  private static boolean isNamed(Sample sample, String path) {
    var file = path.substring(path.lastIndexOf('/') + 1);
    var name = "/" + file.substring(0, file.indexOf('.'));
    var pages = sample.known().found().framework().equals("html");
    var drawing = sample.drawing();
    return sample.files().stream()
        .filter(other -> !other.path().equals(path) && !Sample.isTesting(other.path()))
        .filter(other -> pages || drawing.contains(other))
        .map(SourceText::body)
        .anyMatch(body -> {
          var at = body.indexOf(name);
          var end = at + name.length();
          return at >= 0 && end < body.length() && "\"'`.?".indexOf(body.charAt(end)) >= 0;
        });
  }

  /// A few paths as they are, more as their folder and a star.
  private static List<String> folded(App app, List<String> paths) {
    if (paths.size() <= MOST_LISTED) {
      return paths;
    }
    Map<String, Integer> kinds = new LinkedHashMap<>();
    for (var path : paths) {
      var parts = app.relative(path).split("/");
      var top =
          parts.length > 2 ? app.root() + parts[0] + "/" + parts[1] + "/" : Repository.folder(path);
      var below = Repository.folder(path).equals(top) ? "*." : "**/*.";
      kinds.merge(top + below + Repository.extension(path), 1, Integer::sum);
    }
    return kinds.entrySet().stream()
        .sorted((one, other) -> Integer.compare(other.getValue(), one.getValue()))
        .limit(MOST_LISTED)
        .map(Map.Entry::getKey)
        .toList();
  }
}
