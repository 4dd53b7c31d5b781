package dev.pryo.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Progress;
import dev.pryo.agent.model.Transcript.Told;
import dev.pryo.llm.Content;
import dev.pryo.llm.Exchange;
import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Prices;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
  @TempDir private Path folder;

  private Ended run(LanguageModel model, Path file) {
    return new Agent(model, Prices.builtIn(), InstantSource.system())
        .run(Shop.task(), TranscriptFile.open(file), Progress.SILENT);
  }

  @Test
  void aRecordInAFileIsReplayedToTheSameEnd() {
    var file = folder.resolve("run.jsonl");
    var first = run(Answering.well(), file);
    var scripted = new Scripted(Transcript.exchanges(TranscriptFile.read(file)));

    var again = run(scripted, folder.resolve("again.jsonl"));

    assertThat(scripted.isOver()).isTrue();
    assertThat(again.why()).isEqualTo(first.why());
    assertThat(again.spent()).isEqualTo(first.spent());
    assertThat(folder.resolve("again.jsonl")).hasSameTextualContentAs(file);
  }

  @Test
  void aLineThatIsHalfWrittenIsAsGoodAsNotThere() throws IOException {
    var file = folder.resolve("run.jsonl");
    run(Answering.well(), file);
    var whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 40));
    var model = new Scripted(List.of(new Exchange(lastTold(whole), lastAnswer())));

    run(model, file);

    assertThat(model.isOver()).isTrue();
    assertThat(file).hasContent(whole.strip());
  }

  private static Answer lastAnswer() {
    return (Answer) Answering.calls(Shop.flush());
  }

  private List<Content> lastTold(String whole) throws IOException {
    var copy = Files.writeString(folder.resolve("whole.jsonl"), whole);
    return Transcript.exchanges(TranscriptFile.read(copy)).getLast().told();
  }

  @Test
  void aRunThatGoesAnotherWayDropsTheRecordsEnd() {
    var earlier =
        List.<Transcript.Entry>of(
            new Told(List.of(new Content.Text("an older prompt"))),
            new Transcript.Answered(lastAnswer()));
    var transcript = new Transcript(earlier, (_, _) -> {});
    var model = Answering.well();

    new Agent(model, Prices.builtIn(), InstantSource.system())
        .run(Shop.task(), transcript, Progress.SILENT);

    assertThat(model.asked()).hasSize(5);
    assertThat(transcript.entries()).doesNotContain(earlier.getFirst());
  }

  @Test
  void forPeopleSecretsAreMaskedAndResultsAreASize() {
    var transcript =
        new Transcript(
            List.of(
                new Told(List.of(new Content.ToolResult("1", "x".repeat(500), false))),
                new Transcript.Answered(
                    (Answer)
                        Answering.calls(
                            Shop.call(
                                "write_file", "{\"content\": \"sk_live_4242424242424242aaaa\"}")))),
            (_, _) -> {});

    assertThat(transcript.lines())
        .containsExactly(
            new Transcript.Line("result", "", "", 500),
            new Transcript.Line("call", "write_file", "(hidden: it holds a Stripe key)", 43));
  }
}
