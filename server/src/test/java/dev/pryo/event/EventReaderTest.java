package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.platform.TooLarge;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.server.ResponseStatusException;

class EventReaderTest {
  private static final String GOOD = "{\"id\":\"a\",\"user_id\":\"u\",\"event\":\"purchase\"}";

  @Test
  void oneEventAnArrayAndAnEnvelopeAreTheSame() {
    for (String body :
        new String[] {
          GOOD,
          " [" + GOOD + "] ",
          "{\"events\":[" + GOOD + "]}",
          "{\"sent\":{\"events\":1},\"events\":[" + GOOD + "],\"more\":[]}",
          "\uFEFF" + GOOD
        }) {
      EventReader.Batch batch = read(body);
      assertThat(batch.rejected()).as(body).isEmpty();
      assertThat(batch.events())
          .singleElement()
          .satisfies(event -> assertThat(event.id()).isEqualTo("a"));
    }
    assertThat(read("[]").events()).isEmpty();
  }

  @Test
  void everyFieldIsRead() {
    SentEvent event =
        read("""
        [7, {"properties": { "näme" : ["ö\\u00e9", {"n":1.50}], "e":1e3 } , "id":"x1","user_id":"ü",
          "event":"purchase","timestamp":"2026-01-31T12:00:00.5+01:00","value":-3.25,
          "experiment_id":"buy","segment":"test1","preview":true,"unknown":{"a":["\\u0000"]}}]\
        """)
            .events()
            .getFirst();
    assertThat(event)
        .isEqualTo(
            new SentEvent(
                1,
                "x1",
                "ü",
                "purchase",
                Instant.parse("2026-01-31T11:00:00.500Z"),
                -3.25,
                "{ \"näme\" : [\"ö\\u00e9\", {\"n\":1.50}], \"e\":1e3 }",
                "buy",
                "test1",
                true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "nope",
        "\"text\"",
        "42",
        "null",
        "{",
        "[{]",
        "[{\"id\":\"a\"},]",
        "{\"id\":\"a\" \"b\":1}",
        "[] []",
        "{\"id\":\"\n\"}"
      })
  void whatIsNoJsonOrNoEventsFailsAsAWhole(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(ResponseStatusException.class)
        .hasMessageContaining("400");
  }

  @Test
  void aMillionBracketsAreRefusedAndNotFollowed() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000)))
        .isInstanceOf(ResponseStatusException.class);
    assertThatThrownBy(() -> read("{\"a\":".repeat(800_000)))
        .isInstanceOf(ResponseStatusException.class);
  }

  @Test
  void otherEncodingsAreRefused() {
    byte[] utf16 = GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> EventReader.read(utf16, utf16.length))
        .isInstanceOf(ResponseStatusException.class)
        .hasMessageContaining("UTF-8");
    byte[] latin =
        GOOD.replace("purchase", "ä").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> EventReader.read(latin, latin.length))
        .isInstanceOf(ResponseStatusException.class);
  }

  @Test
  void aThousandEventsAreReadAndOneMoreIsTooMany() {
    assertThat(read(list(1_000)).events()).hasSize(1_000);
    assertThatThrownBy(() -> read(list(1_001))).isInstanceOf(TooLarge.class);
  }

  private static String list(int size) {
    return IntStream.range(0, size).mapToObj(i -> GOOD).collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void anEventOf32KibIsReadAndOneByteMoreIsNot() {
    String frame = GOOD.replace("}", ",\"properties\":{\"p\":\"%s\"}}");
    String largest = frame.formatted("x".repeat((32 << 10) - frame.length() + 2));
    assertThat(largest).hasSize(32 << 10);
    assertThat(read(largest).events()).hasSize(1);
    assertThat(read(largest.replaceFirst("x", "xx")).rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains("32 KiB"));
  }

  @Test
  void anEventMayBeNested64DeepAndNoDeeper() {
    String frame = GOOD.replace("}", ",\"properties\":{\"p\":%s}}");
    assertThat(read(frame.formatted("[".repeat(62) + "]".repeat(62))).events()).hasSize(1);
    for (int depth : new int[] {63, 200, 5_000}) {
      EventReader.Batch batch =
          read("[" + frame.formatted("[".repeat(depth) + "]".repeat(depth)) + "," + GOOD + "]");
      assertThat(batch.events()).hasSize(1);
      assertThat(batch.rejected().getFirst().reason()).contains("64");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e308 | true",
        "-1.5 | true",
        "0 | true",
        "1e309 | false",
        "-1e400 | false",
        "NaN | false",
        "-Infinity | false",
        "1e99999999999 | false",
        "0e-100000 | false",
        "true | false",
        "\"1\" | false",
        "[1] | false",
        "null | true"
      })
  void aValueIsANumberThatADoubleHolds(String written, boolean good) {
    EventReader.Batch batch = read(GOOD.replace("}", ",\"value\":" + written + "}"));
    assertThat(batch.events()).hasSize(good ? 1 : 0);
    assertThat(batch.rejected()).hasSize(good ? 0 : 1);
  }

  @Test
  void numbersOfManyDigitsFailTheirEventOnly() {
    for (int digits : new int[] {400, 2_000, 40_000}) {
      EventReader.Batch batch =
          read(
              "["
                  + GOOD.replace("}", ",\"properties\":{\"n\":" + "9".repeat(digits) + "}},")
                  + GOOD
                  + "]");
      assertThat(batch.events()).hasSize(1);
      assertThat(batch.rejected()).hasSize(1);
    }
  }

  private static EventReader.Batch read(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return EventReader.read(bytes, bytes.length);
  }
}
