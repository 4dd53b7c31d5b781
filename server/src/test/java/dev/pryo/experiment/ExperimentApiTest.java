package dev.pryo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.KiteSite;
import dev.pryo.PryoTest;
import dev.pryo.stats.PairPlan;
import dev.pryo.stats.SampleSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@PryoTest
class ExperimentApiTest {
  private static final String DRAFT =
      """
      {"project_id": "%s", "name": "Buy now", "description": "Change 'Add to cart' to 'Buy now'.",
       "segments": [{"name": "Control", "traffic_percentage": 50},
                    {"name": "Buy now", "instructions": "change 'Add to cart' to 'Buy now'", "traffic_percentage": 50}],
       "goals": [{"event": "purchase", "kind": "conversion"}], "start": false}
      """;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static KiteSite repository;

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  private Api api;
  private String project;

  @BeforeAll
  static void aSite() {
    repository = KiteSite.made();
  }

  @BeforeEach
  void aProject() {
    api = Api.signedUp(port);
    project = repository.link(api);
  }

  @Test
  void aDraftHasEverythingTheContractNames() {
    JsonNode made = draft();
    assertThat(made.get("status").asString()).isEqualTo("draft");
    assertThat(made.get("key").asString()).isEqualTo("buy-now");
    assertThat(made.at("/segments/0/key").asString()).isEqualTo("control");
    assertThat(made.at("/segments/1/key").asString()).isEqualTo("test1");
    assertThat(made.at("/segments/1/preview_hash").asString()).isEqualTo("#test1");
    assertThat(made.at("/segments/1/preview_link").asString())
        .isEqualTo("https://kites.example/?pryo=buy-now#test1");
    assertThat(made.at("/goals/0/role").asString()).isEqualTo("primary");
    assertThat(made.at("/goals/0/direction").asString()).isEqualTo("increase");
    assertThat(made.at("/plan/power").asDouble()).isEqualTo(0.8);
    assertThat(made.at("/plan/alpha").asDouble()).isEqualTo(0.05);
    assertThat(made.at("/plan/n_planned").isNull()).isTrue();
    assertThat(made.get("mode").asString()).isEqualTo("auto");
    assertThat(made.get("exposure_percentage").asInt()).isEqualTo(100);
    assertThat(made.get("needs")).isEmpty();
    assertThat(made.propertyNames())
        .contains(
            "pr_url",
            "pr_number",
            "branch",
            "pull_request",
            "error",
            "archived",
            "parent_id",
            "created_at",
            "activated_at",
            "finished_at",
            "closed_reason",
            "preview_url",
            "base_branch");
    assertThat(api.get("/api/experiments/" + id(made)).expect(200)).isEqualTo(made);
  }

  @Test
  void keysAreNeverUsedTwice() {
    assertThat(IntStream.range(0, 3).mapToObj(i -> draft().get("key").asString()))
        .containsExactly("buy-now", "buy-now-2", "buy-now-3");
    Map<String, Object> odd = body();
    odd.put("name", "Größe: «XL» & mehr, viel mehr als in vierzig Zeichen passt");
    String key = api.post("/api/experiments", odd).expect(201).get("key").asString();
    assertThat(key).isEqualTo("grosse-xl-mehr-viel-mehr-als-in-vierzig");
    odd.put("name", "実験");
    assertThat(api.post("/api/experiments", odd).expect(201).get("key").asString())
        .isEqualTo("experiment");
  }

  @Test
  void previewLinksFitTheAddressTheyStandOn() {
    Map<String, Object> asked = body();
    asked.put("preview_url", "http://localhost:3000/plans?plan=a#top");
    JsonNode made = api.post("/api/experiments", asked).expect(201);
    assertThat(made.at("/segments/1/preview_link").asString())
        .isEqualTo("http://localhost:3000/plans?plan=a&pryo=buy-now#test1");
    JsonNode changed =
        api.patch("/api/experiments/" + id(made) + "/preview-url", Map.of("preview_url", ""))
            .expect(200);
    assertThat(changed.get("preview_url").isNull()).isTrue();
    assertThat(changed.at("/segments/0/preview_link").asString())
        .isEqualTo("https://kites.example/?pryo=buy-now#control");
  }

