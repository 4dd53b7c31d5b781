package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.TestRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A person's page, and the checklist before the start, by forms alone.
@PryoTest
class PeoplePagesTest {
  private static final String HOSTILE = "<b>\"x\"'/..;&%2f\\ü😀#?";

  @LocalServerPort int port;
  private Visitor owner;
  private String project;
  private String key;
  private String experiment;

  @BeforeEach
  void started() {
    owner = Visitor.signedUp(port);
    project =
        ProjectPagesTest.connect(
            owner,
            TestRepository.with(
                Map.of(
                    "mug.html",
                    "<!doctype html>\n<html lang=\"en\">\n<head><title>Mug</title></head>\n"
                        + "<body>\n<button id=\"buy\">Add to cart</button>\n</body>\n</html>\n")));
    key = owner.byId("write-key").text();
    owner.open("/experiments/new?project=" + project.substring("/projects/".length()));
    owner.send(
        "/experiments/new",
        Map.of(
            "do",
            "read",
            "description",
            "Change 'Add to cart' to 'Buy now'. I want more people to buy."));
    owner.send("/experiments/new", Map.of("do", "start"));
    experiment = owner.address();
    for (int i = 0; i < 3_000 && owner.open(experiment + "/progress").status() != 286; i++) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    owner.open(experiment);
  }

  @Test
  void whatIsThereBeforeTheStartIsTicked() {
    assertThat(owner.page().select("#ready li")).hasSize(5);
    assertThat(owner.page().select("#ready .tick")).isEmpty();
    assertThat(owner.one("#ready").attr("hx-get")).isEqualTo(experiment + "/ready");
    send(preview("control"), preview("test1"));
    assertThat(owner.open(experiment + "/ready").status()).isEqualTo(200);
    assertThat(owner.page().select(".tick")).hasSize(3);
    assertThat(owner.page().text()).contains("No buy yet").contains("pryo.trackEvent(\"buy\")");
    send(Map.of("id", "buy", "user_id", "me", "event", "buy", "preview", true));
    owner.open(experiment);
    owner.send(experiment + "/merge", Map.of());
    assertThat(owner.page().select("#ready .tick")).hasSize(5);
    assertThat(owner.one("#ready").hasAttr("hx-get")).as("it asks no more").isFalse();
    assertThat(owner.open(experiment + "/ready").status()).isEqualTo(286);
  }

  @Test
  void aPersonIsReachedFromItsEventsWhateverItsId() {
    running();
    send(exposure(HOSTILE, "control"), exposure(HOSTILE, "test1"));
    owner.open(experiment + "/events");
    owner.open(owner.one(".events a[href*=people]").attr("href"));
    assertThat(owner.status()).isEqualTo(200);
    assertThat(owner.one(".verdict code").text()).isEqualTo(HOSTILE);
    assertThat(owner.page().select("main b")).isEmpty();
    assertThat(owner.text()).contains("Is not counted").contains("saw two segments");
    send(exposure("u", "test1"));
    owner.open(person("u"));
    assertThat(owner.one("#lead").text()).startsWith("Counts in ");
  }

  @Test
  void anOwnerErasesAPersonAndNobodyElseCan() {
    running();
    send(exposure(HOSTILE, "control"), exposure("other", "test1"));
    owner.open(experiment + "/events");
    String address = owner.one(".events a[href*=people]:contains(" + "other" + ")").attr("href");
    Visitor viewer = Visitor.signedUp(port);
    owner.open(project + "/settings/members");
    owner.send(project + "/settings/members", Map.of("email", viewer.email(), "role", "viewer"));
    viewer.open(address);
    assertThat(viewer.status()).isEqualTo(200);
    assertThat(viewer.hasForm(project + "/people/erase")).isFalse();
    Map<String, String> other = Map.of("user_id", "other", "experiment", id());
    String token = viewer.one("meta[name=csrf]").attr("content");
    viewer.post(
        project + "/people/erase", Map.of("user_id", "other", "experiment", id(), "_csrf", token));
    assertThat(viewer.status()).isEqualTo(404);
    owner.post(project + "/people/erase", other);
    assertThat(owner.status()).as("without the form's token").isEqualTo(403);
    owner.open(address);
    assertThat(owner.text()).contains("Counts in");
    owner.send(project + "/people/erase", Map.of());
    assertThat(owner.text()).contains("Erased.");
    assertThat(owner.page().select(".events code:containsOwn(other)")).isEmpty();
    assertThat(owner.open(address).text()).contains("Nothing with this id is stored");
    Visitor stranger = Visitor.signedUp(port);
    assertThat(stranger.open(address).status()).isEqualTo(404);
  }

  private void running() {
    owner.send(experiment + "/merge", Map.of());
    owner.send(experiment + "/activate", Map.of());
  }

  private String id() {
    return experiment.substring("/experiments/".length());
  }

  private String person(String user) {
    return "%s/people?experiment=%s&user_id=%s".formatted(project, id(), user);
  }

  private Map<String, Object> preview(String segment) {
    return Map.of(
        "id",
        "p-" + segment,
        "user_id",
        "me",
        "event",
        "$exposure",
        "experiment",
        id(),
        "segment",
        segment,
        "preview",
        true);
  }

  private Map<String, Object> exposure(String user, String segment) {
    return Map.of(
        "id",
        "x-" + segment + user.length(),
        "user_id",
        user,
        "event",
        "$exposure",
        "experiment",
        id(),
        "segment",
        segment);
  }

  @SafeVarargs
  private void send(Map<String, Object>... events) {
    List<Object> all = new ArrayList<>(List.of(events));
    assertThat(Api.anonymous(port).post("/api/events?key=" + key, all).expect(200).get("rejected"))
        .isEmpty();
  }
}
