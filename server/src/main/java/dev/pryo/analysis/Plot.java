package dev.pryo.analysis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Chart.js configuration as it stands: `new Chart(canvas, plot)` draws it. It has no colours;
/// whoever wants each segment to have its own gives them.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plot(
    String id, String title, Type type, Data data, @Nullable Map<String, Object> options) {

  public enum Type {
    BAR,
    LINE,
    PIE
  }

  /// With its title in the picture too, so that a picture of simulated data says so wherever it is
  /// shown.
  static Plot of(String id, String title, Type type, Data data, Map<String, Object> options) {
    Map<String, Object> titled = new LinkedHashMap<>(options);
    titled.put("plugins", Map.of("title", Map.of("display", true, "text", title)));
    return new Plot(id, title, type, data, Collections.unmodifiableMap(titled));
  }

  /// @param labels as many as each dataset has values
  public record Data(List<String> labels, List<Dataset> datasets) {}

  /// One series.
  ///
  /// @param label the segment's name
  /// @param segment its key
  /// @param data numbers, `[from, to]` pairs for floating bars, or null for a gap
  /// @param type where it differs from the plot's
  /// @param fill `-1` colours what lies between this line and that of the dataset before it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Dataset(
      String label,
      String segment,
      @JsonInclude(content = JsonInclude.Include.ALWAYS) List<@Nullable Object> data,
      @Nullable Type type,
      @Nullable Boolean grouped,
      @JsonProperty("showLine") @Nullable Boolean showLine, // Chart.js's own names
      @JsonProperty("spanGaps") @Nullable Boolean spanGaps,
      @Nullable String fill) {

    /// A series of the plot's own type, with gaps where there is null.
    static Dataset of(String label, String segment, List<@Nullable Object> data) {
      return new Dataset(label, segment, data, null, null, null, false, null);
    }

    /// A line, whatever the plot's type is.
    static Dataset line(String label, String segment, List<@Nullable Object> data) {
      return new Dataset(label, segment, data, Type.LINE, null, null, false, null);
    }
  }
}