  @Test
  void aPlanSaysHowManyVisitorsItNeeds() {
    Map<String, Object> asked = body();
    asked.put("plan", Map.of("baseline", 0.1, "mde", 0.1));
    long even = api.post("/api/experiments", asked).expect(201).at("/plan/n_planned").asLong();
    // 14,751 in each arm (z = 1.95996 + 0.84162, variances 0.09 and 0.0979), a tenth more for the
    // looks
    assertThat(even).isBetween(29_502L, 33_500L);
    asked.put("segments", segments("90", "10"));
    long uneven = api.post("/api/experiments", asked).expect(201).at("/plan/n_planned").asLong();
    assertThat(uneven).isGreaterThan(2 * even);
    asked.put("plan", Map.of("baseline", 0.5, "mde", 0.3));
    asked.put("segments", segments("1", "99"));
    long few = api.post("/api/experiments", asked).expect(201).at("/plan/n_planned").asLong();
    // with so few in the control the price of unequal arms is in it too
    var question = new SampleSize.Question(0.15, 0.05, 0.8, 99, 2, OptionalDouble.empty());
    PairPlan pair =
        PairPlan.ofShares(0.5, question, OptionalDouble.empty()).toOptional().orElseThrow();
    assertThat(pair.price()).isGreaterThan(1.005);
    assertThat(few).isEqualTo((long) pair.planned());
    asked.put("goals", List.of(Map.of("event", "spent", "kind", "sum")));
    assertThat(api.post("/api/experiments", asked).expect(201).at("/plan/n_planned").isNull())
        .isTrue();
  }

