package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.PryoTest;
import dev.pryo.event.EventWorld.Made;
import dev.pryo.event.TotalsQuery.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is odd about events is counted as they come in.
@PryoTest
class NoticingTest {
  private static final String CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1)";

  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired Noticing noticing;
  @Autowired InstantSource clock;

  @Test
  void whatIsNotOddIsOnlyCounted() {
    EventWorld world = new EventWorld(server, port);
    Made words = world.experiment("words");
    String client = BrowserClient.current().fingerprint().substring(0, 6);
    send(world, client, exposure("a", null), exposure("a", null), purchase("b", 1));
    send(world, "unknown", exposure("c", clock.instant().minusSeconds(60)));
    assertThat(noticed(world, words)).isEqualTo(new Noticed(3, 0, 0, 0, 0, 3, 0, null));
  }

  @Test
  void anIdThatComesAgainWithOtherContentIsTheProjectsOrTheExperiments() {
    EventWorld world = new EventWorld(server, port);
    Made words = world.experiment("words");
    Made other = world.experiment("other");
    send(world, null, purchase("order-1", 5), purchase("order-2", 5), exposure("a", null));
    send(world, null, purchase("order-1", 5), purchase("order-2", 6), purchase("order-2", 7));
    Map<String, Object> again = exposure("a", null);
    again.put("user_id", "b");
    send(world, null, again);
    LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    Noticed.Unnamed projects = new Noticed.Unnamed(2, today, today);
    assertThat(noticed(world, words).changed()).isEqualTo(1);
    assertThat(noticed(world, words).unnamed()).isEqualTo(projects);
    assertThat(noticed(world, other)).isEqualTo(new Noticed(0, 0, 0, 0, 0, 0, 0, projects));
    assertThat(world.stored()).isEqualTo(3);
  }

  @Test
  void sendersAndClocksAreTold() {
    EventWorld world = new EventWorld(server, port);
    Made words = world.experiment("words");
    Made other = world.experiment("other");
    Instant now = clock.instant();
    send(world, null, exposure("a", null));
    send(world, "0dd0dd", exposure("b", null), exposure("c", null));
    send(world, "0dd0dd", exposure("d", now.plus(Duration.ofMinutes(5))));
    send(world, "0dd0dd", exposure("e", now.minus(Duration.ofHours(2))));
    assertThat(noticed(world, words)).isEqualTo(new Noticed(5, 0, 1, 1, 1, 5, 4, null));
    assertThat(noticed(world, other)).isEqualTo(Noticed.NOTHING);
  }

  /// What is written and what is not yet, on the days on which an experiment ran and on others.
  @Test
  void onlyTheDaysOnWhichAnExperimentRanAreAsked() {
    EventWorld world = new EventWorld(server, port);
    Made words = world.experiment("words");
    Instant now = clock.instant();
    send(world, "0dd0dd", exposure("a", null), exposure("b", null));
    send(world, null, exposure("a", now.minus(Duration.ofHours(2))), purchase("order-1", 5));
    send(world, null, purchase("order-1", 6));
    Instant past = now.minus(Duration.ofDays(9));
    Period before = new Period(past, past.plus(Duration.ofDays(2)));
    assertThat(noticing.of(world.project.no(), words.no(), List.of(before)))
        .isEqualTo(Noticed.NOTHING);
    noticing.write();
    assertThat(noticing.of(world.project.no(), words.no(), List.of(before)))
        .isEqualTo(Noticed.NOTHING);
    assertThat(noticing.of(world.project.no(), words.no(), List.of())).isEqualTo(Noticed.NOTHING);
    Noticed written =
        noticing.of(world.project.no(), words.no(), List.of(before, new Period(now, null)));
    assertThat(written.named()).isEqualTo(3);
    assertThat(written.stale()).isEqualTo(2);
    assertThat(written.unnamed()).extracting(Noticed.Unnamed::events).isEqualTo(1L);
  }

  /// While a number goes from memory into the table.
  @Test
  void aNumberThatIsBeingWrittenIsSeenOnce() throws Exception {
    EventWorld world = new EventWorld(server, port);
    Made words = world.experiment("words");
    try (ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int noted = 1; noted <= 50; noted++) {
        noticing.note(world.project.no(), words.no(), Noticing.Kind.FOREIGN, 1);
        Future<?> written = writer.submit(noticing::write);
        do {
          assertThat(noticed(world, words).named()).isEqualTo(noted);
        } while (!written.isDone());
        written.get();
      }
    }
  }

  @Test
  void crawlersAndPreviewsAreNobody() {
    EventWorld world = new EventWorld(server, port);
    Made words = world.experiment("words");
    world.send(List.of(exposure("a", null)), "User-Agent", CRAWLER);
    Map<String, Object> preview = exposure("b", null);
    preview.put("preview", true);
    preview.put("segment", "test1");
    send(world, null, preview);
    preview.put("user_id", "c"); // opened again, with the same id and other content
    send(world, null, preview);
    assertThat(noticed(world, words)).isEqualTo(Noticed.NOTHING);
  }

  private Noticed noticed(EventWorld world, Made experiment) {
    Period sinceYesterday = new Period(clock.instant().minus(Duration.ofDays(1)), null);
    return noticing.of(world.project.no(), experiment.no(), List.of(sinceYesterday));
  }

  @SafeVarargs
  private void send(EventWorld world, @Nullable String client, Map<String, Object>... events) {
    String version = client == null ? "" : "&v=" + client;
    Api.anonymous(port)
        .post("/api/events?key=" + world.project.writeKey() + version, List.of(events))
        .expect(200);
  }

  private static Map<String, Object> exposure(String id, @Nullable Instant at) {
    Map<String, Object> event =
        new HashMap<>(Map.of("id", id, "user_id", id, "event", "$exposure", "experiment", "words"));
    if (at != null) {
      event.put("timestamp", at.toString());
    }
    return event;
  }

  private static Map<String, Object> purchase(String id, double value) {
    return new HashMap<>(Map.of("id", id, "user_id", "u", "event", "purchase", "value", value));
  }
}
