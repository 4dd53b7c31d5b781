package dev.pryo.experiment;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One of the versions that visitors see; the first of an experiment is the control.
///
/// @param key `control`, `test1`, `test2` …
/// @param instructions what changes, for whoever writes it
/// @param trafficPercentage its share of the visitors in the experiment, as it was written
/// @param quote the words of the description that it came from, where it was extracted
public record Segment(
    UUID id,
    String key,
    String name,
    @Nullable String description,
    @Nullable String instructions,
    BigDecimal trafficPercentage,
    @Nullable String quote) {

  /// The fragment that forces this segment in a preview.
  public String previewHash() {
    return "#" + key;
  }
}