  @Test
  void whatIsLeftOutIsTakenFromTheWordsAndWaits() {
    Map<String, Object> asked = body();
    asked.remove("segments");
    asked.remove("goals");
    asked.remove("start");
    JsonNode made = api.post("/api/experiments", asked).expect(201);
    assertThat(made.get("status").asString()).isEqualTo("draft");
    assertThat(made.get("segments").size()).isEqualTo(2);
    assertThat(made.at("/segments/1/quote").asString())
        .isNotEmpty()
        .satisfies(quote -> assertThat(String.valueOf(asked.get("description"))).contains(quote));
    assertThat(made.get("needs").values().stream().map(JsonNode::asString))
        .containsExactly("goals");
    String path = "/api/experiments/" + id(made);
    JsonNode refused = api.post(path + "/implement", null).expect(422);
    assertThat(refused.at("/errors/0/field").asString()).isEqualTo("goals");
    asked.put("start", true);
    api.post("/api/experiments", asked).expect(422);
    JsonNode mended = api.patch(path, Map.of("goals", body().get("goals"))).expect(200);
    assertThat(mended.get("needs")).isEmpty();
    assertThat(mended.at("/segments/1/quote")).isEqualTo(made.at("/segments/1/quote"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /name | "" | name
          /name | null | name
          /description | null | description
          /description | "a\\u0000b" | description
          /project_id | "nonsense" | project_id
          /project_id | null | project_id
          /segments | [] | segments
          /segments | {} | segments
          /segments | [null, null] | segments[0]
          /segments/1/traffic_percentage | -1 | segments[1].traffic_percentage
          /segments/1/traffic_percentage | 101 | segments[1].traffic_percentage
          /segments/1/traffic_percentage | null | segments[1].traffic_percentage
          /segments/1/traffic_percentage | "50" | segments[1].traffic_percentage
          /segments/1/traffic_percentage | "NaN" | segments[1].traffic_percentage
          /segments/1/traffic_percentage | 1e-400 | segments[1].traffic_percentage
          /segments/1/traffic_percentage | 49.98 | segments
          /segments/1/traffic_percentage | 50.02 | segments
          /segments/1/name | "Control" | segments[1].name
          /segments/1/name | null | segments[1].name
          /goals | [] | goals
          /goals/0/event | "" | goals[0].event
          /goals/0/event | "$exposure" | goals[0].event
          /goals/0/kind | null | goals[0].kind
          /goals/0/kind | "ratio" | goals[0].denominator
          /goals/0/kind | "median" | goals[0].kind
          /goals/0/denominator | {"event": "visit", "kind": "count"} | goals[0].denominator
          /goals/0/filter | [{"property": "a", "op": "like", "value": 1}] | goals[0].filter[0].op
          /goals/0/filter | [{"property": "", "op": "eq", "value": 1}] | goals[0].filter[0].property
          /goals/0/filter | [{"property": "a", "value": 1}] | goals[0].filter[0].op
          /goals/0/filter | [{"property": "a", "op": "eq"}] | goals[0].filter[0].value
          /goals/0/filter | [{"property": "a", "op": "eq", "value": {}}] | goals[0].filter[0].value
          /goals/0/filter | [{"property": "a", "op": "gt", "value": "1"}] | goals[0].filter[0].value
          /goals/0/filter | [{"property": "a", "op": "gt", "value": 1e999}] | goals[0].filter[0].value
          /goals/0/filter | [{"property": "a", "op": "in", "value": []}] | goals[0].filter[0].value
          /goals/0/filter | [{"property": "a", "op": "exists", "value": 1}] | goals[0].filter[0].value
          /goals/0/filter | [null] | goals[0].filter[0].property
          /goals/0/cap_quantile | 0.99 | goals[0].cap_quantile
          /goals/0/cap_quantile | 1 | goals[0].cap_quantile
          /goals/0/role | "guardrail" | goals
          /goals/0/role | "first" | goals[0].role
          /goals/0/direction | "up" | goals[0].direction
          /goals/0/margin | 0.1 | goals[0].margin
          /goals/0/window_hours | 0 | goals[0].window_hours
          /goals/0/window_hours | 2161 | goals[0].window_hours
          /goals/0/window_hours | 1.5 | goals[0].window_hours
          /exposure_percentage | 0 | exposure_percentage
          /exposure_percentage | 100.5 | exposure_percentage
          /mode | "magic" | mode
          /on_harm | "stop" | on_harm
          /plan | {"baseline": 1.5} | plan.baseline
          /plan | {"baseline": 0} | plan.baseline
          /plan | {"mde": 0} | plan.mde
          /plan | {"mde": 1e999} | plan.mde
          /plan | {"baseline": 0.6, "mde": 0.7} | plan.mde
          /plan | {"power": 1} | plan.power
          /plan | {"alpha": 0} | plan.alpha
          /plan | {"max_days": 0} | plan.max_days
          /preview_url | "javascript:alert(1)" | preview_url
          /preview_url | "https://user:secret@kites.example" | preview_url
          /preview_url | "http://169.254.169.254/latest" | preview_url
          /preview_url | "http://metadata.google.internal/" | preview_url
          /preview_url | "http://2852039166/" | preview_url
          /preview_url | "/plans" | preview_url
          /base_branch | "a..b" | base_branch
          """)
  void aWrongValueIsNamed(String place, String value, String field) {
    var body = (tools.jackson.databind.node.ObjectNode) JSON.readTree(DRAFT.formatted(project));
    int slash = place.lastIndexOf('/');
    var parent = (tools.jackson.databind.node.ObjectNode) body.at(place.substring(0, slash));
    String sent = body.toString();
    parent.set(place.substring(slash + 1), JSON.stringNode("@@"));
    sent = body.toString().replace("\"@@\"", value);
    JsonNode problem = api.post("/api/experiments", sent).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(problem.at("/errors/0/message").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /denominator | null | goals[0].denominator
          /denominator | {} | goals[0].denominator.event
          /denominator | "order" | goals[0].denominator
          /denominator | {"event": "order"} | goals[0].denominator.kind
          /denominator | {"event": "order", "kind": "mean"} | goals[0].denominator.kind
          /denominator | {"event": "order", "kind": "ratio"} | goals[0].denominator.kind
          /denominator | {"event": "order", "kind": "COUNT"} | goals[0].denominator.kind
          /denominator | {"event": " ", "kind": "count"} | goals[0].denominator.event
          /denominator | {"event": "$exposure", "kind": "count"} | goals[0].denominator.event
          /denominator | {"event": "paid", "kind": "sum"} | goals[0].denominator
          /use_history | true | goals[0].use_history
          /use_history | "yes" | goals[0].use_history
          /kind | "sum" | goals[0].denominator
          """)
  void aWrongRatioIsNamed(String place, String value, String field) {
    var body = (tools.jackson.databind.node.ObjectNode) JSON.readTree(DRAFT.formatted(project));
    var goal = (tools.jackson.databind.node.ObjectNode) JSON.readTree(RATIO);
    goal.set(place.substring(1), JSON.readTree(value));
    body.set("goals", JSON.createArrayNode().add(goal));
    JsonNode problem = api.post("/api/experiments", body.toString()).expect(422);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(problem.at("/errors/0/message").asString()).isNotEmpty();
  }

  private static final String RATIO =
      """
      {"event": "paid", "kind": "ratio", "denominator": {"event": "order", "kind": "count"}}\
      """;

  @Test
  void aRatioAndAHistoryAreKeptShownAndFrozen() {
    Map<String, Object> asked = body();
    asked.put("start", false);
    Map<String, Object> spent =
        Map.of(
            "event",
            "spent",
            "kind",
            "sum",
            "use_history",
            true,
            "role",
            "secondary",
            "cap_quantile",
            0.99,
            "filter",
            List.of(Map.of("property", "plan", "op", "in", "value", List.of("pro", 5, true))));
    Map<String, Object> perVisit =
        Map.of(
            "event",
            "paid",
            "name",
            "Revenue a visit",
            "kind",
            "ratio",
            "denominator",
            Map.of("event", "visit", "kind", "conversion"));
    asked.put("goals", List.of(JSON.readTree(RATIO), spent, perVisit));
    JsonNode made = api.post("/api/experiments", asked).expect(201);
    String path = "/api/experiments/" + id(made);
    JsonNode goals = api.get(path).expect(200).get("goals");
    assertThat(goals).isEqualTo(made.get("goals"));
    assertThat(goals.at("/0/name").asString()).isEqualTo("paid per order");
    assertThat(goals.at("/0/denominator")).isEqualTo(JSON.readTree(RATIO).get("denominator"));
    assertThat(goals.at("/0/use_history").asBoolean()).isFalse();
    assertThat(goals.at("/1/use_history").asBoolean()).isTrue();
    assertThat(goals.at("/1/denominator").isNull()).isTrue();
    assertThat(goals.at("/1/cap_quantile").asDouble()).isEqualTo(0.99);
    assertThat(goals.at("/1/filter/0/op").asString()).isEqualTo("in");
    assertThat(goals.at("/1/filter/0/value/0").asString()).isEqualTo("pro");
    assertThat(goals.at("/1/filter/0/value/1").asDouble()).isEqualTo(5);
    assertThat(goals.at("/0/filter").isEmpty()).isTrue();
    assertThat(goals.at("/2/denominator/kind").asString()).isEqualTo("conversion");
    // another change leaves them as they are
    JsonNode renamed = api.patch(path, Map.of("name", "Another")).expect(200);
    assertThat(renamed.get("goals")).isEqualTo(goals);
    asked.put("goals", List.of(JSON.readTree(RATIO), JSON.readTree(RATIO)));
    JsonNode twice = api.post("/api/experiments", asked).expect(422);
    assertThat(twice.at("/errors/0/field").asString()).isEqualTo("goals[1].event");
    api.post(path + "/activate", Map.of("force", true)).expect(200);
    JsonNode refused = api.patch(path, Map.of("goals", List.of(JSON.readTree(RATIO)))).expect(409);
    assertThat(refused.toString()).contains("goals");
    Map<String, Object> without = new HashMap<>(spent);
    without.remove("filter");
    api.patch(path, Map.of("goals", List.of(JSON.readTree(RATIO), without, perVisit))).expect(409);
    api.patch(path, Map.of("goals", List.of(JSON.readTree(RATIO), spent, perVisit))).expect(200);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Map<String, Object> asked = body();
    asked.put("name", "");
    asked.put("mode", "magic");
    asked.put("segments", List.of(Map.of("name", "Alone", "traffic_percentage", 100)));
    JsonNode problem = api.post("/api/experiments", asked).expect(422);
    assertThat(problem.get("errors").values().stream().map(error -> error.get("field").asString()))
        .containsExactly("name", "segments", "mode");
  }

  @Test
  void atMostSixSegmentsAndAHundredthOfAPercentOff() {
    Map<String, Object> asked = body();
    asked.put("segments", segments("33.33", "33.33", "33.33"));
    api.post("/api/experiments", asked).expect(201);
    asked.put("segments", segments("40", "10", "10", "10", "10", "10", "10"));
    api.post("/api/experiments", asked).expect(422);
    asked.put("segments", segments("50", "10", "10", "10", "10", "10"));
    api.post("/api/experiments", asked).expect(201);
  }

  @Test
  void whatOnlyTheServerDecidesIsIgnored() {
    Map<String, Object> asked = body();
    asked.put("status", "active");
    asked.put("id", UUID.randomUUID());
    asked.put("key", "mine");
    asked.put("pr_url", "https://evil.example");
    asked.put("seed", "0000000000000000");
    JsonNode made = api.post("/api/experiments", asked).expect(201);
    assertThat(made.get("status").asString()).isEqualTo("draft");
    assertThat(made.get("key").asString()).isEqualTo("buy-now");
    assertThat(made.get("pr_url").isNull()).isTrue();
  }

  @Test
  void listsComeInPagesAndHideWhatIsArchived() {
    List<String> made = IntStream.range(0, 5).mapToObj(i -> id(draft())).toList().reversed();
    api.delete("/api/experiments/" + made.get(2)).expect(204);
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          api.get("/api/experiments?limit=2&project_id=" + project + cursor).expect(200);
      page.get("items").forEach(item -> seen.add(id(item)));
      cursor =
          page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asString();
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly(made.get(0), made.get(1), made.get(3), made.get(4));
    assertThat(ids("?archived=true")).containsExactlyElementsOf(made);
    api.patch("/api/experiments/" + made.get(2), Map.of("archived", false)).expect(200);
    assertThat(ids("?status=draft")).containsExactlyElementsOf(made);
    assertThat(ids("?status=active")).isEmpty();
    assertThat(api.get("/api/experiments?status=gone").expect(422).at("/errors/0/field").asString())
        .isEqualTo("status");
    api.get("/api/experiments?limit=0").expect(422);
    api.get("/api/experiments?limit=1001").expect(422);
    api.get("/api/experiments?cursor=x").expect(422);
  }

  @Test
  void aForeignExperimentIsNoExperiment() {
    String path = "/api/experiments/" + id(draft());
    Api stranger = Api.signedUp(port);
    stranger.get(path).expect(404);
    stranger.patch(path, Map.of("name", "Mine")).expect(404);
    stranger.patch(path + "/preview-url", Map.of("preview_url", "https://a.example")).expect(404);
    stranger.delete(path).expect(404);
    for (String verb : List.of("implement", "cancel", "activate", "pause", "resume", "merge")) {
      stranger.post(path + "/" + verb, Map.of("force", true)).expect(404);
    }
    for (String view : List.of("status", "progress", "changes")) {
      stranger.get(path + "/" + view).expect(404);
    }
    stranger.get("/api/experiments?project_id=" + project).expect(404);
    stranger.post("/api/experiments", body()).expect(404);
    assertThat(stranger.get("/api/experiments").expect(200).get("items")).isEmpty();
    Api.anonymous(port).get(path).expect(401);
    api.get("/api/experiments/nonsense").expect(404);
    api.get("/api/experiments/" + UUID.randomUUID()).expect(404);
  }

  @Test
  void viewersSeeAndChangeNothing() {
    Api viewer = Api.signedUp(port);
    String email = viewer.get("/api/auth/me").expect(200).get("email").asString();
    api.post("/api/projects/" + project + "/members", Map.of("email", email, "role", "viewer"))
        .expect(201);
    String path = "/api/experiments/" + id(draft());
    viewer.get(path).expect(200);
    viewer.get(path + "/status").expect(200);
    viewer.patch(path, Map.of("name", "Mine")).expect(403);
    viewer.post(path + "/activate", Map.of("force", true)).expect(403);
    viewer.post("/api/experiments", body()).expect(403);
  }

  @Test
  void byForceItRunsPausesResumesAndRefusesTheRest() {
    String path = "/api/experiments/" + id(draft());
    assertThat(conflict(api.post(path + "/activate", null))).contains("draft", "implement");
    conflict(api.post(path + "/pause", null));
    conflict(api.post(path + "/resume", null));
    conflict(api.post(path + "/cancel", null));
    JsonNode active = api.post(path + "/activate", Map.of("force", true)).expect(200);
    assertThat(active.get("status").asString()).isEqualTo("active");
    assertThat(active.get("activated_at").isNull()).isFalse();
    assertThat(conflict(api.post(path + "/activate", null))).contains("active", "pause or finish");
    api.post(path + "/activate", Map.of("force", true)).expect(200);
    conflict(api.post(path + "/implement", null));
    assertThat(conflict(api.delete(path))).contains("pause or finish");
    assertThat(api.post(path + "/pause", null).expect(200).get("status").asString())
        .isEqualTo("paused");
    assertThat(conflict(api.post(path + "/pause", null))).contains("resume or finish");
    JsonNode resumed = api.post(path + "/resume", null).expect(200);
    assertThat(resumed.get("status").asString()).isEqualTo("active");
    assertThat(resumed.get("activated_at")).isEqualTo(active.get("activated_at"));
    assertThat(periods(path)).containsExactly(true, false);
  }

  @Test
  void whileActiveOnlyWordsAndMoreExposureMayChange() {
    Map<String, Object> asked = body();
    asked.put("exposure_percentage", 50);
    String path = "/api/experiments/" + id(api.post("/api/experiments", asked).expect(201));
    api.post(path + "/activate", Map.of("force", true)).expect(200);
    JsonNode renamed =
        api.patch(
                path,
                Map.of(
                    "name", "Buy it now",
                    "description", "Other words",
                    "hypothesis", "People like to buy",
                    "preview_url", "https://kites.example/drift",
                    "exposure_percentage", 60,
                    "segments",
                        List.of(
                            Map.of("name", "As it is", "traffic_percentage", 50.0),
                            Map.of(
                                "name", "Buy it",
                                "instructions", "change 'Add to cart' to 'Buy now'",
                                "traffic_percentage", 50))))
            .expect(200);
    assertThat(renamed.get("key").asString()).isEqualTo("buy-now");
    assertThat(renamed.at("/segments/1/name").asString()).isEqualTo("Buy it");
    assertThat(renamed.get("exposure_percentage").asInt()).isEqualTo(60);
    assertThat(conflict(api.patch(path, Map.of("exposure_percentage", 55))))
        .contains("exposure_percentage");
    assertThat(conflict(api.patch(path, Map.of("segments", segments("60", "40")))))
        .contains("segments");
    assertThat(
            conflict(
                api.patch(path, Map.of("goals", List.of(Map.of("event", "x", "kind", "count"))))))
        .contains("goals");
    assertThat(conflict(api.patch(path, Map.of("plan", Map.of("mde", 0.2))))).contains("plan");
    assertThat(conflict(api.patch(path, Map.of("mode", "edit")))).contains("mode");
    conflict(api.patch(path, Map.of("closed_reason", "Why not")));
  }

  @Test
  void ofEightActivationsAtOnceOneOpensThePeriod() throws Exception {
    String path = "/api/experiments/" + id(draft());
    api.post(path + "/activate", Map.of("force", true)).expect(200);
    api.post(path + "/pause", null).expect(200);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Integer> resume = () -> api.post(path + "/resume", null).status();
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(8, resume))) {
        answers.add(answer.get());
      }
      assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
    }
    assertThat(periods(path)).containsExactly(true, false);
  }

  @Test
  void whatIsArchivedRestsUntilItIsBroughtBack() {
    String path = "/api/experiments/" + id(draft());
    api.delete(path).expect(204);
    api.delete(path).expect(204);
    assertThat(api.get(path).expect(200).get("archived").asBoolean()).isTrue();
    for (Api.Answer refused :
        List.of(
            api.post(path + "/activate", Map.of("force", true)),
            api.post(path + "/implement", null),
            api.post(path + "/finish", null),
            api.post(path + "/merge", null),
            api.post(path + "/simulate", null),
            api.patch(path, Map.of("name", "Another")),
            api.patch(path + "/preview-url", Map.of("preview_url", "https://shop.example/")))) {
      assertThat(conflict(refused)).contains("archived", "{\"archived\": false}");
    }
    assertThat(api.get(path).expect(200).get("name").asString()).isEqualTo(body().get("name"));
    api.patch(path, Map.of("archived", true)).expect(200);
    assertThat(
            api.patch(path, Map.of("archived", false, "name", "Back"))
                .expect(200)
                .get("name")
                .asString())
        .isEqualTo("Back");
    api.post(path + "/activate", Map.of("force", true)).expect(200);
  }

  private JsonNode draft() {
    return api.post("/api/experiments", body()).expect(201);
  }

  @SuppressWarnings("unchecked") // an object of JSON is such a map
  private Map<String, Object> body() {
    return JSON.readValue(DRAFT.formatted(project), HashMap.class);
  }

  private static List<Map<String, Object>> segments(String... shares) {
    return IntStream.range(0, shares.length)
        .<Map<String, Object>>mapToObj(i ->
            Map.of(
                "name", "Segment " + i, "traffic_percentage", new java.math.BigDecimal(shares[i])))
        .toList();
  }

  private static String id(JsonNode experiment) {
    return experiment.get("id").asString();
  }

  private List<String> ids(String query) {
    return api.get("/api/experiments" + query).expect(200).get("items").values().stream()
        .map(ExperimentApiTest::id)
        .toList();
  }

  private static String conflict(Api.Answer answer) {
    return answer.expect(409).get("detail").asString();
  }

  /// For each time in which it was active, in order, whether it is over.
  private List<Boolean> periods(String path) {
    UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    return dev.pryo.platform.Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    "select until is not null from active_period where experiment_id = :id order by"
                        + " since")
                .param("id", id)
                .query((rs, n) -> rs.getBoolean(1))
                .list()));
  }
}
