package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.MovedTime;
import dev.pryo.PryoTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/// Data whose truth is known, from the events over HTTP to what a person reads: the sentence here,
/// and every other sentence, check and fact in the file of each, `truth/<name>.txt`. To write the
/// files anew, and read them: `-Dtest=KnownTruthTest -Dpryo.truth=write`.
@PryoTest
@Import(MovedTime.Configuration.class)
class KnownTruthTest {
  private static final Path FILES = Path.of("src/test/resources/dev/pryo/analysis/truth");

  /// What nobody should ever have to read.
  private static final Pattern UGLY =
      Pattern.compile(
          "NaN|Infinity|null|-0|[−+]0(?:\\.0)? %|\\b1 (?:people|days|events|times|checks)\\b"
              + "|(?<![.\\d])\\d{5,}|\\d\\.\\d{7,}|\\.\\.(?!\\.|/)|  |“”|[−+]{2}| ,| \\.");

  @LocalServerPort int port;
  @Autowired MovedTime time;
  @TempDir Path folder;

  @Test
  void noEffect() {
    said(
        Truth.NO_EFFECT,
        "keep_running",
        "not_settled",
        "Not yet. The gain could still be anything from −28.7 % to +40.2 %. About 12 more days.");
  }

  @Test
  void anEffect() {
    said(Truth.EFFECT, "ship", "primary_better", "Ship Test 1: it brings 100 % more “Signed up”.");
  }

  @Test
  void harmToTheGoal() {
    said(
        Truth.HARM,
        "keep_control",
        "primary_worse",
        "Keep Control: Test 1 brings 50 % fewer “Signed up”.");
  }

  @Test
  void harmToAGuardrailThoughTheGoalGains() {
    said(
        Truth.HARMED_GUARDRAIL,
        "keep_control",
        "guardrail_harmed",
        "Stop now: Test 1 brings 200 % more “Asked for help” (limit 20 %).");
  }

  @Test
  void anImbalance() {
    JsonNode analysis =
        said(
            Truth.IMBALANCE,
            "invalid",
            "sample_ratio_alarm",
            "Do not use these numbers: Test 1 got 40.2 % of people instead of 50 %. Likeliest"
                + " cause: something changed on 6 March: see what was released that day.");
    assertThat(analysis.at("/statistics/comparisons/0/call").asString()).isEqualTo("withheld");
  }

  @Test
  void bots() {
    JsonNode analysis =
        said(
            Truth.BOTS, "ship", "primary_better", "Ship Test 1: it brings 100 % more “Signed up”.");
    assertThat(analysis.at("/progress/exposed").asInt()).isEqualTo(1_440);
  }

  @Test
  void daysWithoutAnybody() {
    said(
        Truth.GAP_DAYS, "ship", "primary_better", "Ship Test 1: it brings 100 % more “Signed up”.");
  }

  @Test
  void oneVisitor() {
    JsonNode analysis =
        said(
            Truth.ONE_VISITOR,
            "keep_running",
            "too_few_people",
            "Not yet. 1 person so far: too few to say anything. About 21 more days.");
    PairsWorld.isNoNumber(analysis.at("/statistics/comparisons/0"), "Nobody has seen Control yet.");
  }

  @Test
  void nobody() {
    said(Truth.NOBODY, "keep_running", "no_people", "Not yet. Nobody has been counted so far.");
  }

  @Test
  void negativeValues() {
    said(
        Truth.NEGATIVE_VALUES,
        "ship",
        "primary_better",
        "Ship Test 1: it raises “Revenue” by 55.5 %.");
  }

  @Test
  void aWhale() {
    said(
        Truth.WHALE,
        "keep_running",
        "not_settled",
        "Not yet. The gain could still be anything from −1,918 % to +3,054 %. About 21 more days.");
  }

  @Test
  void aWhaleUnderACap() {
    said(
        Truth.CAPPED_WHALE,
        "keep_running",
        "not_settled",
        "Not yet. The gain could still be anything from −2.5 % to +2.7 %. About 21 more days.");
  }

  @Test
  void revenueUnderACap() {
    said(
        Truth.CAPPED_REVENUE,
        "ship",
        "primary_better",
        "Ship Test 1: it raises “Revenue” by 12.5 %.");
  }

  @Test
  void aRatioWithNothingToDivideBy() {
    JsonNode analysis =
        said(
            Truth.NOTHING_TO_DIVIDE_BY,
            "keep_running",
            "not_settled",
            "Not yet. There is no “visit” in Control yet, so there is nothing to divide by.");
    PairsWorld.isNoNumber(
        analysis.at("/statistics/comparisons/0"),
        "There is no “visit” in Control yet, so there is nothing to divide by.");
  }

  @Test
  void severalSegmentsAndGoals() {
    JsonNode analysis =
        said(
            Truth.THREE_SEGMENTS,
            "ship",
            "primary_better",
            "Ship Test 1: it brings 80 % more “Signed up”.");
    assertThat(analysis.at("/verdict/segment").asString()).isEqualTo("test1");
  }

