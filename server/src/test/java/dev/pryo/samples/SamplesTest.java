package dev.pryo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.Browser;
import dev.pryo.PryoTest;
import dev.pryo.experiment.Bucketing;
import dev.pryo.platform.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Every sample application that can be built here: edit mode writes an experiment, and another is
/// as a model wrote it in a recorded run; npm builds each, and people come, by the link of a
/// preview and by the bucketing.
///
/// `-Dsamples=vue,astro-agent` takes some of them. The table of what was seen is printed in the end
/// and stands in `target/samples.md`.
@PryoTest
@Tag("slow")
class SamplesTest {
  private static final double MOST_SHIFT = 0.02;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Table TABLE = new Table();
  private static final ExecutorService BUILDER = Executors.newSingleThreadExecutor();
  private static final Map<Sample, Future<Checkout>> CHECKOUTS = new ConcurrentHashMap<>();

  @RegisterExtension static final Browser browser = new Browser();

  @TempDir static Path workshop;

  @LocalServerPort int port;

  @Autowired Address address;

  static Stream<Sample> samples() {
    List<String> some = List.of(System.getProperty("samples", "").split(","));
    return Sample.all().stream()
        .filter(one ->
            some.equals(List.of(""))
                || some.contains(one.name())
                || some.contains(one.app().name()));
  }

  @AfterAll
  static void printTheTable() throws IOException {
    BUILDER.shutdownNow();
    System.out.println(TABLE);
    Files.writeString(Path.of("target/samples.md"), TABLE.toString());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySegmentIsSeenAndCounted(Sample sample) throws Exception {
    samples().forEach(this::checkout); // the next is built while this one is looked at
    Checkout checkout = checkout(sample).get();
    long start = System.nanoTime();
    List<Visit> previews = new ArrayList<>();
    List<Visit> visits = new ArrayList<>();
    try (Site site = Site.of(checkout)) {
      for (String segment : checkout.segments()) {
        previews.add(visit(checkout, previewLink(checkout, site, segment), segment, "guest"));
        visits.add(visit(checkout, site.address() + sample.path(), segment, "person"));
      }
    }
    List<JsonNode> events = events(checkout, (previews.size() + visits.size()) * 2);
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    SoftAssertions asserted = new SoftAssertions();
    for (int i = 0; i < visits.size(); i++) {
      Seen preview = new Seen(previews.get(i), events);
      Seen visit = new Seen(visits.get(i), events);
      TABLE.add(checkout, preview, visit, statics(checkout), seconds);
      check(asserted, sample, preview, true);
      check(asserted, sample, visit, false);
    }
    asserted.assertThat(statics(checkout)).as("pages that the build wrote").isNotEqualTo("no");
    asserted.assertAll();
  }

  private Future<Checkout> checkout(Sample sample) {
    return CHECKOUTS.computeIfAbsent(
        sample,
        one ->
            BUILDER.submit(
                () -> Checkout.of(one, port, Address.origin(address.publicUrl()), workshop)));
  }

  /// The link that the product hands out for a segment.
  private static String previewLink(Checkout checkout, Site site, String segment) {
    Api owner = checkout.owner();
    String path = Checkout.path(checkout.id(), "preview-url");
    owner.patch(path, Map.of("preview_url", site.address() + checkout.sample().path())).expect(200);
    return owner
        .get("/api/experiments/" + checkout.id())
        .expect(200)
        .get("segments")
        .valueStream()
        .filter(one -> one.get("key").asString().equals(segment))
        .map(one -> one.get("preview_link").asString())
        .findFirst()
        .orElseThrow();
  }

  private Visit visit(Checkout checkout, String address, String segment, String prefix) {
    String visitor = visitor(checkout, segment, prefix);
    return Visit.of(browser.person(), checkout.sample(), address, visitor, segment);
  }

  /// Somebody whom the bucketing puts into a segment.
  private String visitor(Checkout checkout, String segment, String prefix) {
    JsonNode rules =
        Api.anonymous(port)
            .get("/api/assignments/" + checkout.writeKey())
            .expect(200)
            .at("/experiments/0");
    List<Long> until =
        rules.get("segments").valueStream().map(one -> one.get("until").asLong()).toList();
    int wanted = checkout.segments().indexOf(segment);
    return Stream.iterate(0, i -> i + 1)
        .map(i -> prefix + "-" + i)
        .filter(id ->
            Bucketing.assign(
                    rules.get("seed").asString(), id, rules.get("exposure_bound").asLong(), until)
                .equals(OptionalInt.of(wanted)))
        .findFirst()
        .orElseThrow();
  }

  /// What the server has stored, once it is as much as wanted or does not become more.
  private static List<JsonNode> events(Checkout checkout, int wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode page =
          checkout.owner().get(Checkout.path(checkout.id(), "events?limit=1000")).expect(200);
      List<JsonNode> items = page.get("items").valueStream().toList();
      if (items.size() >= wanted || System.nanoTime() > deadline) {
        return items;
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  /// Whether each page that has to be a file is one, and shows the control: yes, no, or a dash
  /// where there are none.
  private static String statics(Checkout checkout) throws IOException {
    Sample sample = checkout.sample();
    for (String page : sample.statics()) {
      if (!Files.exists(checkout.folder().resolve(page))) {
        return "no";
      }
    }
    if (sample.statics().isEmpty()) {
      return "–";
    }
    String first = Files.readString(checkout.folder().resolve(sample.statics().getFirst()));
    String control = sample.wanted("control").split(" \\| ")[0];
    return first.contains(control) ? "yes" : "no";
  }

  /// A visit, and what the server knows of it.
  record Seen(Visit visit, List<JsonNode> events) {
    Seen {
      events =
          events.stream()
              .filter(one -> one.get("user_id").asString().equals(visit.visitor()))
              .toList();
    }

    boolean isAsWanted(Sample sample) {
      return visit.seen().equals(sample.wanted(visit.segment()));
    }

    List<String> exposures() {
      return events.stream()
          .filter(one -> one.get("event").asString().equals("$exposure"))
          .map(one -> one.get("segment").asString())
          .toList();
    }

    long goals(Sample sample) {
      return events.stream()
          .filter(one -> one.get("event").asString().equals(sample.event()))
          .count();
    }
  }

  private static void check(SoftAssertions asserted, Sample sample, Seen seen, boolean preview) {
    Visit visit = seen.visit();
    String who = sample + " " + visit.segment() + (preview ? " (preview)" : "");
    asserted.assertThat(visit.seen()).as(who).isEqualTo(sample.wanted(visit.segment()));
    asserted.assertThat(seen.exposures()).as(who + ": exposure").containsExactly(visit.segment());
    asserted.assertThat(seen.goals(sample)).as(who + ": " + sample.event()).isOne();
    asserted.assertThat(visit.complaints()).as(who + ": console").isEmpty();
    asserted.assertThat(visit.shift()).as(who + ": layout shift").isLessThanOrEqualTo(MOST_SHIFT);
    asserted
        .assertThat(seen.events())
        .as(who)
        .allSatisfy(one ->
            assertThat(one.get("preview").asBoolean()).as(one.toString()).isEqualTo(preview));
  }
}
