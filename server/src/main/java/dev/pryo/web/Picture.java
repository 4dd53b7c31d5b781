package dev.pryo.web;

import dev.pryo.analysis.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A plot on a page: the Chart.js configuration for the script, and the same numbers as a table.
///
/// @param id an id in the page
/// @param json safe inside a script element
/// @param legend the segments, each once
/// @param head the series, in the order of the cells
public record Picture(
    String id,
    String title,
    String unit,
    String json,
    List<Column> legend,
    List<Column> head,
    List<Row> rows,
    boolean empty) {

  /// @param index the segment's number, for its colour
  public record Column(int index, String name) {}

  public record Row(String label, List<String> cells) {}

  static Picture of(Plot plot, JsonMapper mapper) {
    // of a segment that is drawn twice, as a bar and as a point, the table shows the point
    List<Plot.Dataset> shown = plot.data().datasets();
    List<Row> rows =
        IntStream.range(0, plot.data().labels().size())
            .mapToObj(i ->
                new Row(
                    plot.data().labels().get(i),
                    shown.stream().map(dataset -> cell(dataset.data().get(i))).toList()))
            .toList();
    return new Picture(
        "plot-" + plot.id().replaceAll("[^A-Za-z0-9_-]", "-"),
        plot.title(),
        unit(plot),
        mapper.writeValueAsString(plot).replace("<", "\\u003c").replace("&", "\\u0026"),
        legend(shown),
        shown.stream()
            .map(dataset -> new Column(index(dataset.segment()), dataset.label()))
            .toList(),
        rows,
        rows.isEmpty());
  }

  /// Of a segment with several series, such as the ends of its interval, the one that has its name
  /// alone.
  private static List<Column> legend(List<Plot.Dataset> datasets) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Plot.Dataset dataset : datasets) {
      names.merge(
          dataset.segment(),
          dataset.label(),
          (one, other) -> other.length() < one.length() ? other : one);
    }
    return names.entrySet().stream()
        .map(each -> new Column(index(each.getKey()), each.getValue()))
        .toList();
  }

  /// The number in a segment's key, 0 for the control.
  static int index(String key) {
    return key.matches("test\\d{1,2}") ? Integer.parseInt(key.substring(4)) : 0;
  }

  private static String unit(Plot plot) {
    Map<String, Object> options = plot.options() == null ? Map.of() : plot.options();
    return options.get("scales") instanceof Map<?, ?> scales
            && scales.get("y") instanceof Map<?, ?> axis
            && axis.get("title") instanceof Map<?, ?> title
            && title.get("text") instanceof String text
        ? text
        : "";
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "–";
      case Number number when number.doubleValue() == Math.rint(number.doubleValue()) ->
          Texts.number(number.longValue());
      case Number number -> String.format(Locale.UK, "%,.2f", number.doubleValue());
      case List<?> pair -> new ArrayList<>(pair).toString();
      default -> value.toString();
    };
  }
}
