package dev.pryo.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@PryoTest
class SharesTest {
  private static final int PEOPLE = 200;

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private World world;
  private Api anyone;

  @BeforeEach
  void anExperiment() {
    world = World.create(port);
    anyone = Api.anonymous(port);
  }

  @Test
  void whoeverHasTheLinkReadsTheResultsWithoutAnAccount() {
    analysed();
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    Api.Answer page = anyone.get(local(link));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("Ship Start free: it brings 250 % more “sign_up”.")
        .contains("Change against Control")
        .contains("<meta name=\"robots\" content=\"noindex, nofollow\">")
        .doesNotContain("Simulated");
    assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex, nofollow, noarchive");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.header("Set-Cookie")).isNull();
  }

  @Test
  void nothingInThePageLeadsFurtherOrNamesAPerson() {
    analysed();
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    String owner = world.owner().get("/api/auth/me").expect(200).get("email").asString();
    assertThat(anyone.get(local(link)).text())
        .doesNotContain("<form", "<input", "<button", "csrf", "hx-")
        .doesNotContain("/experiments/", "/projects/", "/api/", "href=\"/\"")
        .doesNotContain(owner, "@example.org", "visitor-of-")
        .doesNotContain(world.writeKey(), "pk_", world.project(), world.experiment());
  }

