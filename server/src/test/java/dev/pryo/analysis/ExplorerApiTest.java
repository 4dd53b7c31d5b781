package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Day by day, and apart for a property, over HTTP.
@PryoTest
class ExplorerApiTest {
  private static final int PEOPLE = 200;

  @LocalServerPort int port;
  private World world;
  private String id;

  @BeforeEach
  void anActiveExperiment() {
    world = World.create(port);
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Sign-up words"));
    asked.put(
        "goals",
        List.of(
            Map.of("event", "sign_up", "kind", "conversion"),
            Map.of(
                "event",
                "order",
                "kind",
                "sum",
                "cap_quantile",
                0.9,
                "filter",
                List.of(Map.of("property", "currency", "op", "eq", "value", "EUR")))));
    id = world.owner().post("/api/experiments", asked).expect(201).get("id").asString();
    post("/activate", Map.of("force", true));
  }

  @Test
  void aSeriesIsThereOnceThereIsAnAnalysis() {
    assertThat(get("/analysis/series").status()).isEqualTo(404);
    send();
    JsonNode analysis = post("/analyse", null);
    JsonNode series = get("/analysis/series").expect(200);
    assertThat(series.get("zone").asString()).isEqualTo("UTC");
    assertThat(series.get("source").asString()).isEqualTo("live");
    assertThat(series.get("step_days").asInt()).isEqualTo(1);
    int days = series.get("days").size();
    assertThat(days).isBetween(1, 2); // a test may run over midnight
    JsonNode users = series.at("/segments/1/users");
    assertThat(users.get(days - 1).asInt()).isEqualTo(PEOPLE);
    JsonNode lift = series.at("/goals/0/lifts/0");
    assertThat(lift.get("segment").asString()).isEqualTo("test1");
    JsonNode decided = analysis.at("/statistics/comparisons/0");
    assertThat(newest(lift.get("lift"))).isEqualTo(decided.get("relative_lift").asDouble());
    assertThat(newest(lift.get("lower")))
        .isEqualTo(decided.at("/always_valid/interval/0").asDouble());
    assertThat(newest(lift.get("upper")))
        .isEqualTo(decided.at("/always_valid/interval/1").asDouble());
    List<String> plots = new ArrayList<>();
    series.get("plots").forEach(plot -> plots.add(plot.get("id").asString()));
    assertThat(plots)
        .contains(
            "lift",
            "funnel",
            "exposures",
            "cumulative.sign_up",
            "lift_over_time.sign_up.conversion",
            "value_over_time.order.sum.currency.eq.EUR",
            "distribution.order.sum.currency.eq.EUR");
    assertThat(series.at("/distributions/0/bins/0").asString()).isEqualTo("nothing");
    assertThat(series.at("/distributions/0/segments/0/counts/0").asInt()).isEqualTo(PEOPLE - 10);
    assertThat(get("/analysis/series?source=simulated").status()).isEqualTo(404);
  }

  private static double newest(JsonNode list) {
    double newest = Double.NaN;
    for (JsonNode each : list) {
      newest = each.isNull() ? newest : each.asDouble();
    }
    return newest;
  }

  /// Ten of a segment order for 1 to 10 euros each; a dollar order does not count, and of twenty
  /// the two largest are cut to their nine tenths.
  @Test
  void filterAndCapAreAppliedToAllArmsTogether() {
    send();
    JsonNode order = post("/analyse", null).at("/statistics/comparisons/1");
    double cap = 9.1; // of 1, 1, 2, 2, … 10, 10 the nine tenths are a tenth of the way from 9 to 10
    assertThat(order.at("/control/n").asInt()).isEqualTo(PEOPLE);
    double expected = (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + cap) / PEOPLE;
    assertThat(order.at("/control/mean").asDouble()).isCloseTo(expected, within(1e-12));
    assertThat(order.at("/test/mean").asDouble()).isCloseTo(expected, within(1e-12));
    JsonNode goals = get("").expect(200).get("goals");
    assertThat(goals.at("/1/filter/0/value").asString()).isEqualTo("EUR");
    assertThat(goals.at("/1/cap_quantile").asDouble()).isEqualTo(0.9);
  }

