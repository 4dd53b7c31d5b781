package dev.pryo.samples;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// One experiment on a sample application: who writes it, and what its segments show.
///
/// @param way who writes it
/// @param path where the visitors go
/// @param before what a visitor does before there is something to see
/// @param look a JavaScript function that says in words and numbers what the tested elements look
///   like
/// @param seen what that function says, for each segment by its key
/// @param goal what a visitor does that the goal counts
/// @param statics the pages that the build has to write as files, the first one showing the control
record Sample(
    App app,
    Way way,
    String path,
    Act before,
    String look,
    Map<String, String> seen,
    Act goal,
    String event,
    List<String> statics) {

  /// Who writes an experiment.
  enum Way {
    EDIT,
    AGENT
  }

  /// Something that a visitor does, knowing the segment.
  @FunctionalInterface
  interface Act {
    void on(Page page, String segment);
  }

  static List<Sample> all() {
    return Stream.of(
            App.NEXT_APP,
            App.NEXT_PAGES,
            App.VITE_REACT,
            App.VUE,
            App.NUXT,
            App.SVELTEKIT,
            App.ASTRO,
            App.ANGULAR,
            App.HTML)
        .flatMap(app ->
            Stream.of(EditedSamples.ALL, WrittenSamples.ALL)
                .flatMap(List::stream)
                .filter(sample -> sample.app().equals(app)))
        .toList();
  }

  /// An experiment on the start page whose goal is a click.
  ///
  /// @param clicked the element
  static Sample edited(
      App app,
      String look,
      Map<String, String> seen,
      String clicked,
      String event,
      List<String> statics) {
    return new Sample(app, Way.EDIT, "/", (_, _) -> {}, look, seen, click(clicked), event, statics);
  }

  static Act click(String selector) {
    return (page, _) -> page.locator(selector).first().click();
  }

  /// The body of `POST /api/experiments`, without the project.
  Path experiment() {
    return beside(way == Way.EDIT ? ".experiment.json" : ".agent.experiment.json");
  }

  /// The record of the run that wrote it.
  Path record() {
    return beside(".agent.jsonl");
  }

  private Path beside(String ending) {
    return App.HOME.resolve(app.name() + ending);
  }

  /// What a segment's visitors see.
  String wanted(String segment) {
    return Objects.requireNonNull(seen.get(segment), segment);
  }

  String name() {
    return way == Way.EDIT ? app.name() : app.name() + "-agent";
  }

  @Override
  public String toString() {
    return name();
  }

  /// What some elements say, in the order in which they stand on the screen.
  static String order(String within, String elements) {
    return """
    () => Array.from(document.querySelector("%s").querySelectorAll("%s"))
      .filter((one) => one.getClientRects().length > 0)
      .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map((one) => one.innerText + (one.classList.contains("wide") ? " (wide)" : ""))
      .join(" | ")\
    """
        .formatted(within, elements);
  }
}
