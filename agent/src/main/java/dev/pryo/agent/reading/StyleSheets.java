package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.App;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How an app gets its looks: what is used by more than a few of its files, not all that is
/// installed.
public final class StyleSheets {
  private static final double SHARE = 0.05;
  private static final double SHARE_OF_BLOCKS = 0.1;
  private static final Pattern TAILWIND =
      Pattern.compile(
          "@tailwind\\s|@import\\s{1,40}(?:url\\()?[\"']tailwindcss|cdn\\.tailwindcss\\.com|@tailwindcss/browser");
  private static final Pattern OWN_PALETTE = Pattern.compile("\\bcolors\\s{0,40}:");
  private static final Pattern PREFIX = Pattern.compile("\\bprefix\\s{0,40}:");
  private static final Pattern OTHER_THEME =
      Pattern.compile(
          "--(?:color-)?\\*\\s{0,40}:\\s{0,40}initial|@import\\s[^;]{0,200}tailwindcss[^;]{0,200}prefix\\(");
  private static final Pattern LINK =
      Pattern.compile(
          "<link\\b[^>]{0,400}\\bstylesheet\\b[^>]{0,400}>",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern COMPONENT =
      Pattern.compile("\\bstyle(?:Url)?s?\\s{0,40}:\\s{0,40}[\\[`'\"]");
  private static final Pattern SCOPED =
      Pattern.compile("<style\\b[^>]{0,400}\\b(?:scoped|module)\\b");
  private static final Pattern HREF =
      Pattern.compile("\\bhref\\s{0,40}=\\s{0,40}[\"']?([^\"'\\s>]+)");
  private static final Pattern DECORATION =
      Pattern.compile(
          "(?i).*(?:fonts?[./-]|font-?awesome|icon|typekit|lightbox|animate|normalize|reset).*");
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(?i)(?:.*/)?(?:fonts?|font-?awesome|bootstrap[^/]*|plugins?|libs?|vendors?|third[_-]?party)/.*"
              + "|.*(?:bootstrap|font-?awesome|animate|normalize|swiper|slick)[^/]*\\.(?:s?css|less)");

  private static final Pattern CLASS = Pattern.compile("(?m)^\\s{0,8}\\.[A-Za-z][\\w-]*");
  private static final int FEW_CLASSES = 2;

  /// Ways in which a component's looks stand beside it.
  private static final Set<String> SHEETS_OF_PARTS = Set.of("scoped-css", "component-css");

  private final Sample sample;
  private final App app;
  private final List<SourceText> drawing;
  private final Set<String> found = new LinkedHashSet<>();

  private StyleSheets(Sample sample) {
    this.sample = sample;
    this.app = sample.known().app();
    this.drawing = sample.drawing();
  }

  static List<String> of(Sample sample) {
    return new StyleSheets(sample).read();
  }

  private List<String> read() {
    var css = files("css").filter(path -> !path.contains(".module.")).toList();
    var utilities = addUtilities(css);
    addInScripts();
    addBlocks();
    addLinked();
    addFiles(css, utilities);
    if (found.isEmpty()
        && drawing.stream().filter(file -> file.body().contains("style=")).count() > 2) {
      found.add("inline-style");
    }
    return List.copyOf(found);
  }

  /// Whether an app's looks are written in Tailwind's own classes: with its palette, and without a
  /// prefix before them.
  public static boolean speaksTailwind(Known known) {
    var app = known.app();
    var css =
        app.files().stream()
            .filter(path -> Repository.extension(path).equals("css") && !isLibrary(path))
            .toList();
    var settings = app.configuration("tailwind.config");
    var theme = settings.replaceFirst("(?s)\\bextend\\s*:.*", "");
    return hasTailwind(app, Stream.concat(css.stream(), known.found().entries().stream()))
        && !OWN_PALETTE.matcher(theme).find()
        && !PREFIX.matcher(settings).find()
        && css.stream().noneMatch(path -> OTHER_THEME.matcher(app.repository().body(path)).find());
  }

  private static boolean hasTailwind(App app, Stream<String> files) {
    return app.depends(
            "tailwindcss", "@nuxtjs/tailwindcss", "@tailwindcss/vite", "@tailwindcss/postcss")
        || files.anyMatch(path -> TAILWIND.matcher(app.repository().body(path)).find());
  }

  private boolean addUtilities(List<String> css) {
    if (hasTailwind(app, Stream.concat(css.stream(), sample.known().found().entries().stream()))) {
      found.add("tailwind");
    }
    if (app.manifest().dependencies().keySet().stream()
        .anyMatch(name -> name.equals("unocss") || name.startsWith("@unocss/"))) {
      found.add("unocss");
    }
    return !found.isEmpty();
  }

  private void addInScripts() {
    addUsed("css-modules", file -> imports(file, ".*\\.module\\.(?:css|scss|sass|less)"));
    addUsed("styled-components", file -> imports(file, "styled-components(?:/.*)?"));
    addUsed("emotion", file -> imports(file, "@emotion/.*|@mui/material.*|@chakra-ui/.*"));
    addUsed(
        "vanilla-extract",
        file -> imports(file, "@vanilla-extract/.*|.*\\.css(?:\\.ts)?") && hasTypedSheet());
    addUsed("styled-jsx", file -> file.body().contains("<style jsx"));
    if (sample.known().found().framework().equals("angular")) {
      addUsed("component-css", file -> COMPONENT.matcher(file.body()).find());
    }
  }