  @Test
  void aBreakdownTellsItsPeopleApartAndChangesNoVerdict() {
    send();
    JsonNode analysis = post("/analyse", null);
    JsonNode apart = get("/analysis?by=country").expect(200);
    JsonNode breakdown = apart.get("breakdown");
    assertThat(breakdown.get("exploratory").asBoolean()).isTrue();
    assertThat(breakdown.get("property").asString()).isEqualTo("country");
    assertThat(breakdown.get("correction").asString()).isEqualTo("holm");
    assertThat(breakdown.get("cells").asInt()).isEqualTo(3 * 2);
    assertThat(breakdown.at("/groups/0/value").asString()).isEqualTo("DE");
    assertThat(breakdown.at("/groups/1/value").asString()).isEqualTo("FR");
    assertThat(breakdown.at("/groups/2/kind").asString()).isEqualTo("none");
    assertThat(breakdown.at("/groups/0/people/0/users").asInt()).isEqualTo(100);
    assertThat(breakdown.at("/groups/2/people/1/users").asInt()).isEqualTo(40);
    assertThat(breakdown.at("/groups/0/comparisons/0/control/n").asInt()).isEqualTo(100);
    assertThat(breakdown.at("/groups/0/comparisons/0/control/mean").asDouble()).isEqualTo(0.2);
    assertThat(apart.get("verdict")).isEqualTo(analysis.get("verdict"));
    assertThat(apart.get("statistics")).isEqualTo(analysis.get("statistics"));
    assertThat(get("/analysis").expect(200)).isEqualTo(analysis);
  }

  @Test
  void whatCannotBeAskedIsNamed() {
    send();
    post("/analyse", null);
    for (String wrong : List.of("", "%20", "a%0Ab", "x".repeat(101))) {
      assertThat(get("/analysis?by=" + wrong).expect(422).at("/errors/0/field").asString())
          .isEqualTo("by");
    }
    assertThat(
            get("/analysis?history=true&by=country").expect(422).at("/errors/0/field").asString())
        .isEqualTo("by");
    JsonNode nothing = get("/analysis?by=' or 1 = 1 --".replace(" ", "%20")).expect(200);
    assertThat(nothing.at("/breakdown/groups/0/kind").asString()).isEqualTo("none");
    assertThat(nothing.at("/breakdown/groups").size()).isEqualTo(1);
  }

  @Test
  void somebodyElseSeesNothing() {
    send();
    post("/analyse", null);
    Api stranger = Api.signedUp(port);
    assertThat(stranger.get("/api/experiments/" + id + "/analysis/series").status()).isEqualTo(404);
    assertThat(stranger.get("/api/experiments/" + id + "/analysis?by=country").status())
        .isEqualTo(404);
  }

  /// Half of each segment are from Germany, three tenths from France, the rest does not say.
  private void send() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (String segment : List.of("control", "test1")) {
      for (int i = 0; i < PEOPLE; i++) {
        Map<String, Object> exposure = event(segment, i, "$exposure");
        exposure.put("experiment", id);
        exposure.put("segment", segment);
        if (i % 10 < 8) {
          exposure.put("properties", Map.of("country", i % 10 < 5 ? "DE" : "FR"));
        }
        events.add(exposure);
        if (i % 5 == 0 || (segment.equals("test1") && i % 5 == 1)) {
          events.add(event(segment, i, "sign_up"));
        }
        if (i < 11) {
          Map<String, Object> order = event(segment, i, "order");
          order.put("value", i == 10 ? 1e6 : i + 1);
          order.put("properties", Map.of("currency", i == 10 ? "USD" : "EUR"));
          events.add(order);
        }
      }
    }
    JsonNode answer =
        Api.anonymous(port).post("/api/events?key=" + world.writeKey(), events).expect(200);
    assertThat(answer.get("accepted").asInt()).isEqualTo(events.size());
  }

  private static Map<String, Object> event(String segment, int person, String name) {
    Map<String, Object> event = new HashMap<>();
    event.put("id", "%s-%d-%s".formatted(segment, person, name));
    event.put("user_id", "%s-%d".formatted(segment, person));
    event.put("event", name);
    return event;
  }

  private Api.Answer get(String rest) {
    return world.owner().get("/api/experiments/" + id + rest);
  }

  private JsonNode post(String rest, @Nullable Object body) {
    return world.owner().post("/api/experiments/" + id + rest, body).expect(200);
  }
}
