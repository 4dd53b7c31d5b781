package dev.pryo.web;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What stays of a finished experiment: its line in the list, its files, a link for others, and the
/// next one with its reasons.
@PryoTest
class OutcomePagesTest {
  private static final String NAME = "<script>alert(1)</script> =1+1";
  private static final int PEOPLE = 200;

  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  private World world;
  private Visitor owner;
  private String project;

  @BeforeEach
  void anOwner() {
    world = World.create(port);
    project = "/projects/" + world.project();
    String email = world.owner().get("/api/auth/me").expect(200).get("email").asString();
    owner = Visitor.anonymous(port).open("/sign-in");
    owner.send("/sign-in", Map.of("email", email, "password", Visitor.PASSWORD));
  }

  @Test
  void withoutOutcomesThePageSaysWhatComesHere() {
    owner.open(project + "/outcomes");
    assertThat(owner.text()).contains("Nothing has been finished here yet.");
    assertThat(owner.one("nav [aria-current=page]").text()).isEqualTo("Outcomes");
    assertThat(owner.page().select("a[download]")).isEmpty();
  }

  @Test
  void aFinishedExperimentIsALineAndAFile() {
    String experiment = finished();
    owner.open(project + "/outcomes");
    assertThat(owner.one("tbody tr").text())
        .contains(NAME, "✓ Ship", "sign_up, Start free", "+250.0 %", "400");
    assertThat(owner.one("tbody th a").attr("href")).isEqualTo(experiment);
    owner.open(owner.one("a[download]").attr("href"));
    assertThat(owner.status()).isEqualTo(200);
    assertThat(owner.page().text()).contains("relative_lift", ",ship,sign_up,");
    Visitor stranger = Visitor.signedUp(port);
    assertThat(stranger.open(project + "/outcomes").status()).isEqualTo(404);
    assertThat(stranger.open(project + "/outcomes.csv").status()).isEqualTo(404);
  }

  @Test
  void aLongListGoesOnOnTheNextPage() {
    String experiment = finished();
    copy(experiment, 50);
    owner.open(project + "/outcomes");
    assertThat(owner.page().select("tbody tr")).hasSize(50);
    owner.open(owner.one("a:contains(Earlier ones)").attr("href"));
    assertThat(owner.page().select("tbody th a").eachAttr("href")).containsExactly(experiment);
    assertThat(owner.page().select("a:contains(Earlier ones)")).isEmpty();
  }

  /// Many finished experiments like this one, without an analysis.
  private void copy(String experiment, int times) {
    Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    insert into experiment (project_id, key, name, description, segments, goals, plan, seed, mode,
                           on_harm, status, activated_at, finished_at, created_at, updated_at)
                    select project_id, key || i, name || i, description, segments, goals, plan,
                           left(md5(seed || i), 16), mode, on_harm, status, activated_at, finished_at, created_at,
                           updated_at
                      from experiment, generate_series(1, :times) i where id = :from\
                    """)
                .param("times", times)
                .param("from", UUID.fromString(experiment.substring("/experiments/".length())))
                .update()));
  }

  @Test
  void eventsAreFilesForWhoeverMaySeeThem() {
    String experiment = finished();
    owner.open(experiment + "/events");
    List<String> files =
        owner.page().select("a[download]").stream().map(link -> link.attr("href")).toList();
    assertThat(files).hasSize(2).allMatch(file -> file.startsWith(experiment + "/events."));
    for (String file : files) {
      assertThat(owner.open(file).page().text()).contains("control-0", "sign_up");
      assertThat(Visitor.signedUp(port).open(file).status()).isEqualTo(404);
    }
  }

  @Test
  void aLinkIsMadeShownOnceAndEnded() {
    String experiment = finished();
    owner.open(experiment).send(experiment + "/share", Map.of());
    String link = URI.create(owner.byId("link").text()).getPath();
    Visitor anybody = Visitor.anonymous(port).open(link);
    assertThat(anybody.status()).isEqualTo(200);
    assertThat(anybody.text()).contains("Ship Start free: it brings 250 % more “sign_up”.", NAME);
    assertThat(owner.open(link).page().select("form, input, button")).isEmpty();
    owner.open(experiment);
    assertThat(owner.page().text()).doesNotContain(link).contains("It works until");
    owner.send(experiment + "/share/end", Map.of());
    assertThat(owner.text()).contains("The link has ended.");
    assertThat(anybody.open(link).status()).isEqualTo(404);
    assertThat(owner.hasForm(experiment + "/share/end")).isFalse();
  }

  @Test
  void theNextIdeaSaysWhyAndWhatWasTriedBefore() {
    String experiment = finished();
    owner.open(experiment).send(experiment + "/iterate", Map.of());
    String next = owner.address().replaceAll("\\?.*", "");
    owner.open(owner.one("a[href$=/why]").attr("href"));
    assertThat(owner.text())
        .contains("Why this one", "Ship Start free: it brings 250 % more “sign_up”.")
        .contains("The change worked, so it comes again in a form that more people notice.")
        .contains("Proposed by Pryo's own rules.")
        .contains("What was tried before", NAME, "+250.0 %", "✓ Ship");
    assertThat(owner.page().select("main script")).isEmpty();
    assertThat(owner.page().select("a[href=" + experiment + "]")).isNotEmpty();
    assertThat(owner.open(experiment + "/why").status()).isEqualTo(404);
    assertThat(Visitor.signedUp(port).open(next + "/why").status()).isEqualTo(404);
  }

  /// Ends an experiment with 200 people a segment, of whom 20 sign up in the control and 70 in the
  /// test.
  ///
  /// @return the address of its page
  private String finished() {
    String id =
        world
            .owner()
            .post("/api/experiments", World.experiment(world.project(), NAME))
            .expect(201)
            .get("id")
            .asString();
    String path = "/api/experiments/" + id;
    world.owner().post(path + "/activate", Map.of("force", true)).expect(200);
    List<Map<String, Object>> events = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      visit(events, id, "control", person, person < 20);
      visit(events, id, "test1", person, person < 70);
    }
    Api.anonymous(port)
        .post("/api/events?key=" + world.writeKey(), Map.of("events", events))
        .expect(200);
    world.owner().post(path + "/finish?wait=true", null).expect(200);
    return "/experiments/" + id;
  }

  private static void visit(
      List<Map<String, Object>> events,
      String experiment,
      String segment,
      int person,
      boolean signsUp) {
    String user = "%s-%d".formatted(segment, person);
    events.add(
        Map.of(
            "id", "seen-" + user,
            "user_id", user,
            "event", "$exposure",
            "experiment", experiment,
            "segment", segment));
    if (signsUp) {
      events.add(Map.of("id", "signed-" + user, "user_id", user, "event", "sign_up"));
    }
  }
}