  private boolean hasTypedSheet() {
    return app.files().stream().anyMatch(path -> path.endsWith(".css.ts"));
  }

  private boolean imports(SourceText file, String pattern) {
    var own = sample.habits().get(file.path());
    return own != null && own.imports().stream().anyMatch(name -> name.matches(pattern));
  }

  private void addUsed(String approach, Predicate<SourceText> uses) {
    var counted =
        approach.equals("component-css") || approach.equals("styled-components")
            ? sample.files()
            : drawing;
    var users = counted.stream().filter(uses).count();
    if (users > 0 && users >= SHARE * drawing.size()) {
      found.add(approach);
    }
  }

  /// Style blocks of component files: those of Svelte and Astro are scoped unless they say other.
  private void addBlocks() {
    var parted = drawing.stream().filter(file -> Sample.isParted(file.path())).toList();
    var scoped = parted.stream().filter(StyleSheets::isScoped).count();
    if (scoped > 0 && scoped >= SHARE_OF_BLOCKS * parted.size()) {
      found.add("scoped-css");
    }
    for (var language : List.of("scss", "less", "stylus")) {
      var pattern =
          Pattern.compile(
              "<style\\b[^>]{0,400}\\blang\\s{0,40}=\\s{0,40}[\"']?"
                  + (language.equals("scss") ? "s[ac]ss" : language));
      var users = parted.stream().filter(file -> pattern.matcher(file.body()).find()).count();
      if (users > 0 && users >= SHARE_OF_BLOCKS * parted.size()) {
        found.add(language);
      }
    }
  }

  private static boolean isScoped(SourceText file) {
    var body = file.body();
    return file.path().endsWith(".vue")
        ? SCOPED.matcher(body).find()
        : body.contains("<style")
            && !body.contains("<style is:global")
            && !body.contains("<style global");
  }

  /// What the first page links from elsewhere, and Bootstrap from anywhere.
  private void addLinked() {
    var links = linked().toList();
    if (links.stream().anyMatch(link -> link.matches("(?i).*bootstrap(?:[.@-].*|/.*)"))
        || app.depends(
            "bootstrap",
            "react-bootstrap",
            "reactstrap",
            "bootstrap-vue",
            "bootstrap-vue-next",
            "ngx-bootstrap",
            "@ng-bootstrap/ng-bootstrap")) {
      found.add("bootstrap");
    }
    if (links.stream()
        .filter(link -> link.contains("//"))
        .anyMatch(link -> !DECORATION.matcher(link).matches() && !link.contains("bootstrap"))) {
      found.add("external-css");
    }
  }

  private Stream<String> linked() {
    var pages =
        sample.known().found().entries().stream()
            .filter(path -> Repository.extension(path).matches("html?|erb|php|astro"));
    return pages
        .map(path -> Comments.blankMarkup(app.repository().body(path)))
        .flatMap(body -> LINK.matcher(body).results())
        .flatMap(link -> HREF.matcher(link.group()).results())
        .map(link -> link.group(1));
  }

  private void addFiles(List<String> css, boolean utilities) {
    var linked = linked().filter(link -> !link.contains("//")).toList();
    var compiled = files("scss", "sass").toList();
    if (compiled.size() > (utilities ? 1 : 0)) {
      found.add("scss");
    }
    if (files("less").count() > (utilities ? 1 : 0)) {
      found.add("less");
    }
    var isLinked =
        css(true)
            .anyMatch(path ->
                linked.stream()
                    .anyMatch(link ->
                        path.endsWith(
                            link.replaceFirst("^(?:\\./|\\.\\./|/|%PUBLIC_URL%/)+", ""))));
    var others = !found.isEmpty() && !found.equals(Set.of("bootstrap"));
    if (!utilities
        && (isLinked
            || (SHEETS_OF_PARTS.containsAll(found) && css.stream().anyMatch(this::hasClasses))
            || (!css.isEmpty() && (!others || (css.size() > 2 && !found.contains("scss")))))) {
      found.add("plain-css");
    }
  }

  /// Whether a sheet for the whole app dresses elements by their classes, and is no mere base.
  private boolean hasClasses(String path) {
    var script = path.substring(0, path.length() - "css".length()) + "ts";
    return !app.repository().has(script)
        && CLASS.matcher(app.repository().body(path)).results().count() >= FEW_CLASSES;
  }

  /// Style sheets that the team wrote and that are not served as they are.
  private Stream<String> files(String... extensions) {
    var wanted = Set.of(extensions);
    return app.files().stream()
        .filter(path -> wanted.contains(Repository.extension(path)) && !isLibrary(path))
        .filter(path ->
            sample.known().kind().served().stream()
                .noneMatch(folder -> app.relative(path).startsWith(folder)));
  }

  private Stream<String> css(boolean servedToo) {
    return app.files().stream()
        .filter(path -> Repository.extension(path).equals("css") && !isLibrary(path))
        .filter(path -> servedToo || !path.contains(".module."));
  }

  private static boolean isLibrary(String path) {
    return Repository.isForeign(path) || LIBRARY.matcher(path).matches();
  }
}