  /// The owner's pictures, made once for each look: what comes later is seen after the next one.
  @Test
  void theDaysAreSharedAsOfTheLastLook() {
    analysed();
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    String days = local(link) + "/over-time";
    assertThat(anyone.get(local(link)).text()).contains("href=\"" + days + "\"");
    Api.Answer page = anyone.get(days);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("<title>Day by day · ", "sign_up, change against Control day by day")
        .contains("href=\"" + local(link) + "\"")
        .doesNotContain("<form", "<input", "<button", "csrf", "hx-", "breakdown", "visitor-of-")
        .doesNotContain("/experiments/", "/projects/", "/api/", "href=\"/\"")
        .doesNotContain(world.writeKey(), world.project(), world.experiment());
    assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex, nofollow, noarchive");
    assertThat(page.header("Set-Cookie")).isNull();
    String key = world.owner().get(path("")).expect(200).get("key").asString();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = PEOPLE; person < 2 * PEOPLE; person++) {
      visit(events, key, "control", person, true);
    }
    anyone.post("/api/events?key=" + world.writeKey(), Map.of("events", events)).expect(200);
    assertThat(anyone.get(days).text()).isEqualTo(page.text());
    world.owner().post(path("/analyse"), null).expect(200);
    assertThat(anyone.get(days).text()).isNotEqualTo(page.text());
    world.owner().delete(path("/share")).expect(204);
    assertEnded(days);
  }

  @Test
  void aLinkOfASimulationSaysSo() {
    world.owner().post(path("/simulate"), Map.of("events", 400, "seed", 7)).expect(200);
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    assertThat(anyone.get(local(link)).text())
        .contains("<title>Simulated · Results · ", "Simulated data. No real visitor is in it.");
  }

  @Test
  void beforeTheFirstVisitorThereIsNothingToRead() {
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    assertThat(anyone.get(local(link)).text()).contains("Nobody has been counted yet.");
  }

  @Test
  void anEndedAReplacedAndAnExpiredLinkShowNothing() {
    analysed();
    JsonNode first = world.owner().post(path("/share"), null).expect(201);
    JsonNode second = world.owner().post(path("/share"), Map.of("days", 7)).expect(201);
    assertEnded(local(first));
    assertThat(anyone.get(local(second)).status()).isEqualTo(200);
    world.owner().delete(path("/share")).expect(204);
    assertEnded(local(second));
    world.owner().delete(path("/share")).expect(204);
    JsonNode third = world.owner().post(path("/share"), null).expect(201);
    asPryo(() ->
        sql.sql("update share_link set expires_at = created_at where experiment_id = :id")
            .param("id", UUID.fromString(world.experiment()))
            .update());
    assertEnded(local(third));
    JsonNode last = world.owner().post(path("/share"), null).expect(201);
    world.owner().delete("/api/projects/" + world.project()).expect(204);
    assertEnded(local(last));
    for (String wrong :
        List.of("A".repeat(43), "A", "A".repeat(2_000), "%C3%A9", "'%20or%20true")) {
      assertEnded("/share/" + wrong);
    }
  }

  /// A link that was never made, and one that has ended for whatever reason, are not told apart.
  private void assertEnded(String link) {
    Api.Answer page = anyone.get(link);
    Api.Answer never = anyone.get("/share/" + "B".repeat(43));
    assertThat(page.text()).as(link).isEqualTo(never.text());
    for (String header : List.of("Cache-Control", "X-Robots-Tag", "Referrer-Policy")) {
      assertThat(page.header(header)).as(header).isNotNull().isEqualTo(never.header(header));
    }
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(page.header("Set-Cookie")).isNull();
    assertThat(page.status()).as(link).isEqualTo(404);
    assertThat(page.text()).contains("The link has ended").doesNotContain("sign_up", "Start free");
    assertThat(page.header("X-Robots-Tag")).contains("noindex");
  }

  @Test
  void theTokenIsLongAndIsNotKept() {
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    String token = local(link).substring("/share/".length());
    assertThat(token).matches("[A-Za-z0-9_-]{43}"); // 256 bits
    String row =
        asPryo(() ->
            sql.sql("select row_to_json(s)::text from share_link s where experiment_id = :id")
                .param("id", UUID.fromString(world.experiment()))
                .query(String.class)
                .single());
    assertThat(row).doesNotContain(token).contains("\"hash\":\"\\\\x");
  }

  @Test
  void onlyEditorsMakeAndEndLinks() {
    Api viewer = Api.signedUp(port);
    String email = viewer.get("/api/auth/me").expect(200).get("email").asString();
    world
        .owner()
        .post(
            "/api/projects/%s/members".formatted(world.project()),
            Map.of("email", email, "role", "viewer"))
        .expect(201);
    JsonNode link = world.owner().post(path("/share"), null).expect(201);
    assertThat(viewer.post(path("/share"), null).status()).isEqualTo(403);
    assertThat(viewer.delete(path("/share")).status()).isEqualTo(403);
    assertThat(Api.signedUp(port).delete(path("/share")).status()).isEqualTo(404);
    assertThat(anyone.post(path("/share"), null).status()).isEqualTo(401);
    assertThat(anyone.get(local(link)).status()).isEqualTo(200);
    for (int days : new int[] {0, 366}) {
      JsonNode problem = world.owner().post(path("/share"), Map.of("days", days)).expect(422);
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo("days");
    }
  }

  private static String local(JsonNode link) {
    return URI.create(link.get("url").asString()).getPath();
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }

  private void analysed() {
    world.owner().post(path("/activate"), Map.of("force", true)).expect(200);
    String key = world.owner().get(path("")).expect(200).get("key").asString();
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      visit(events, key, "control", person, person < PEOPLE / 10);
      visit(events, key, "test1", person, person < PEOPLE * 35 / 100);
    }
    anyone.post("/api/events?key=" + world.writeKey(), Map.of("events", events)).expect(200);
    world.owner().post(path("/analyse"), null).expect(200);
  }

  private static void visit(
      List<Map<String, Object>> events, String key, String segment, int person, boolean signsUp) {
    String user = "visitor-of-%s-%d@example.org".formatted(segment, person);
    events.add(
        Map.of(
            "id", "seen-" + user,
            "user_id", user,
            "event", "$exposure",
            "experiment", key,
            "segment", segment));
    if (signsUp) {
      events.add(Map.of("id", "signed-" + user, "user_id", user, "event", "sign_up"));
    }
  }

  private String path(String rest) {
    return "/api/experiments/" + world.experiment() + rest;
  }
}
