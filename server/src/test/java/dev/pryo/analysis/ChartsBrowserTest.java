package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddScriptTagOptions;
import com.microsoft.playwright.Page.AddStyleTagOptions;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  static final String CHART_JS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  /// What has come out, read from the pixels: of each chart the values that have left no colour
  /// where they belong; of a line also the places where no series has a value, and those of them
  /// that have colour from top to bottom all the same.
  static final String LOOK =
      """
      () => [...document.querySelectorAll("canvas")].map((canvas) => {
        const chart = Chart.getChart(canvas);
        const { left, right, top, bottom } = chart.chartArea;
        const ratio = chart.currentDevicePixelRatio;
        const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const own = chart.data.datasets
          .flatMap((set) => [set.borderColor, set.backgroundColor])
          .map((colour) => String(colour).match(/\\d+/g)?.slice(0, 3).map(Number));
        const colour = (x, y) => {
          const at = 4 * (Math.round(y) * width + Math.round(x));
          const rgb = [data[at], data[at + 1], data[at + 2]];
          return data[at + 3] > 20 && (Math.max(...rgb) - Math.min(...rgb) > 40
            || own.some((known) => known && known.every((part, i) => Math.abs(part - rgb[i]) < 12)));
        };
        const coloured = (x, y, w, h) => {
          for (let i = 0; i < Math.max(1, w * ratio); i++) {
            for (let j = 0; j < Math.max(1, h * ratio); j++) {
              if (colour(x * ratio + i, y * ratio + j)) return true;
            }
          }
          return false;
        };
        const missing = [];
        const nothing = chart.data.labels.map(() => true);
        chart.data.datasets.forEach((set, i) => {
          const meta = chart.getDatasetMeta(i);
          set.data.forEach((value, j) => {
            if (value === null) return;
            nothing[j] = false;
            const { x, y, base, horizontal, width, height } =
              meta.data[j].getProps(["x", "y", "base", "horizontal", "width", "height"], true);
            const bar = meta.type === "bar";
            const cx = bar && horizontal ? (x + base) / 2 : x;
            const cy = bar && !horizontal ? (y + base) / 2 : y;
            // what is thin has no pixel of its own everywhere, nor has a dashed line between its points
            const dashed = (set.borderDash || []).length > 0 && meta.data[j].options.radius === 0;
            const seen = bar ? Math.min(width, height) > 3 : !dashed;
            const inside = cx >= left && cx <= right && cy >= top && cy <= bottom;
            if (seen && inside && !coloured(cx - 1, cy - 1, 3, 3)) missing.push(set.label + " at " + j);
          });
        });
        const gaps = nothing.flatMap((none, j) => (none && chart.config.type === "line" ? [j] : []));
        const { title } = chart.options.plugins;
        return {
          id: canvas.id,
          title: title.display ? title.text : "",
          points: chart.data.labels.length,
          coloured: coloured(left, top, right - left, bottom - top),
          missing,
          gaps,
          crossed: gaps.filter((j) => coloured(chart.scales.x.getPixelForValue(j), top, 1, bottom - top)),
        };
      })\
      """;

  /// Whether the forest plot lies on its side, each interval from end to end with its lift on it.
  static final String FOREST =
      """
      () => {
        const chart = Chart.getChart("lift");
        const bar = chart.getDatasetMeta(0).data[0];
        const point = chart.getDatasetMeta(1).data[0];
        const [low, high] = chart.data.datasets[0].data[0].map((value) => chart.scales.x.getPixelForValue(value));
        return bar.horizontal
          && Math.abs(Math.min(bar.x, bar.base) - low) < 1 && Math.abs(Math.max(bar.x, bar.base) - high) < 1
          && point.x > low && point.x < high && Math.abs(point.y - bar.y) < 1 && point.options.radius > 0;
      }\
      """;

  /// Whether the segments of the progress follow each other on one bar.
  static final String STACKED =
      """
      () => {
        const chart = Chart.getChart("progress");
        const [first, second] = [0, 1].map((i) => chart.getDatasetMeta(i).data[1]);
        return first.horizontal && Math.abs(second.base - first.x) < 1 && first.y === second.y;
      }\
      """;

  private static final String PLACE =
      """
      (text) => {
        document.querySelectorAll(".plot").forEach((old) => old.remove());
        JSON.parse(text).forEach((plot, i) => {
          const box = document.createElement("div");
          box.className = "plot";
          box.hidden = true;
          box.innerHTML = `<canvas data-plot="p${i}"></canvas><script type="application/json" id="p${i}"></script>`;
          box.querySelector("canvas").id = plot.id;
          box.querySelector("script").textContent = JSON.stringify(plot);
          document.body.append(box);
        });
        document.dispatchEvent(new Event("htmx:afterSwap"));
      }\
      """;

  // Of all series the one that stands out least from what lies behind them.
  private static final String CONTRAST =
      """
      () => {
        const probe = document.createElement("span");
        document.body.append(probe);
        probe.style.color = "var(--surface)";
        const behind = getComputedStyle(probe).color;
        probe.remove();
        const light = (colour) => {
          const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        const { datasets } = Chart.getChart("exposures").data;
        return Math.min(...datasets.map((set) => contrast(light(set.backgroundColor), light(behind))));
      }\
      """;

  @RegisterExtension static final Browser browser = new Browser();

  private final List<String> complaints = new ArrayList<>();
  private Page page;

  @BeforeEach
  void aPageWithChartJs() {
    open(browser.visitor());
  }

  private void open(BrowserContext visitor) {
    page = visitor.newPage();
    page.onPageError(error -> complaints.add("error: " + error));
    page.onConsoleMessage(message -> complaints.add("console: " + message.text()));
    page.setContent("<!doctype html><html lang=en><title>Charts</title><body></body></html>");
    page.addStyleTag(new AddStyleTagOptions().setContent(resource("/static/pryo.css")));
    page.addScriptTag(new AddScriptTagOptions().setContent(resource(CHART_JS)));
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
    drawLikeThePages();
    shapes()
        .forEach((name, plots) -> {
          place(plots);
          List<Map<String, Object>> charts = look(page);
          assertThat(charts).as(name).hasSameSizeAs(plots);
          for (int i = 0; i < plots.size(); i++) {
            Map<String, Object> chart = charts.get(i);
            assertThat(chart.get("points")).isEqualTo(plots.get(i).data().labels().size());
            assertThat((Integer) chart.get("points")).isLessThanOrEqualTo(400);
            assertThat(chart.get("missing")).as("%s: %s", name, chart).isEqualTo(List.of());
            assertThat(chart.get("crossed")).as("%s: %s", name, chart).isEqualTo(List.of());
            assertThat(chart.get("coloured"))
                .as("%s: %s", name, chart)
                .isEqualTo(
                    !name.equals("nobody") || "progress".equals(chart.get("id"))); // as planned
          }
        });
    assertThat(complaints).isEmpty();
  }

  @Test
  void aDayWithoutPeopleIsAGapAndNoLine() {
    drawLikeThePages();
    place(plots(List.of(0, 1, 5, 6, 20), 3, 50));
    List<Integer> nobody = new ArrayList<>(List.of(2, 3, 4));
    IntStream.range(7, 20).forEach(nobody::add);
    List<Map<String, Object>> overTime =
        look(page).stream().filter(chart -> !List.of().equals(chart.get("gaps"))).toList();
    assertThat(overTime)
        .extracting(chart -> chart.get("id"))
        .containsExactly(
            "cumulative.trial",
            "lift_over_time.trial.conversion",
            "value_over_time.trial.conversion",
            "lift_over_time.order.sum",
            "value_over_time.order.sum");
    assertThat(overTime)
        .allSatisfy(chart -> assertThat(chart.get("gaps")).isEqualTo(nobody))
        .allSatisfy(chart -> assertThat(chart.get("crossed")).isEqualTo(List.of()));
  }

  @Test
  void whatLiesOnItsSideDoesSoOnThePagesToo() {
    drawLikeThePages();
    place(plots(days(14), 3, 50));
    assertThat(page.evaluate(FOREST)).isEqualTo(true);
    assertThat(page.evaluate(STACKED)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"America/Los_Angeles", "Pacific/Kiritimati"})
  void theDaysAreThoseOfUtcWhereverTheReaderIs(String zone) {
    open(browser.visitor(new NewContextOptions().setTimezoneId(zone)));
    drawLikeThePages();
    place(plots(days(3), 3, 50));
    assertThat(page.evaluate("Chart.getChart('exposures').data.labels"))
        .isEqualTo(List.of("2 Mar", "3 Mar", "4 Mar"));
  }

  @Test
  void theColoursFollowTheThemeAndStandOutInBoth() {
    drawLikeThePages();
    place(plots(days(14), 3, 50));
    String first = "Chart.getChart('exposures').data.datasets[0].backgroundColor";
    Object light = page.evaluate(first);
    assertThat((Double) page.evaluate(CONTRAST)).isGreaterThan(3); // WCAG 2.2, 1.4.11
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.waitForFunction("light => " + first + " !== light", light);
    assertThat((Double) page.evaluate(CONTRAST)).isGreaterThan(3);
    assertThat(look(page))
        .allSatisfy(chart -> assertThat(chart.get("missing")).isEqualTo(List.of()));
    assertThat(complaints).isEmpty();
  }

  private void drawLikeThePages() {
    page.addScriptTag(new AddScriptTagOptions().setContent(resource("/static/charts.js")));
  }

  private void place(List<Plot> plots) {
    page.evaluate(PLACE, JSON.writeValueAsString(plots));
  }

  @SuppressWarnings("unchecked") // what LOOK answers with
  static List<Map<String, Object>> look(Page page) {
    return (List<Map<String, Object>>) page.evaluate(LOOK);
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
    return IntStream.range(0, number).boxed().toList();
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

  static String resource(String path) {
    try (InputStream stream =
        Objects.requireNonNull(ChartsBrowserTest.class.getResourceAsStream(path), path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
