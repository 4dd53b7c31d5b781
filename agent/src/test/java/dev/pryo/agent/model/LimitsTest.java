package dev.pryo.agent.model;

import static dev.pryo.agent.model.Answering.calls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.model.Ended.Why;
import dev.pryo.llm.Content;
import dev.pryo.llm.Content.ToolCall;
import dev.pryo.llm.Prices;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How much a model may write.
class LimitsTest {
  private static final String LINE = "// " + "word ".repeat(20) + "\n";

  /// A plan that adds so many files beside the button.
  private static ToolCall plan(int added) {
    var paths = IntStream.range(0, added).mapToObj(LimitsTest::path).toList();
    var add = new ArrayList<Map<String, String>>();
    paths.forEach(path -> add.add(Map.of("path", path, "what", "It is new.")));
    return Shop.call(
        "plan",
        Shop.plan(Shop.BUTTON)
            .arguments()
            .replace("\"add\":[]", "\"add\":" + Content.JSON.writeValueAsString(add)));
  }

  private static String path(int number) {
    return "src/added/part" + number + ".js";
  }

  private static ToolCall file(int number, int bytes) {
    return Shop.whole(path(number), LINE.repeat(bytes / LINE.length()));
  }

  private static Answering asked(ToolCall... tried) {
    var model =
        new Answering(calls(tried), calls(Shop.call("give_up", "{\"reason\": \"Enough.\"}")));
    run(model);
    return model;
  }

  private static Ended run(Answering model) {
    return new Agent(model, Prices.builtIn(), InstantSource.system())
        .run(Shop.task(), Transcript.inMemory(), Progress.SILENT);
  }

  @Test
  void noFileIsBiggerThan256Kilobytes() {
    assertThat(asked(plan(1), file(0, 250 * 1024)).lastTold()).contains("Written: " + path(0));
    assertThat(asked(plan(1), file(0, 270 * 1024)).lastTold()).contains("bigger than 256 KB");
  }

  @Test
  void allChangesTogetherAreAtMostAMegabyte() {
    var tried = new ArrayList<>(List.of(plan(5)));
    IntStream.range(0, 5).forEach(number -> tried.add(file(number, 240 * 1024)));
    assertThat(asked(tried.toArray(ToolCall[]::new)).lastTold())
        .contains("Written: " + path(3))
        .contains("more than 1 MB");
  }

  @Test
  void aChangeOfMoreThanFortyFilesIsNotProposed() {
    var tried = new ArrayList<>(List.of(plan(41), Shop.write()));
    IntStream.range(0, 41).forEach(number -> tried.add(file(number, 200)));
    tried.add(Shop.flush());
    var ended = run(new Answering(calls(tried.toArray(ToolCall[]::new)), calls(Shop.flush())));

    assertThat(ended.why()).isEqualTo(Why.CHECKS_FAILED);
    assertThat(((Done) ended.outcome()).checks())
        .filteredOn(check -> check.id().equals("size"))
        .singleElement()
        .satisfies(check -> assertThat(check.detail()).contains("At most 40 files"));
  }

  @Test
  void aRunHasSixtyCallsAndAQuarterOfAnHour() {
    assertThat(Budget.USUAL.calls()).isEqualTo(60);
    assertThat(Budget.USUAL.time()).hasMinutes(15);
    assertThat(Budget.USUAL.refusals()).isEqualTo(10);
  }
}
