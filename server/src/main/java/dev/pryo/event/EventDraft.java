package dev.pryo.event;

import dev.pryo.event.Receipt.Rejected;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One event while it is being read: its fields so far, and the first thing that is wrong with it.
final class EventDraft {
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_NAME = 200;
  private static final int LARGEST = 32 << 10;

  private final JsonParser parser;
  private final Set<String> names = new HashSet<>();
  private @Nullable String reason;
  private @Nullable String id;
  private @Nullable String userId;
  private @Nullable String event;
  private @Nullable Instant timestamp;
  private @Nullable Double value;
  private @Nullable String properties;
  private @Nullable String experiment;
  private @Nullable String alias;
  private @Nullable String segment;
  private boolean preview;

  EventDraft(JsonParser parser) {
    this.parser = parser;
  }

  /// Takes the value that the parser stands on. Unknown fields are passed over.
  void field(String name) {
    once(name);
    switch (name) {
      case "id" -> id = text(name, LONGEST_ID);
      case "user_id" -> userId = text(name, LARGEST);
      case "event" -> event = text(name, LONGEST_NAME);
      case "experiment" -> experiment = text(name, LONGEST_NAME);
      case "experiment_id" -> alias = text(name, LONGEST_NAME);
      case "segment" -> segment = text(name, LONGEST_NAME);
      case "timestamp" -> timestamp = time(text(name, LONGEST_NAME));
      case "value" -> value = number();
      case "preview" -> preview = flag();
      case "properties" -> noProperties();
      default -> check(ValueCheck.depth(parser));
    }
  }

  /// Takes the object that the parser stands on.
  ///
  /// @param written what it says, once the parser has reached its end
  void properties(Supplier<String> written) {
    once("properties");
    String wrong = ValueCheck.content(parser);
    check(wrong == null ? null : "properties: " + wrong);
    if (reason == null) {
      properties = written.get();
    }
  }

  private void once(String name) {
    if (!names.add(name)) {
      refuse("the field %s stands there twice: send it once".formatted(shown(name)));
    }
  }

  private static String shown(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64) + "…";
  }

  private @Nullable String text(String field, int longest) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      check(ValueCheck.depth(parser));
      refuse(field + " must be text: put it in quotation marks");
      return null;
    }
    String text = parser.getString();
    String wrong = ValueCheck.text(text);
    if (wrong != null) {
      refuse(field + " " + wrong);
      return null;
    }
    if (text.codePointCount(0, text.length()) > longest) {
      refuse("%s has more than %d characters: shorten it".formatted(field, longest));
      return null;
    }
    return text;
  }

  private @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      refuse("timestamp is no time: send RFC 3339 such as 2026-01-31T12:00:00Z, or leave it out");
      return null;
    }
  }

  private @Nullable Double number() {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    boolean number = parser.currentToken().isNumeric();
    String wrong = number ? ValueCheck.number(parser.getString()) : ValueCheck.depth(parser);
    check(wrong);
    if (!number) {
      refuse("value must be a number, without quotation marks");
    }
    return reason == null ? Double.valueOf(parser.getString()) : null;
  }

  private boolean flag() {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE
        && token != JsonToken.VALUE_FALSE
        && token != JsonToken.VALUE_NULL) {
      check(ValueCheck.depth(parser));
      refuse("preview must be true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private void noProperties() {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      check(ValueCheck.depth(parser));
      refuse("properties must be an object: send {\"name\": value}");
    }
  }

  private void check(@Nullable String wrong) {
    if (wrong != null) {
      refuse(wrong);
    }
  }

  private void refuse(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /// The event is complete: it goes to the good ones or to the rejected ones.
  ///
  /// @param bytes how long it was
  void finish(int index, long bytes, List<SentEvent> good, List<Rejected> rejected) {
    if (bytes > LARGEST) {
      reason = "the event is over 32 KiB: send less in properties";
    }
    require(id, "id is missing: send one, and the same again when the event is sent again");
    require(userId, "user_id is missing: say whose event it is");
    require(event, "event is missing: say what happened");
    check(experimentProblem());
    if (reason != null || id == null || userId == null || event == null) {
      rejected.add(new Rejected(index, id, String.valueOf(reason)));
      return;
    }
    good.add(
        new SentEvent(
            index,
            id,
            userId,
            event,
            timestamp,
            value,
            properties,
            experiment == null ? alias : experiment,
            segment,
            preview));
  }

  private void require(@Nullable String text, String why) {
    if (text == null || text.isEmpty()) {
      refuse(why);
    }
  }

  private @Nullable String experimentProblem() {
    if (experiment != null && alias != null && !experiment.equals(alias)) {
      return "experiment and experiment_id differ: send one of them";
    }
    if (experiment != null || alias != null) {
      return null;
    }
    if (segment != null) {
      return "segment needs its experiment: send that too, or neither";
    }
    return NewEvent.EXPOSURE.equals(event) ? "an exposure needs experiment: say which one" : null;
  }
}