  @Test
  void thePlannedEndWithoutAnEffect() {
    said(
        Truth.PLANNED_END,
        "inconclusive",
        "planned_end",
        "You can stop. If there is a gain, it is below 48.9 %.");
  }

  @Test
  void theLongestTimeWithoutAnEffect() {
    said(
        Truth.MAX_DAYS,
        "inconclusive",
        "max_days",
        "You can stop. If there is a gain, it is below 67.9 %.");
  }

  @Test
  void aPlanThatWillNotBeFilled() {
    said(
        Truth.WILL_NOT_GET_THERE,
        "keep_running",
        "will_not_get_there",
        "Not yet, and it will not get there: at this rate about 1,900 of 3,662 people come in its"
            + " 28 days. What would help: about 55 days, or a bolder version that brings a change"
            + " of 28.1 %.");
  }

  @Test
  void stoppedEarly() {
    said(
        Truth.STOPPED_EARLY,
        "inconclusive",
        "stopped_early",
        "Keep Control, or run it again: it was stopped before it was settled, and the gain could be"
            + " anything from −28.7 % to +40.2 %.");
  }

  @Test
  void anIdThatIsUsedTwiceIsNoticed() {
    time.day(0);
    PairsWorld world = Truth.EFFECT.world(port, time);
    world.sentAgain("somebody else");
    assertThat(
            check(world.analysed(folder), "duplicates")
                .get("detail")
                .asString()
                .replaceFirst("\\([^)]+\\)", "(that day)"))
        .isEqualTo(
            "1 event of the project that names no experiment (that day) came with an id that another"
                + " event has already, and with different content; the first stands and the others"
                + " are lost, to each experiment that would have counted them. Likeliest cause: ids"
                + " that are not unique, such as an order's number for two kinds of events, or a"
                + " counter that starts anew. Send a random id with each event, and the same one only"
                + " for the same event sent again.");
  }

  private JsonNode said(Truth truth, String decision, String rule, String sentence) {
    JsonNode analysis = truth.world(port, time).analysed(folder);
    String told = told(analysis);
    boolean writes = "write".equals(System.getProperty("pryo.truth"));
    if (writes) {
      write(truth, told);
    }
    assertThat(analysis.at("/verdict/sentence").asString()).isEqualTo(sentence);
    assertThat(analysis.at("/verdict/decision").asString()).isEqualTo(decision);
    assertThat(analysis.at("/verdict/rule").asString()).isEqualTo(rule);
    assertThat(told).isEqualTo(writes ? told : expected(truth));
    Matcher ugly = UGLY.matcher(told.replaceAll("(?m)^ {2}", ""));
    assertThat(ugly.find() ? ugly.group() : "").as(told).isEmpty();
    return analysis;
  }

  /// All that is said, a line each.
  private static String told(JsonNode analysis) {
    List<String> lines = new ArrayList<>();
    JsonNode verdict = analysis.get("verdict");
    lines.add("Verdict: " + verdict.get("decision").asString());
    lines.add(verdict.get("sentence").asString());
    lines.add("");
    lines.add("Summary");
    lines.add(analysis.get("summary").asString());
    lines.add("");
    lines.add("What it means");
    for (JsonNode insight : analysis.get("insights")) {
      lines.add(
          "%s: %s".formatted(insight.get("severity").asString(), insight.get("title").asString()));
      lines.add("  " + insight.get("text").asString());
    }
    lines.add("");
    lines.add("Checks");
    for (JsonNode check : analysis.get("checks")) {
      lines.add("%s: %s".formatted(check.get("status").asString(), check.get("id").asString()));
      lines.add("  " + check.get("detail").asString());
    }
    lines.add("");
    lines.add("Facts");
    for (JsonNode fact : analysis.get("facts")) {
      lines.add(
          "%s: %s%s"
              .formatted(fact.get("id").asString(), fact.get("text").asString(), interval(fact)));
      lines.add("  " + fact.get("how").asString());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String interval(JsonNode fact) {
    JsonNode interval = fact.get("interval");
    if (interval.isNull()) {
      return "";
    }
    List<Double> ends = List.of(interval.get(0).asDouble(), interval.get(1).asDouble());
    return Say.interval(
        new Analysis.Fact(
            fact.get("id").asString(), 0, fact.get("unit").asString(), "", "", null, null, ends));
  }

  private static String expected(Truth truth) {
    try (InputStream file =
        Objects.requireNonNull(
            KnownTruthTest.class.getResourceAsStream("truth/%s.txt".formatted(truth.title())),
            truth.title())) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void write(Truth truth, String told) {
    try {
      Files.createDirectories(FILES);
      Files.writeString(FILES.resolve(truth.title() + ".txt"), told);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode check(JsonNode analysis, String id) {
    for (JsonNode check : analysis.get("checks")) {
      if (check.get("id").asString().equals(id)) {
        return check;
      }
    }
    throw new AssertionError("There is no check " + id);
  }
}
