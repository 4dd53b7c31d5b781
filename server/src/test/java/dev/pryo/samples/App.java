package dev.pryo.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One of the sample applications, and how it is served once it is built.
///
/// @param start the command that serves it on `PORT` of 127.0.0.1, empty where files alone do
/// @param output the folder of those files
record App(String name, List<String> start, String output) {
  /// The folder of the samples, with their experiments and the records of their runs beside them.
  static final Path HOME = Path.of("../agent/src/test/resources/samples");

  /// The port in a start command.
  static final String PORT = "{port}";

  static final App NEXT_APP =
      new App(
          "next-app", node("next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", PORT), ".next");
  static final App NEXT_PAGES =
      new App(
          "next-pages",
          node("next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", PORT),
          ".next");
  static final App VITE_REACT =
      new App(
          "vite-react",
          node("vite/bin/vite.js", "preview", "--host", "127.0.0.1", "--port", PORT),
          "dist");
  static final App VUE =
      new App(
          "vue",
          node("vite/bin/vite.js", "preview", "--host", "127.0.0.1", "--port", PORT),
          "dist");
  static final App NUXT = new App("nuxt", List.of("node", ".output/server/index.mjs"), ".output");
  static final App SVELTEKIT = new App("sveltekit", List.of("node", "build/index.js"), "build");
  static final App ASTRO =
      new App(
          "astro",
          node("astro/astro.js", "preview", "--host", "127.0.0.1", "--port", PORT),
          "dist");
  static final App ANGULAR = new App("angular", List.of(), "dist/kestrel-web/browser");
  static final App HTML = new App("html", List.of(), ".");

  Path folder() {
    return HOME.resolve(name);
  }

  boolean isBuilt() {
    return folder().resolve("package-lock.json").toFile().exists();
  }

  private static List<String> node(String program, String... arguments) {
    var command = new ArrayList<>(List.of("node", "node_modules/" + program));
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }
}
