package dev.pryo.agent;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The fence around a linked repository: which of its paths may be read and which may be written.
/// Each answer is the reason of a refusal, or empty where the path is fine.
public final class Paths {
  /// No file bigger than this is read or written, in bytes.
  public static final int MAX_FILE = 256 * 1024;

  /// No change set touches more files than this.
  public static final int MAX_FILES = 40;

  /// No change set writes more than this in total, in bytes.
  public static final int MAX_TOTAL = 1024 * 1024;

  private static final int MAX_LENGTH = 400;

  private static final Pattern KEY_FILE =
      Pattern.compile(
          ".*\\.(pem|key|p12|pfx|jks|keystore|der|asc|gpg)|id_(rsa|dsa|ecdsa|ed25519).*");
  private static final Set<String> SOURCE =
      Set.of(
          "html", "htm", "css", "scss", "sass", "less", "js", "mjs", "cjs", "jsx", "ts", "mts",
          "cts", "tsx", "vue", "svelte", "astro", "json");
  private static final Set<String> LOCK_FILES =
      Set.of(
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "bun.lockb",
          "bun.lock",
          "deno.lock",
          "composer.lock",
          "gemfile.lock",
          "poetry.lock",
          "cargo.lock");
  private static final Set<String> MANIFESTS =
      Set.of(
          "package.json",
          "composer.json",
          "deno.json",
          "deno.jsonc",
          "bower.json",
          "lerna.json",
          "nx.json",
          "turbo.json",
          "rush.json",
          "project.json",
          "workspace.json",
          "angular.json",
          "tsconfig.json",
          "jsconfig.json",
          "pnpm-workspace.yaml",
          "gemfile",
          "cargo.toml",
          "go.mod",
          "pom.xml",
          "pyproject.toml",
          "requirements.txt",
          "import_map.json",
          "importmap.json",
          "manifest.json");
  private static final Set<String> DEPLOY =
      Set.of(
          "dockerfile",
          "makefile",
          "jenkinsfile",
          "procfile",
          "vercel.json",
          "now.json",
          "netlify.toml",
          "firebase.json",
          "app.json",
          "render.yaml",
          "fly.toml",
          "staticwebapp.config.json",
          "_headers",
          "_redirects",
          "gulpfile.js",
          "gruntfile.js",
          "serverless.yml",
          "cloudbuild.yaml");
  private static final Set<String> NOTES =
      Set.of("codeowners", "agents.md", "claude.md", "gemini.md");
  private static final Set<String> FOREIGN =
      Set.of("node_modules", "vendor", "dist", "bower_components");
  private static final Pattern CONFIG =
      Pattern.compile(".*\\.config\\.[a-z0-9]+|tsconfig\\..*|wrangler\\..*|docker-compose.*");
  private static final Pattern GENERATED = Pattern.compile(".*\\.min\\.[a-z]+|.*\\.d\\.[cm]?ts");

  private Paths() {}

  /// Why a path may not be read.
  public static Optional<String> refuseRead(String path) {
    return refuseShape(path).or(() -> secret(segments(path)));
  }

  /// Why a path may not be written.
  public static Optional<String> refuseWrite(String path) {
    return refuseRead(path).or(() -> neverWritten(segments(path)));
  }

  /// Why these bytes may be neither read nor written.
  public static Optional<String> refuseContent(byte[] bytes) {
    if (bytes.length > MAX_FILE) {
      return Optional.of("it is bigger than 256 KB");
    }
    return SourceText.decode("", bytes).isEmpty()
        ? Optional.of("it is binary or not UTF-8")
        : Optional.empty();
  }

  /// Whether a path lies in a folder of somebody else's or generated code.
  public static boolean isForeign(String path) {
    return segments(path).stream().anyMatch(FOREIGN::contains);
  }

  private static Optional<String> refuseShape(String path) {
    if (path.isEmpty() || path.length() > MAX_LENGTH) {
      return Optional.of("the path is empty or too long");
    }
    if (!Normalizer.normalize(path, Normalizer.Form.NFKC).equals(path)) {
      return Optional.of("the path is not in its normal Unicode form (NFKC)");
    }
    if (path.codePoints().anyMatch(Paths::isHidden)) {
      return Optional.of("the path holds control or invisible characters");
    }
    if (path.chars().anyMatch(c -> c == '\\' || c == '%' || c == ':')) {
      return Optional.of("the path holds \\, % or :");
    }
    if (path.startsWith("/")) {
      return Optional.of("the path is absolute");
    }
    var odd = Set.of("", ".", "..");
    return List.of(path.split("/", -1)).stream().anyMatch(odd::contains)
        ? Optional.of("the path has an empty, . or .. part")
        : Optional.empty();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      case Character.SPACE_SEPARATOR -> c != ' ';
      default -> c == 0x115F || c == 0x1160 || c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F);
    };
  }

  private static Optional<String> secret(List<String> segments) {
    var name = segments.getLast();
    if (segments.stream().anyMatch(part -> part.startsWith(".env") || part.equals(".git"))
        || name.equals(".npmrc")
        || name.equals(".netrc")
        || KEY_FILE.matcher(name).matches()) {
      return Optional.of("it may hold secrets");
    }
    return Optional.empty();
  }

  private static Optional<String> neverWritten(List<String> segments) {
    var name = segments.getLast();
    var extension = name.substring(name.lastIndexOf('.') + 1);
    if (segments.stream().anyMatch(part -> part.startsWith("."))) {
      return Optional.of("a part of its path starts with a dot");
    }
    if (segments.stream().anyMatch(FOREIGN::contains) || GENERATED.matcher(name).matches()) {
      return Optional.of("it is generated or somebody else's code");
    }
    if (LOCK_FILES.contains(name) || name.endsWith(".lock") || name.endsWith("-lock.json")) {
      return Optional.of("it is a lock file");
    }
    if (MANIFESTS.contains(name)) {
      return Optional.of("it is a manifest");
    }
    if (DEPLOY.contains(name) || name.startsWith("dockerfile") || CONFIG.matcher(name).matches()) {
      return Optional.of("it is a build or deploy file");
    }
    if (NOTES.contains(name)) {
      return Optional.of("it instructs people or tools");
    }
    return SOURCE.contains(extension) && name.contains(".")
        ? Optional.empty()
        : Optional.of("it is not source of a known kind");
  }

  private static List<String> segments(String path) {
    return List.of(path.toLowerCase(Locale.ROOT).split("/", -1));
  }
}
