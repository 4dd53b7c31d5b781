package dev.pryo.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// A receipt can be made again without Pryo: its counts from the events that were sent, by the
/// rules of docs/statistics.md, and its numbers from those counts, by the papers' formulas. Nothing
/// of what is tested is called here. The goals have everything at once: filter, cap, window and
/// history.
@PryoTest
class ReceiptRecipeTest {
  private static final int PEOPLE = 400;
  private static final double CAP = 0.9;
  private static final int HOURS = 24;
  private static final double ALPHA = 0.05;
  private static final double UNPLANNED = 10_000; // where the mixture is narrowest without a plan
  private static final List<String> SEGMENTS = List.of("control", "test1");

  @LocalServerPort int port;
  @Autowired InstantSource clock;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @TempDir Path folder;

  private Instant now;
  private final List<Sent> sent = new ArrayList<>();
  private World world;
  private String id;

  /// @param hours after the person's exposure
  private record Sent(int person, String name, double hours, String currency, double value) {}

  /// What a segment's people add up to, `x` their capped values and `h` what they did before.
  private record Sums(int n, double x, double xx, double h, double hh, double xh) {
    double mean() {
      return x / n;
    }

    double variance() {
      return (xx - x * x / n) / (n - 1);
    }
  }

  @BeforeEach
  void anAnalysedExperiment() {
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    world = World.create(port);
    Map<String, Object> asked = new HashMap<>(World.experiment(world.project(), "Prices"));
    asked.put("goals", List.of(goal("paid", "primary", true), goal("order", "secondary", false)));
    id = world.owner().post("/api/experiments", asked).expect(201).get("id").asString();
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "update active_period set since = since - interval '3 days' where experiment_id = :id")
                .param("id", UUID.fromString(id))
                .update()));
    happen();
    send();
    world.owner().post(path("/analyse"), null).expect(200);
  }

  private static Map<String, Object> goal(String event, String role, boolean history) {
    Map<String, Object> currency = Map.of("property", "currency", "op", "eq", "value", "EUR");
    return Map.of(
        "event", event,
        "kind", "sum",
        "role", role,
        "filter", List.of(currency),
        "cap_quantile", CAP,
        "window_hours", HOURS,
        "use_history", history);
  }

  @Test
  void itsCountsAreThoseOfTheEvents() {
    JsonNode totals = receipt().at("/counts/goals");
    assertThat(totals.size()).isEqualTo(4);
    for (JsonNode total : totals) {
      Sums sums =
          sums(total.get("goal").asInt() == 0 ? "paid" : "order", total.get("segment").asInt());
      assertThat(total.get("mature").asInt()).isEqualTo(sums.n);
      same(total.get("sum"), sums.x);
      same(total.get("sum_of_squares"), sums.xx);
      if (total.get("goal").asInt() == 0) {
        same(total.at("/second/sum"), sums.h);
        same(total.at("/second/sum_of_squares"), sums.hh);
        same(total.at("/second/product"), sums.xh);
      } else {
        assertThat(total.get("second").isNull()).isTrue();
      }
    }
  }

  @Test
  void itsNumbersFollowFromTheCounts() {
    JsonNode receipt = receipt();
    JsonNode order = receipt.at("/statistics/comparisons/1");
    Sums control = stated(receipt, 1, 0);
    Sums test = stated(receipt, 1, 1);
    same(order.at("/control/mean"), control.mean());
    same(order.at("/test/mean"), test.mean());
    same(order.get("relative_lift"), (test.mean() - control.mean()) / control.mean());
    double n = control.n + test.n;
    double phi = n * excess(-2 * Math.log(ALPHA)) / UNPLANNED;
    double z = (test.mean() - control.mean()) / standardError(control, test);
    double logE = z * z * phi / (1 + phi) / 2 - Math.log(1 + phi) / 2;
    same(order.at("/always_valid/p_value_now"), Math.min(1, Math.exp(-logE)));
    double level = order.at("/always_valid/level").asDouble();
    double crit = Math.sqrt((1 + 1 / phi) * (Math.log(1 + phi) - 2 * Math.log(level)));
    JsonNode interval = order.at("/always_valid/interval");
    assertThat(interval.size()).isEqualTo(2);
    for (JsonNode end : interval) {
      assertThat(distance(control, test, end.asDouble(), crit)).isCloseTo(1, within(1e-6));
    }
    assertThat(distance(control, test, order.get("relative_lift").asDouble(), crit))
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void whatIsAdjustedForHistoryFollowsToo() {
    JsonNode receipt = receipt();
    JsonNode paid = receipt.at("/statistics/comparisons/0");
    assertThat(paid.get("estimator").asString()).isEqualTo("regression_adjusted");
    Sums control = stated(receipt, 0, 0);
    Sums test = stated(receipt, 0, 1);
    double average = (control.h + test.h) / (control.n + test.n);
    double a = adjusted(control, average);
    double b = adjusted(test, average);
    same(paid.at("/control/adjusted_mean"), a);
    same(paid.at("/test/adjusted_mean"), b);
    same(paid.get("difference"), b - a);
    same(paid.get("relative_lift"), (b - a) / a);
  }

  @Test
  void theVerifierFindsTheSame() throws IOException {
    Path file = Files.writeString(folder.resolve("receipt.json"), receipt().toString());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(VerifyCommand.run(List.of(file.toString()), out, out)).isZero();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("paid (sum, adjusted for history), test1 against control: lift ")
        .contains("order (sum), test1 against control: lift ")
        .contains("Verified: ");
  }

  /// Lin 2013, with one covariate: the mean that people with an average history would have.
  private static double adjusted(Sums of, double average) {
    double covariance = of.xh - of.x * of.h / of.n;
    double spread = of.hh - of.h * of.h / of.n;
    return of.mean() - covariance / spread * (of.h / of.n - average);
  }

  /// The larger one of unequal variances and of all values as one sample.
  private static double standardError(Sums a, Sums b) {
    double own = Math.sqrt(a.variance() / a.n + b.variance() / b.n);
    int n = a.n + b.n;
    double one = (a.xx + b.xx - (a.x + b.x) * (a.x + b.x) / n) / (n - 1);
    return Math.max(own, Math.sqrt(one * (1.0 / a.n + 1.0 / b.n)));
  }

  /// How far a lift is from the measured one, in critical distances (Fieller 1954): by the arms'
  /// own variances, or by those of the random assignment, whichever is nearer.
  private static double distance(Sums a, Sums b, double lift, double crit) {
    double n = a.n + b.n;
    double apart = Math.abs(b.mean() - (1 + lift) * a.mean());
    double ownA = a.variance() / a.n;
    double ownB = b.variance() / b.n;
    double own = Math.sqrt(ownB + (1 + lift) * (1 + lift) * ownA);
    double dealtA = a.variance() * (a.n - 1) * n / ((double) a.n * b.n * (n - 1));
    double dealtB = b.variance() * (b.n - 1) * n / ((double) a.n * b.n * (n - 1));
    double dealt = Math.sqrt(dealtB + (1 + lift) * (1 + lift) * dealtA);
    double wider = crit / Math.sqrt(1 - crit * crit / (n - 1));
    return Math.min(apart / (crit * own), apart / (wider * dealt));
  }

  /// The w with w − ln(1 + w) = u, by halving.
  private static double excess(double u) {
    double low = 0;
    double high = 100;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (middle - Math.log(1 + middle) < u) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Sums stated(JsonNode receipt, int goal, int segment) {
    for (JsonNode total : receipt.at("/counts/goals")) {
      if (total.get("goal").asInt() == goal && total.get("segment").asInt() == segment) {
        return new Sums(
            total.get("mature").asInt(),
            total.get("sum").asDouble(),
            total.get("sum_of_squares").asDouble(),
            total.at("/second/sum").asDouble(0),
            total.at("/second/sum_of_squares").asDouble(0),
            total.at("/second/product").asDouble(0));
      }
    }
    throw new AssertionError("The receipt has no such total");
  }

  /// The sums of the events as they were sent.
  private Sums sums(String name, int segment) {
    double cap = cap(name);
    double[] sums = new double[5];
    int n = 0;
    for (int person = 0; person < PEOPLE; person++) {
      if (person % 2 != segment || !mature(person)) {
        continue;
      }
      double x = Math.min(value(person, name, 0, HOURS), cap);
      double h = value(person, name, -30 * 24, 0);
      n++;
      sums[0] += x;
      sums[1] += x * x;
      sums[2] += h;
      sums[3] += h * h;
      sums[4] += x * h;
    }
    return new Sums(n, sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  /// Of the values that are not zero, of both segments together; between two as a share of the way.
  private double cap(String name) {
    List<Double> values = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      double value = value(person, name, 0, HOURS);
      if (mature(person) && value != 0) {
        values.add(value);
      }
    }
    values.sort(null);
    double place = CAP * (values.size() - 1);
    int below = (int) place;
    return values.get(below) + (place - below) * (values.get(below + 1) - values.get(below));
  }

  private double value(int person, String name, double from, double until) {
    return sent.stream()
        .filter(each -> each.person == person && each.name.equals(name))
        .filter(each -> each.currency.equals("EUR"))
        .filter(each -> each.hours >= from && each.hours < until)
        .mapToDouble(Sent::value)
        .sum();
  }

  private boolean mature(int person) {
    return !exposure(person).plus(Duration.ofHours(HOURS)).isAfter(now);
  }

  private Instant exposure(int person) {
    return now.minus(person % 10 == 9 ? Duration.ofHours(1) : Duration.ofMinutes(2800 - person));
  }

  /// Some buy nothing, one buys very much; others pay in dollars, too late, or long before.
  private void happen() {
    for (int person = 0; person < PEOPLE; person++) {
      for (String name : List.of("paid", "order")) {
        add(person, name, -72, "EUR", 2 * (person % 17));
        add(person, name, -73, "USD", 70);
        add(person, name, -40 * 24, "EUR", 500);
        if (person % 4 > 0) {
          double value = person == 6 ? 5_000 : 5 + person % 17 + person % 3 + 6 * (person % 2);
          add(person, name, 0.5, "EUR", value);
          add(person, name, 0.6, "EUR", 1);
          add(person, name, 0.7, "USD", 100);
        }
        if (person % 3 == 0 && mature(person)) {
          add(person, name, 30, "EUR", 900);
        }
      }
    }
  }

  private void add(int person, String name, double hours, String currency, double value) {
    sent.add(new Sent(person, name, hours, currency, value));
  }

  private void send() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      Map<String, Object> exposure = event("seen-" + person, person, "$exposure", 0);
      exposure.put("experiment", id);
      exposure.put("segment", SEGMENTS.get(person % 2));
      events.add(exposure);
    }
    for (Sent each : sent) {
      Map<String, Object> event = event("e" + events.size(), each.person, each.name, each.hours);
      event.put("value", each.value);
      event.put("properties", Map.of("currency", each.currency));
      events.add(event);
    }
    Api site = Api.anonymous(port);
    for (int from = 0; from < events.size(); from += 1_000) {
      List<Map<String, Object>> some = events.subList(from, Math.min(events.size(), from + 1_000));
      JsonNode answer = site.post("/api/events?key=" + world.writeKey(), some).expect(200);
      assertThat(answer.get("accepted").asInt()).isEqualTo(some.size());
    }
  }

  private Map<String, Object> event(String event, int person, String name, double hours) {
    Map<String, Object> made = new HashMap<>();
    made.put("id", event);
    made.put("user_id", "person-" + person);
    made.put("event", name);
    made.put("timestamp", exposure(person).plusSeconds(Math.round(hours * 3600)).toString());
    return made;
  }

  private JsonNode receipt() {
    return world.owner().get(path("/receipt")).expect(200);
  }

  private static void same(JsonNode stated, double computed) {
    assertThat(stated.asDouble())
        .isCloseTo(computed, within(1e-9 * Math.max(1, Math.abs(computed))));
  }

  private String path(String rest) {
    return "/api/experiments/" + id + rest;
  }
}
