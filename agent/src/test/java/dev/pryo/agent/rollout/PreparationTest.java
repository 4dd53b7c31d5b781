package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.RollOut.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A segment is prepared in a file that another experiment is in, or will be in.
class PreparationTest {
  private static final String PATH = "src/Mug.jsx";
  private static final String CLIENT = "import { useVariant } from \"./lib/pryo\";\n";
  private static final String SITE =
      """
      import { Button } from "./Button";

      export function Mug({ mug }) {
        return (
          <section>
            <h2>{mug.name}</h2>
            <p>{mug.text}</p>
            <Button>Add to cart</Button>
          </section>
        );
      }
      """;
  private static final String PLAIN = badge(SITE);

  /// Two experiments on it, each alone or one after the other.
  private static String badge(String text) {
    return text.replace("<Button>", "<b>Few are left</b>\n      <Button>");
  }

  private static String titles(String text) {
    return (CLIENT + text)
        .replace("  return (", "  const title = useVariant(\"titles\");\n\n  return (")
        .replace("{mug.name}", "{title === \"test1\" ? mug.long : mug.name}");
  }

  private static String badges(String text) {
    return (text.contains(CLIENT) ? text : CLIENT + text)
        .replace("  return (", "  const badge = useVariant(\"badges\");\n  return (")
        .replace("<Button>", "{badge === \"test1\" && <b>Few are left</b>}\n      <Button>");
  }

  private static final Brief BRIEF =
      new Brief(
          "badges",
          "Badges",
          "",
          List.of(
              new Brief.Variant("control", "As it is", "", ""),
              new Brief.Variant("test1", "Badge", "", "")),
          List.of(),
          new Brief.Client("http://localhost:8000", "pk_local", Brief.Consent.ASK),
          null,
          Set.of());

  @Test
  void anotherExperimentThatWasThereAlreadyStays() {
    var titles = record("titles", SITE, titles(SITE));
    var own = record("badges", titles(SITE), badges(titles(SITE)));
    var known = prepared(titles(SITE), own, List.of(titles), badge(titles(SITE))).orElseThrow();
    assertThat(rolledOut(badges(titles(SITE)), known, List.of(titles), List.of()))
        .isEqualTo(badge(titles(SITE)));
    assertThat(rolledOut(badges(SITE), known, List.of(), List.of(new Gone(titles, "control"))))
        .isEqualTo(PLAIN);
    var told =
        new Preparation(
            SourceTree.ofTexts(Map.of(PATH, titles(SITE))), own, List.of(titles), "test1");
    assertThat(told.removal(BRIEF, Budget.USUAL).others()).containsExactly("titles");
  }

  @Test
  void anotherExperimentThatIsNotThereYetExcusesNothing() {
    var titles = record("titles", SITE, titles(SITE));
    var own = record("badges", SITE, badges(SITE));
    var asking =
        CLIENT + PLAIN.replace("<b>Few are left</b>", "{useVariant && <b>Few are left</b>}");
    assertThat(prepared(SITE, own, List.of(titles), asking)).isEmpty();
    assertThat(prepared(SITE, own, List.of(titles), PLAIN)).isPresent();
  }

  @Test
  void aFileThatTheSegmentHasNoUseForGoesWithIt() {
    var added = "src/track.js";
    var track = "export const shown = \"badges\";\n";
    var files =
        List.of(
            change(PATH, SITE, badges(SITE)), new FileChange(added, null, track.getBytes(UTF_8)));
    var own = Footprint.of("badges", done(files, List.of()));
    var written = Map.of(PATH, badges(SITE), added, track);
    var taken =
        List.of(
            change(PATH, badges(SITE), PLAIN), new FileChange(added, track.getBytes(UTF_8), null));
    var preparation =
        new Preparation(SourceTree.ofTexts(Map.of(PATH, SITE)), own, List.of(), "test1");
    var removal = preparation.removal(BRIEF, Budget.USUAL);
    assertThat(removal.parts()).hasSize(2);
    assertThat(removal.tree().paths()).containsExactly(PATH, added);
    var checks = removal.doubts().apply(new ChangeSet(taken));
    var known = preparation.completed(done(taken, checks)).orElseThrow();
    var result =
        new RollOut(SourceTree.ofTexts(written), known, List.of(), List.of(), "test1").run();
    assertThat(((Result.Done) result).changes().of(added).orElseThrow().status())
        .isEqualTo(FileChange.Status.DELETED);
    assertThat(((Result.Done) result).changes().of(PATH).orElseThrow().text()).isEqualTo(PLAIN);
  }

  private static Footprint record(String key, String base, String written) {
    return Footprint.of(key, done(List.of(change(PATH, base, written)), List.of()));
  }

  private static FileChange change(String path, String from, String to) {
    return new FileChange(path, from.getBytes(UTF_8), to.getBytes(UTF_8));
  }

  private static Outcome.Done done(List<FileChange> changes, List<Check> checks) {
    return new Outcome.Done(new ChangeSet(changes), checks, List.of(), List.of());
  }

  /// A model left this of the file.
  private static Optional<Footprint> prepared(
      String base, Footprint own, List<Footprint> others, String then) {
    var preparation = new Preparation(SourceTree.ofTexts(Map.of(PATH, base)), own, others, "test1");
    var removal = preparation.removal(BRIEF, Budget.USUAL);
    var changes = List.of(change(PATH, removal.parts().getFirst().since().text(), then));
    return preparation.completed(done(changes, removal.doubts().apply(new ChangeSet(changes))));
  }

  private static String rolledOut(
      String now, Footprint known, List<Footprint> live, List<Gone> gone) {
    var tree = SourceTree.ofTexts(Map.of(PATH, now));
    var result = new RollOut(tree, known, live, gone, "test1").run();
    assertThat(result).as(result.toString()).isInstanceOf(Result.Done.class);
    return ((Result.Done) result).changes().of(PATH).orElseThrow().text();
  }
}
