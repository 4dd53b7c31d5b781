package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.pryo.Api;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Anybody draws the plots: a page with nothing on it but Chart.js takes them from the API and
/// hands each to it as it came.
@PryoTest
class PlainPageBrowserTest {
  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
        <title>Our experiments</title>
        <body>
          <script src="chart.js"></script>
          <script type="module">
            Chart.defaults.animation = false;
            const headers = { Authorization: "Bearer {token}" };
            const answer = await fetch("/api/experiments/{id}/analysis/series", { headers });
            const series = await answer.json();
            for (const plot of series.plots) {
              const box = document.createElement("div");
              box.innerHTML = "<canvas></canvas>";
              document.body.append(box);
              box.firstChild.id = plot.id;
              new Chart(box.firstChild, plot);
            }
            document.title = "Drawn";
          </script>
        </body>
      </html>
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private World world;
  private String id;
  private Page page;

  @BeforeEach
  void anExperimentOfSomeDays() {
    page = browser.page();
    world = World.create(port);
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Sign-up words"));
    asked.put(
        "segments", List.of(segment("Control", 40), segment("Free", 40), segment("Nobody", 20)));
    asked.put("plan", Map.of("baseline", 0.2, "mde", 0.5));
    asked.put(
        "goals",
        List.of(
            Map.of("event", "sign_up", "kind", "conversion"),
            Map.of("event", "order", "kind", "sum", "role", "secondary")));
    id = world.owner().post("/api/experiments", asked).expect(201).get("id").asString();
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "update active_period set since = since - interval '9 days' where experiment_id = :id")
                .param("id", UUID.fromString(id))
                .update()));
  }

  private static Map<String, Object> segment(String name, int share) {
    return name.equals("Control")
        ? Map.of("name", name, "traffic_percentage", share)
        : Map.of(
            "name",
            name,
            "traffic_percentage",
            share,
            "instructions",
            "change 'Sign up' to 'Join'");
  }

  @Test
  void everyPlotIsDrawnAsItStands() {
    send(6, 0);
    send(5, 200);
    send(2, 400); // and nobody on the days between, or in the third segment
    List<Map<String, Object>> charts = drawn();
    assertThat(charts)
        .extracting(chart -> chart.get("id"))
        .contains(
            "lift",
            "lift_over_time.sign_up.conversion",
            "lift_over_time.order.sum",
            "cumulative.sign_up",
            "value_over_time.order.sum",
            "exposures",
            "funnel",
            "distribution.order.sum",
            "progress");
    assertPainted(charts);
    for (String overTime : List.of("cumulative.sign_up", "lift_over_time.sign_up.conversion")) {
      assertThat(chart(charts, overTime).get("points")).as(overTime).isEqualTo(5);
      assertThat(chart(charts, overTime).get("gaps")).as(overTime).isEqualTo(List.of(2, 3));
    }
    assertThat(chart(charts, "exposures").get("gaps")).isEqualTo(List.of()); // there it is zero
    assertThat(page.evaluate(ChartsBrowserTest.FOREST)).isEqualTo(true);
    assertThat(page.evaluate(ChartsBrowserTest.STACKED)).isEqualTo(true);
  }

  @Test
  void oneDayIsAPoint() {
    send(3, 0);
    List<Map<String, Object>> charts = drawn();
    assertPainted(charts);
    assertThat(chart(charts, "cumulative.sign_up").get("points")).isEqualTo(1);
    assertThat(chart(charts, "exposures").get("points")).isEqualTo(1);
  }

  @Test
  void nobodyIsAPictureToo() {
    List<Map<String, Object>> charts = drawn();
    assertThat(chart(charts, "exposures").get("points")).isEqualTo(0);
    assertThat(chart(charts, "funnel").get("coloured")).isEqualTo(false);
    assertThat(charts).allSatisfy(chart -> assertThat(chart.get("crossed")).isEqualTo(List.of()));
  }

  /// Whoever shows a picture elsewhere shows that no real visitor is in it.
  @Test
  void aSimulationSaysSoInEveryPicture() {
    world = World.create(port);
    id = world.experiment();
    world.owner().post(path("/simulate"), Map.of("events", 400, "seed", 7)).expect(200);
    assertThat(drawn())
        .isNotEmpty()
        .allSatisfy(chart -> assertThat((String) chart.get("title")).startsWith("Simulated: "));
  }

  private static void assertPainted(List<Map<String, Object>> charts) {
    assertThat(charts)
        .allSatisfy(chart -> {
          assertThat(chart.get("missing")).as("%s", chart).isEqualTo(List.of());
          assertThat(chart.get("crossed")).as("%s", chart).isEqualTo(List.of());
          assertThat(chart.get("coloured")).as("%s", chart).isEqualTo(true);
          assertThat((String) chart.get("title")).as("%s", chart).isNotBlank();
        });
  }

  private static Map<String, Object> chart(List<Map<String, Object>> charts, String id) {
    return charts.stream().filter(chart -> id.equals(chart.get("id"))).findFirst().orElseThrow();
  }

  /// A hundred people of each of the first two segments, of whom some sign up and order at once.
  private void send(int daysAgo, int first) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = first; person < first + 200; person++) {
      String segment = person % 2 == 0 ? "control" : "test1";
      Map<String, Object> exposure = event(person, "$exposure", daysAgo);
      exposure.put("experiment", id);
      exposure.put("segment", segment);
      events.add(exposure);
      if (person % 10 < (segment.equals("control") ? 4 : 7)) {
        events.add(event(person, "sign_up", daysAgo));
        Map<String, Object> order = event(person, "order", daysAgo);
        order.put("value", 5 + person % 40);
        events.add(order);
      }
    }
    JsonNode answer =
        Api.anonymous(port).post("/api/events?key=" + world.writeKey(), events).expect(200);
    assertThat(answer.get("accepted").asInt()).isEqualTo(events.size());
  }

  private static Map<String, Object> event(int person, String name, int daysAgo) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", name + person);
    event.put("user_id", "person-" + person);
    event.put("event", name);
    Instant noon =
        LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo).atTime(12, 0).toInstant(ZoneOffset.UTC);
    event.put("timestamp", noon.toString());
    return event;
  }

  /// Ends what runs and opens the plain page.
  private List<Map<String, Object>> drawn() {
    if (world.owner().get(path("")).expect(200).get("status").asString().equals("active")) {
      world.owner().post(path("/finish?wait=true"), null).expect(200);
    }
    List<String> complaints = new ArrayList<>();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> complaints.add(message.text()));
    String folder = "http://localhost:%d/elsewhere/".formatted(port);
    page.route(
        folder + "numbers.html",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/html")
                    .setBody(HTML.replace("{token}", world.owner().token()).replace("{id}", id))));
    page.route(
        folder + "chart.js",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("text/javascript")
                    .setBody(ChartsBrowserTest.resource(ChartsBrowserTest.CHART_JS))));
    page.navigate(folder + "numbers.html");
    page.waitForFunction("document.title === 'Drawn'");
    assertThat(complaints).isEmpty();
    return ChartsBrowserTest.look(page);
  }

  private String path(String rest) {
    return "/api/experiments/" + id + rest;
  }
}
