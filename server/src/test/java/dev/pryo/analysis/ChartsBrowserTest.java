package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddScriptTagOptions;
import com.microsoft.playwright.Page.AddStyleTagOptions;
import dev.pryo.Browser;
import dev.pryo.event.DayEnd;
import dev.pryo.event.Spread;
import dev.pryo.event.Totals.Day;
import dev.pryo.event.Totals.GoalTotal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Every configuration in the real Chart.js: as it stands, the way anyone may draw it, and by the
/// script of the pages.
class ChartsBrowserTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
          .build();

  // Says of each plot what is not where its numbers are.
  private static final String DRAW =
      """
      (text) => JSON.parse(text).flatMap((plot) => {
        const canvas = document.createElement("canvas");
        canvas.width = 600;
        canvas.height = 240;
        document.body.append(canvas);
        const chart = new Chart(canvas, {
          type: plot.type,
          data: plot.data,
          options: { ...plot.options, animation: false, responsive: false },
        });
        const wrong = [];
        const say = (what) => wrong.push(plot.id + ": " + what);
        chart.data.datasets.forEach((set, i) => {
          const drawn = chart.getDatasetMeta(i);
          const type = set.type || plot.type;
          if (drawn.data.length !== plot.data.labels.length) say(set.label + " has " + drawn.data.length + " elements");
          set.data.forEach((value, j) => {
            const element = drawn.data[j];
            const ends = element.getProps(["x", "y", "base"], true);
            if (value === null) {
              if (type === "line" && !element.skip) say(set.label + " draws a gap at " + j);
            } else if (!Number.isFinite(ends.x) || !Number.isFinite(ends.y)) {
              say(set.label + " is nowhere at " + j);
            } else {
              const area = chart.chartArea;
              const inside = ends.x > area.left - 1 && ends.x < area.right + 1 && ends.y > area.top - 1 && ends.y < area.bottom + 1;
              const bounded = plot.options?.scales?.y?.max !== undefined; // what is wider runs out of it
              if (!inside && !bounded) say(set.label + " leaves the chart at " + j);
            }
          });
        });
        for (const scale of Object.values(chart.scales)) {
          if (!Number.isFinite(scale.min) || !Number.isFinite(scale.max)) say("scale " + scale.id + " has no end");
        }
        chart.destroy();
        canvas.remove();
        return wrong;
      })\
      """;

  private static final String PLACE =
      """
      (text) => JSON.parse(text).forEach((plot, i) => {
        const box = document.createElement("div");
        box.className = "plot";
        box.hidden = true;
        box.innerHTML = `<canvas data-plot="p${i}"></canvas><script type="application/json" id="p${i}"></script>`;
        box.querySelector("script").textContent = JSON.stringify(plot);
        document.body.append(box);
      })\
      """;

  private static final String DRAWN =
      """
      () => [...document.querySelectorAll("canvas[data-plot]")].map((canvas) => {
        const chart = Chart.getChart(canvas);
        return chart ? chart.data.labels.length : -1;
      })\
      """;

  @RegisterExtension static final Browser browser = new Browser();

  private final List<String> complaints = new ArrayList<>();
  private Page page;

  @BeforeEach
  void aPageWithChartJs() {
    page = browser.page();
    page.onPageError(error -> complaints.add("error: " + error));
    page.onConsoleMessage(message -> complaints.add("console: " + message.text()));
    page.setContent("<!doctype html><html lang=en><title>Charts</title><body></body></html>");
    page.addStyleTag(new AddStyleTagOptions().setContent(resource("/static/pryo.css")));
    page.addScriptTag(
        new AddScriptTagOptions()
            .setContent(
                resource("/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js")));
  }

  @Test
  void everyPlotOfEveryShapeIsDrawnAsItStands() {
    shapes()
        .forEach((name, plots) ->
            assertThat(page.evaluate(DRAW, JSON.writeValueAsString(plots)))
                .as(name)
                .isEqualTo(List.of()));
    assertThat(complaints).isEmpty();
  }

  @Test
  void thePagesDrawThemToo() {
    List<Plot> all = shapes().values().stream().flatMap(List::stream).toList();
    page.evaluate(PLACE, JSON.writeValueAsString(all));
    page.addScriptTag(new AddScriptTagOptions().setContent(resource("/static/charts.js")));
    assertThat(page.evaluate(DRAWN))
        .isEqualTo(all.stream().map(plot -> plot.data().labels().size()).toList());
    assertThat(complaints).isEmpty();
  }

  private static Map<String, List<Plot>> shapes() {
    Map<String, List<Plot>> shapes = new LinkedHashMap<>();
    shapes.put("usual", plots(days(14), 3, 50));
    shapes.put("one point", plots(days(1), 3, 50));
    shapes.put("gap days", plots(List.of(0, 1, 5, 6, 20), 3, 50));
    shapes.put("an empty segment", plots(days(5), 0, 50));
    shapes.put("negative values", plots(days(14), 3, -7.5));
    shapes.put("a whale", plots(days(14), 3, 1e12));
    shapes.put("more than 400 days", plots(days(950), 3, 50));
    shapes.put("nobody", plots(List.of(), 3, 50));
    return shapes;
  }

  private static List<Integer> days(int number) {
    return java.util.stream.IntStream.range(0, number).boxed().toList();
  }

  /// @param each how many people a day come to the third segment
  /// @param value what the people who order pay on the last day
  private static List<Plot> plots(List<Integer> days, int each, double value) {
    List<DayEnd> ends = new ArrayList<>();
    List<Day> exposures = new ArrayList<>();
    long[] users = new long[3];
    double[] sums = new double[3];
    double[] squares = new double[3];
    for (int day : days) {
      long[] came = {20, 25, each};
      for (int segment = 0; segment < 3; segment++) {
        users[segment] += came[segment];
        boolean last = day == days.getLast();
        double paid = came[segment] == 0 ? 0 : last ? value : 30 + segment;
        sums[segment] += paid;
        squares[segment] += paid * paid;
        exposures.add(
            new Day(
                FIRST.plusDays(day),
                segment,
                came[segment],
                List.of(came[segment] / 4, came[segment] / 5)));
      }
      ends.add(
          new DayEnd(
              FIRST.plusDays(day),
              SeriesTest.people(came),
              SeriesTest.people(users),
              totals(users, sums, squares)));
    }
    Given given =
        Given.experiment()
            .segments("40", "40", "20")
            .goals(Given.conversion("trial", "Trial"), Given.sum("order", "Revenue"))
            .planned(1_000)
            .users(users)
            .days(exposures.toArray(Day[]::new))
            .finished();
    totals(users, sums, squares).forEach(given::total);
    List<Spread> spreads = days.isEmpty() ? List.of() : List.of(spread(each, value));
    List<Plot> plots = SeriesOf.of(given.look(), ends, spreads, given.analysis().plots()).plots();
    assertThat(plots)
        .extracting(plot -> plot.id().replaceAll("\\..*", ""))
        .contains(
            "lift",
            "rate",
            "mean",
            "funnel",
            "progress",
            "exposures",
            "cumulative",
            "lift_over_time",
            "value_over_time");
    return plots;
  }

  private static List<GoalTotal> totals(long[] users, double[] sums, double[] squares) {
    List<GoalTotal> totals = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      long did = users[segment] / 4;
      totals.add(new GoalTotal(0, segment, users[segment], did, did, did, did, did, null));
      totals.add(
          new GoalTotal(
              1,
              segment,
              users[segment],
              did,
              did,
              sums[segment],
              sums[segment],
              squares[segment],
              null));
    }
    return totals;
  }

  private static Spread spread(int each, double value) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(22, 1L));
    counts.set(21, 3L);
    List<Double> quantiles = List.of(1.0, 2.0, 3.0, 4.0, 5.0, value);
    Spread.Segment usual = new Spread.Segment(List.copyOf(counts), quantiles);
    Spread.Segment empty = new Spread.Segment(Collections.nCopies(22, 0L), List.of());
    return new Spread(
        1, Math.min(0, value), 0.5, 20, List.of(usual, usual, each == 0 ? empty : usual));
  }

  private static String resource(String path) {
    try (InputStream stream =
        Objects.requireNonNull(ChartsBrowserTest.class.getResourceAsStream(path), path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
