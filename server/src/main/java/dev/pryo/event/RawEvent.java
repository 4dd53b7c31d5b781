package dev.pryo.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.pryo.experiment.Experiment;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as the API shows it.
///
/// @param id as it was sent
/// @param properties a JSON object
/// @param experiment the experiment's key, where the event names it
/// @param segment the segment's key; null where the user is outside of the experiment
public record RawEvent(
    String id,
    String userId,
    String event,
    Instant timestamp,
    Instant receivedAt,
    @Nullable Double value,
    @Schema(type = "object") @JsonRawValue @Nullable String properties,
    @Nullable String experiment,
    @Nullable String segment,
    boolean simulated,
    boolean preview,
    boolean bot) {

  static RawEvent of(StoredEvent event, Experiment experiment) {
    return new RawEvent(
        event.id(),
        event.userId(),
        event.name(),
        event.at(),
        event.receivedAt(),
        event.value(),
        event.properties(),
        event.named() ? experiment.key() : null,
        segment(event, experiment),
        event.source() == Source.SIMULATED,
        event.source() == Source.PREVIEW,
        event.bot());
  }

  private static @Nullable String segment(StoredEvent event, Experiment experiment) {
    Integer segment = event.segment();
    return event.named() && segment != null && segment < experiment.segments().size()
        ? experiment.segments().get(segment).key()
        : null;
  }
}
