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
import dev.pryo.agent.model.Removal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a model may not leave, and what it may not take, when it takes an experiment out.
class ModelDoubtsTest {
  private static final String PATH = "src/Buy.jsx";
  private static final String BASE =
      """
      import { Button } from "./Button";
      import { Price } from "./Price";

      export function Buy({ mug }) {
        return (
          <section>
            <h2>{mug.name}</h2>
            <Price of={mug} />
            <Button>Add to cart</Button>
          </section>
        );
      }
      """;
  private static final String WRITTEN =
      """
      import { trackEvent, useVariant } from "./lib/pryo";
      import { Badge } from "./Badge";
      import { Button } from "./Button";
      import { Price } from "./Price";

      export function Buy({ mug }) {
        const segment = useVariant("badges");
        const buy = () => {
          trackEvent("bought");
        };

        return (
          <section data-pryo="badges">
            <h2>{mug.name}</h2>
            {segment !== "test2" && <Price of={mug} />}
            {segment === "test1" && <Badge>Few are left</Badge>}
            <Button onClick={buy}>Add to cart</Button>
          </section>
        );
      }
      """;
  private static final String PLAIN =
      """
      import { Badge } from "./Badge";
      import { Button } from "./Button";
      import { Price } from "./Price";

      export function Buy({ mug }) {
        return (
          <section>
            <h2>{mug.name}</h2>
            <Price of={mug} />
            <Badge>Few are left</Badge>
            <Button>Add to cart</Button>
          </section>
        );
      }
      """;
  private static final Brief BRIEF =
      new Brief(
          "badges",
          "Badges",
          "",
          List.of(
              new Brief.Variant("control", "As it is", "", ""),
              new Brief.Variant("test1", "Badge", "", ""),
              new Brief.Variant("test2", "No price", "", "")),
          List.of(new Brief.GoalRef("bought", "", "")),
          new Brief.Client("http://localhost:8000", "pk_local", Brief.Consent.ASK),
          null,
          Set.of());

  private static List<Check> checks(String now, String segment, String then) {
    return removal(now, segment, List.of()).doubts().apply(change(now, then));
  }

  private static Removal removal(String now, String segment, List<Footprint> live) {
    var done = new Outcome.Done(change(BASE, WRITTEN), List.of(), List.of(), List.of());
    var rollOut =
        new RollOut(
            SourceTree.ofTexts(Map.of(PATH, now)),
            Footprint.of("badges", done),
            live,
            List.of(),
            segment);
    rollOut.run();
    return rollOut.removal(BRIEF, Budget.USUAL);
  }

  private static ChangeSet change(String from, String to) {
    return new ChangeSet(List.of(new FileChange(PATH, from.getBytes(UTF_8), to.getBytes(UTF_8))));
  }

  @Test
  void whatAColleagueWouldLeaveIsNotDoubted() {
    assertThat(checks(WRITTEN, "test1", PLAIN))
        .extracting(Check::status)
        .containsOnly(Check.Status.PASS);
    var hidden =
        BASE.replace("import { Price } from \"./Price\";\n", "")
            .replace("      <Price of={mug} />\n", "");
    assertThat(checks(WRITTEN, "test2", hidden))
        .extracting(Check::status)
        .containsOnly(Check.Status.PASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<section> | <section data-pryo=\"badges\"> | no_trace | \"badges\"",
        "<section> | <section data-kind={\"test1\"}> | no_trace | test1",
        "<h2> | <h2 onClick={() => trackEvent(\"bought\")}> | no_trace | bought",
        "import { Button } | import { useVariant } from \"./lib/pryo\"; import { Button } |"
            + " no_trace | pryo",
        "<Badge>Few are left</Badge> | <p>Few are left</p> | in_use | “Badge”",
        "return ( | const buy = () => {}; return ( | in_use | empty",
        "return ( | const buy = () => { mug.name; }; return ( | in_use | “buy”",
        "export function | function | others_stay | export function Buy",
        "Few are left | Hurry now | nothing_new | “Hurry”",
        "<section> | <section | parses | Buy.jsx",
      })
  void whatIsLeftOrTakenIsNamed(String was, String is, String check, String named) {
    assertThat(PLAIN).contains(was);
    assertThat(checks(WRITTEN, "test1", PLAIN.replace(was, is)))
        .filteredOn(one -> one.status() == Check.Status.FAIL)
        .anySatisfy(one -> {
          assertThat(one.id()).isEqualTo(check);
          assertThat(one.detail()).startsWith(PATH + ": ").contains(named);
        });
  }

  @Test
  void whatSomebodyWroteSinceStays() {
    var now = WRITTEN.replace("{mug.name}</h2>", "{mug.name}</h2>\n      <p>Hand made</p>");
    assertThat(checks(now, "test1", PLAIN))
        .anySatisfy(one -> {
          assertThat(one.status()).isEqualTo(Check.Status.FAIL);
          assertThat(one.detail()).contains("<p>Hand made</p>");
        });
  }

