package dev.pryo.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.event.Receipt.Rejected;
import dev.pryo.platform.TooLarge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads the events of one request in one pass: a single event, an array, or an object with
/// `events`.
///
/// Text that is not JSON fails as a whole. Within JSON each event stands for itself: what is wrong
/// with one is noted with its place, and its neighbours are read all the same. The parser's own
/// limits are therefore far beyond those of an event, which [EventDraft] and [ValueCheck] know.
final class EventReader {
  static final int MOST_EVENTS = 1_000;

  // deeper than any event of the allowed size can be by accident, shallow enough to cost nothing
  private static final int DEEPEST_BODY = 100_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // so that NaN fails its event only
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_BODY)
                  .maxNumberLength(Bodies.LARGEST)
                  .maxNameLength(Bodies.LARGEST)
                  .maxStringLength(Bodies.LARGEST)
                  .build())
          .build();

  /// What a request holds.
  record Batch(List<SentEvent> events, List<Rejected> rejected) {}

  private final byte[] body;
  private final JsonParser parser;
  private final List<SentEvent> events = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private int next;

  /// @throws ResponseStatusException 400, if the body is no JSON or no events
  /// @throws TooLarge if it holds more than 1,000 events
  static Batch read(byte[] bytes, int length) {
    byte[] body = withoutMark(bytes, length);
    int size = body == bytes ? length : body.length;
    if (size > 1 && (body[0] == 0 || body[1] == 0 || (body[0] & 0xff) >= 0xfe)) {
      throw unreadable("it is not UTF-8");
    }
    try (JsonParser parser = JSON.createParser(body, 0, size)) {
      return new EventReader(body, parser).read();
    } catch (JacksonException e) {
      throw unreadable(String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
    }
  }

  private static byte[] withoutMark(byte[] bytes, int length) {
    boolean marked =
        length >= 3
            && (bytes[0] & 0xff) == 0xef
            && (bytes[1] & 0xff) == 0xbb
            && (bytes[2] & 0xff) == 0xbf;
    return marked ? Arrays.copyOfRange(bytes, 3, length) : bytes;
  }

  private EventReader(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  private Batch read() {
    switch (parser.nextToken()) {
      case START_ARRAY -> readList();
      case START_OBJECT -> readEvent(0, true);
      case null -> throw unreadable("it is empty");
      default -> throw unreadable("it is neither an event nor a list of events");
    }
    if (parser.nextToken() != null) {
      throw unreadable("something follows its end; several events go into an array");
    }
    return new Batch(events, rejected);
  }

  private void readList() {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int index = nextIndex();
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readEvent(index, false);
      } else {
        parser.skipChildren();
        rejected.add(new Rejected(index, null, "an event is an object: send {\"id\": …}"));
      }
    }
  }

  private int nextIndex() {
    if (next == MOST_EVENTS) {
      throw new TooLarge(
          "A request may hold %,d events: send the rest in another.".formatted(MOST_EVENTS));
    }
    return next++;
  }

  /// Reads the object that the parser stands on.
  ///
  /// @param mayBeEnvelope whether a list under `events` makes it an envelope, whatever else stands
  ///   in it
  private void readEvent(int index, boolean mayBeEnvelope) {
    EventDraft draft = new EventDraft(parser);
    boolean envelope = false;
    long start = parser.currentTokenLocation().getByteOffset();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (mayBeEnvelope && name.equals("events") && value == JsonToken.START_ARRAY) {
        envelope = true;
        readList();
      } else if (name.equals("properties") && value == JsonToken.START_OBJECT) {
        long from = parser.currentTokenLocation().getByteOffset();
        draft.properties(() -> text(from, parser.currentLocation().getByteOffset()));
      } else {
        draft.field(name);
      }
    }
    if (!envelope) {
      long size = parser.currentLocation().getByteOffset() - start;
      draft.finish(index, size, events, rejected);
    }
  }

  private String text(long from, long to) {
    return new String(body, (int) from, (int) (to - from), UTF_8);
  }

  static ResponseStatusException unreadable(String why) {
    return new ResponseStatusException(
        HttpStatus.BAD_REQUEST,
        "The body cannot be read as JSON: %s. Send an event, an array of events, or {\"events\": […]}."
            .formatted(why));
  }
}
