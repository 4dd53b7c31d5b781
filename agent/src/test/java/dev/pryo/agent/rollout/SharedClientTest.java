package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.FileChange.Status;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.ClientCode;
import dev.pryo.agent.rollout.RollOut.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an experiment brought for all experiments of an app: the client file and the rule by which
/// tested elements wait. It goes with the last one, unless somebody else has use for it.
class SharedClientTest {
  private static final String PAGE = "src/Mug.jsx";
  private static final String CLIENT = "src/lib/pryo.js";
  private static final String STYLE = "src/site.css";
  private static final String SITE = "export const Mug = () => <b>Mug</b>;\n";
  private static final String TESTED =
      """
      import { useVariant } from "./lib/pryo";
      export const Mug = () => <b>{useVariant("badges") === "test1" ? "Cup" : "Mug"}</b>;
      """;
  private static final String SCRIPT =
      """
      // Pryo's browser client, version 1: written by Pryo, to be updated by it, not by hand.
      export const useVariant = () => "control";
      """;
  private static final String PLAIN = "b {\n  color: blue;\n}\n";
  private static final String RULE =
      PLAIN
          + """

          html:not([data-pryo-ready]) [data-pryo] {
            animation: pryo-wait 400ms step-end;
          }
          """;

  @Test
  void itGoesWithTheLastExperiment() {
    assertThat(ClientCode.isClient(SCRIPT)).isTrue();
    assertThat(ClientCode.hasRule(RULE)).isTrue();
    var done = rolledOut(Map.of(PAGE, TESTED, CLIENT, SCRIPT, STYLE, RULE));
    assertThat(done.changes().of(CLIENT).orElseThrow().status()).isEqualTo(Status.DELETED);
    assertThat(done.changes().of(STYLE).orElseThrow().text()).isEqualTo(PLAIN);
    assertThat(done.kept()).isEmpty();
  }

  @Test
  void aFileOfTheTeamsThatUsesItKeepsIt() {
    var theirs = "import { useVariant } from \"./lib/pryo\";\nconsole.log(useVariant(\"own\"));\n";
    var done =
        rolledOut(Map.of(PAGE, TESTED, CLIENT, SCRIPT, STYLE, RULE, "src/theirs.js", theirs));
    assertThat(done.changes().of(CLIENT)).isEmpty();
    assertThat(done.changes().of(STYLE)).isEmpty();
    assertThat(done.changes().of(PAGE).orElseThrow().text()).isEqualTo(SITE);
  }

  @Test
  void whatSomebodyChangedInItStaysAndIsSaid() {
    var now =
        Map.of(
            PAGE,
            TESTED,
            CLIENT,
            SCRIPT + "export const ours = 1;\n",
            STYLE,
            RULE.replace("400ms", "200ms"));
    var done = rolledOut(now);
    assertThat(done.changes().of(CLIENT)).isEmpty();
    assertThat(done.changes().of(STYLE)).isEmpty();
    assertThat(done.kept())
        .containsExactly(
            CLIENT + " was changed since Pryo added it, so it stays, though nothing uses it.",
            STYLE + " keeps the rule by which tested elements wait: its lines were changed since.");
  }

  private static Result.Done rolledOut(Map<String, String> now) {
    var own =
        Footprint.of(
            "badges",
            new Outcome.Done(
                new ChangeSet(
                    List.of(
                        change(PAGE, SITE, TESTED),
                        new FileChange(CLIENT, null, SCRIPT.getBytes(UTF_8)),
                        change(STYLE, PLAIN, RULE))),
                List.of(),
                List.of(),
                List.of()));
    var tree = SourceTree.ofTexts(now);
    var result = new RollOut(tree, own, List.of(), List.of(), "control").run();
    assertThat(result).as(result.toString()).isInstanceOf(Result.Done.class);
    assertThat(((Result.Done) result).passed()).isTrue();
    return (Result.Done) result;
  }

  private static FileChange change(String path, String from, String to) {
    return new FileChange(path, from.getBytes(UTF_8), to.getBytes(UTF_8));
  }
}
