package dev.pryo.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The shared bucketing cases from end to end: experiments in the real server's database, its rules
/// and its script over HTTP, and the script's answer in Chromium.
@PryoTest
class ServedRulesTest {
  /// One client for each case, as on a page of its own: the script in a window of its own, in which
  /// it can ask and cannot send.
  private static final String ANSWERS =
      """
      async ([host, key, cases]) => {
        const ask = (url, options) => options.method ? new Promise(() => {}) : fetch(url, options);
        const script = await (await fetch(host + "/pryo.js")).text();
        const { experiments } = await (await fetch(host + "/api/assignments/" + key)).json();
        const wrong = [];
        for (const { id, experiment, expected, ...visitor } of JSON.parse(cases)) {
          const rules = experiments.find((each) => each.key === experiment);
          if (rules.exposure_bound !== expected.exposure_bound) wrong.push(id + " exposure bound");
          if (rules.segments.map((each) => each.until).join() !== expected.bounds.join())
            wrong.push(id + " bounds");

          const [text, times] = visitor.user_id_repeat || ["", 0];
          const userId = visitor.user_id_utf16
            ? String.fromCharCode(...visitor.user_id_utf16)
            : text ? text.repeat(times) : visitor.user_id;
          const page = { addEventListener() {} };
          new Function("window", "fetch", script)(page, ask);
          page.pryo.init({ key, host, userId, consent: "granted", allowBots: true, timeout: 20000 });
          await page.pryo.ready();
          const assigned = expected.assigned === null || !userId ? "outside"
            : expected.assigned ? "test" + expected.assigned : "control";
          const answer = page.pryo.variant(experiment, "outside");
          if (answer !== assigned) wrong.push(`${id} ${answer} for ${assigned}`);
        }
        localStorage.clear();
        return wrong;
      }
      """;

  @RegisterExtension static final Browser browser = new Browser();
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @Test
  void everySharedCaseComesOutByTheServersRulesAndScript() throws IOException {
    World world = World.create(port);
    try (Line line = new Line(port)) {
      Page page = browser.page();
      page.navigate(line.site("/"));
      int count = 0;
      for (List<JsonNode> round : rounds()) {
        // the server may remember a key's rules for seconds, so each round has a key of its own
        String key = "pk_" + UUID.randomUUID().toString().replace("-", "");
        put(world.project(), key, round);
        Object wrong = page.evaluate(ANSWERS, List.of(line.host(), key, round.toString()));
        assertThat(wrong).isEqualTo(List.of());
        count += round.size();
      }
      assertThat(count).isEqualTo(247);
    }
  }

  /// The cases, each with the key of its experiment; in a round no two experiments have the same
  /// seed, since a server's never have.
  private static List<List<JsonNode>> rounds() throws IOException {
    Map<String, List<String>> ofSeed = new LinkedHashMap<>();
    Map<Integer, List<JsonNode>> rounds = new LinkedHashMap<>();
    try (InputStream in = ServedRulesTest.class.getResourceAsStream("/bucketing.json")) {
      for (JsonNode each : JsonMapper.shared().readTree(Objects.requireNonNull(in)).get("cases")) {
        String seed = each.get("seed").asString();
        String split = each.get("weights") + " of " + each.get("exposure_percentage");
        List<String> splits = ofSeed.computeIfAbsent(seed, s -> new ArrayList<>());
        if (!splits.contains(split)) {
          splits.add(split);
        }
        ((ObjectNode) each)
            .put("experiment", "of-seed-" + List.copyOf(ofSeed.keySet()).indexOf(seed));
        rounds.computeIfAbsent(splits.indexOf(split), r -> new ArrayList<>()).add(each);
      }
    }
    return List.copyOf(rounds.values());
  }

  /// Makes the project's experiments those of the round. The rules of the API would refuse some,
  /// such as weights that leave a hole.
  private void put(String project, String writeKey, List<JsonNode> round) {
    Map<String, JsonNode> experiments =
        round.stream()
            .collect(
                Collectors.toMap(
                    each -> each.get("experiment").asString(), each -> each, (one, same) -> one));
    Tenant.system(() ->
        transactions.execute(status -> {
          sql.sql("update project set write_key = ? where id = ?::uuid")
              .params(writeKey, project)
              .update();
          sql.sql("delete from experiment where project_id = ?::uuid").param(project).update();
          experiments.forEach((key, each) -> insert(project, key, each));
          return true;
        }));
  }

  private void insert(String project, String key, JsonNode of) {
    List<String> weights = of.get("weights").valueStream().map(JsonNode::toString).toList();
    String segments =
        IntStream.range(0, weights.size())
            .mapToObj(i ->
                """
                {"id": "%s", "key": "%s", "name": "%d", "traffic_percentage": %s}\
                """
                    .formatted(
                        UUID.randomUUID(), i == 0 ? "control" : "test" + i, i, weights.get(i)))
            .collect(Collectors.joining(",", "[", "]"));
    sql.sql(
            """
            insert into experiment (project_id, key, name, description, segments, goals, plan, seed, mode,
                   on_harm, status, activated_at, exposure_percentage, created_at, updated_at)
            values (:project::uuid, :key, :key, 'test', :segments::jsonb, '[]', '{}', :seed, 'edit',
                   'notify', 'active', now(), :exposure::numeric, now(), now())\
            """)
        .param("project", project)
        .param("key", key)
        .param("segments", segments)
        .param("seed", of.get("seed").asString())
        .param("exposure", of.get("exposure_percentage").toString())
        .update();
  }
}