  @Test
  void aWordOfTheTeamsInALineOfTheExperimentIsMissedAloud() {
    var now = WRITTEN.replace("Few are left", "Only few are left today");
    assertThat(checks(now, "test1", PLAIN))
        .anySatisfy(one -> {
          assertThat(one.status()).isEqualTo(Check.Status.WARN);
          assertThat(one.detail()).contains("“Only”");
        });
    assertThat(checks(now, "test1", PLAIN.replace("Few are left", "Only few are left today")))
        .extracting(Check::status)
        .containsOnly(Check.Status.PASS);
  }

  @Test
  void anotherExperimentInTheFileKeepsItsLinesAndItsClient() {
    var now =
        WRITTEN
            .replace(
                "useVariant(\"badges\");",
                "useVariant(\"badges\");\n  const title = useVariant(\"titles\");")
            .replace(
                "<h2>{mug.name}</h2>",
                "<h2 data-pryo=\"titles\">{title === \"test1\" ? mug.long : mug.name}</h2>");
    var then =
        PLAIN
            .replace(
                "import { Badge }", "import { useVariant } from \"./lib/pryo\";\nimport { Badge }")
            .replace("return (", "const title = useVariant(\"titles\");\n\n  return (")
            .replace(
                "<h2>{mug.name}</h2>",
                "<h2 data-pryo=\"titles\">{title === \"test1\" ? mug.long : mug.name}</h2>");
    var other =
        Footprint.of(
            "titles", new Outcome.Done(change(WRITTEN, now), List.of(), List.of(), List.of()));
    var removal = removal(now, "test1", List.of(other));
    assertThat(removal.others()).containsExactly("titles");
    assertThat(removal.doubts().apply(change(now, then)))
        .extracting(Check::status)
        .containsOnly(Check.Status.PASS);
    assertThat(removal.doubts().apply(change(now, PLAIN)))
        .anySatisfy(one -> {
          assertThat(one.status()).isEqualTo(Check.Status.FAIL);
          assertThat(one.id()).isEqualTo("others_stay");
          assertThat(one.detail()).contains("titles");
        });
  }

  /// The record does not tell the call from the rest, so the model is asked to leave it there; from
  /// then on the record does.
  @Test
  void whatSendsAnEventThatAnotherOneCountsIsLeftAndGoesWithThatOne() {
    var sends =
        BASE.replace(
                "import { Button }",
                "import { trackEvent } from \"./lib/pryo\";\nimport { Button }")
            .replace(
                "return (", "const buy = () => {\n    trackEvent(\"bought\");\n  };\n\n  return (")
            .replace("<Button>", "<Button onClick={buy}>");
    var own =
        Footprint.of(
            "badges", new Outcome.Done(change(BASE, WRITTEN), List.of(), List.of(), List.of()));
    var other = new Footprint("titles", List.of(), List.of());
    var rollOut =
        new RollOut(
            SourceTree.ofTexts(Map.of(PATH, WRITTEN)),
            own,
            List.of(other),
            List.of(),
            "control",
            Map.of("titles", Set.of("bought")));
    assertThat(rollOut.run())
        .isInstanceOfSatisfying(
            RollOut.Result.Silent.class,
            silent -> {
              assertThat(left(silent.whole())).isEqualTo(BASE);
              assertThat(silent.whole().sending()).as("nothing stays").isFalse();
            });
    var removal = rollOut.removal(BRIEF, Budget.USUAL);
    assertThat(failed(removal, sends)).isEmpty();
    assertThat(failed(removal, BASE)).containsExactly("still_sent");
    assertThat(failed(removal, sends.replace("<section>", "<section data-pryo=\"badges\">")))
        .containsExactly("no_trace");
    assertThat(failed(removal, sends.replace("<section>", "<section kind=\"test1\">")))
        .contains("no_trace");

    var done =
        rollOut.completed(
            removal, new Outcome.Done(change(WRITTEN, sends), List.of(), List.of(), List.of()));
    assertThat(done.sending()).isTrue();
    assertThat(done.kept()).singleElement().asString().contains("“bought” stays");
    var last =
        new RollOut(
                SourceTree.ofTexts(Map.of(PATH, sends)),
                other,
                List.of(),
                List.of(new Footprint.Gone(rollOut.telling().orElseThrow(), "control", true)),
                "control")
            .run();
    assertThat(left((RollOut.Result.Done) last)).isEqualTo(BASE);
  }

  private static String left(RollOut.Result.Done done) {
    return done.changes().of(PATH).orElseThrow().text();
  }

  private static List<String> failed(Removal removal, String then) {
    return removal.doubts().apply(change(WRITTEN, then)).stream()
        .filter(check -> check.status() == Check.Status.FAIL)
        .map(Check::id)
        .toList();
  }
}
