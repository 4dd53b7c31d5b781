package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Check;
import dev.pryo.analysis.Analysis.Check.Status;
import dev.pryo.analysis.Analysis.Fact;
import dev.pryo.event.Noticed;
import dev.pryo.event.Noticed.Unnamed;
import java.util.ArrayList;
import java.util.List;

/// How the events came in: under which ids, from which code, with which clocks. They are those that
/// name the experiment; ids are also asked of those that name none, which are the project's.
final class SendingChecks {
  private static final String OWN = "events that name the experiment";
  private static final String NONE = "events of the project that name no experiment";

  /// Fewer are nobody's mistake.
  private static final long FEW = 10;

  private static final double SOME = 0.01;
  private static final double MANY = 0.05;

  private final Noticed odd;

  private SendingChecks(Noticed odd) {
    this.odd = odd;
  }

  static List<Check> of(Look look) {
    SendingChecks checks = new SendingChecks(look.odd());
    return List.of(
        checks.duplicates(), checks.withoutClient(), checks.staleClient(), checks.clocks());
  }

  /// The numbers that these checks say.
  static List<Fact> facts(Look look) {
    Noticed odd = look.odd();
    if (odd.equals(Noticed.NOTHING)) {
      return List.of();
    }
    return List.of(
        fact("duplicates.events", odd.changed(), OWN, "with an id of another and other content"),
        fact("duplicates.unnamed", unnamed(odd), NONE, "with an id of another and other content"),
        fact("exposure_without_client.events", odd.foreign(), OWN, "not from pryo.js"),
        fact("exposure_without_client.named", odd.named(), OWN, "all of them"),
        fact("stale_client.events", odd.stale(), OWN, "from another version of pryo.js"),
        fact("stale_client.recent", odd.recent(), OWN, "of yesterday and today"),
        fact("clock_skew.ahead", odd.ahead(), OWN, "with a time ahead of the server's"),
        fact("clock_skew.late", odd.late(), OWN, "that came an hour after their time, or more"),
        fact("clock_skew.named", odd.named(), OWN, "all of them"));
  }

  private static Fact fact(String id, long number, String of, String which) {
    String how =
        "Noted when they came in, on the days (UTC) on which it was active: %s, %s"
            .formatted(of, which);
    return new Fact(id, number, "events", events(number), how, null, null, null);
  }

  private static long unnamed(Noticed odd) {
    Unnamed unnamed = odd.unnamed();
    return unnamed == null ? 0 : unnamed.events();
  }

  private Check duplicates() {
    String id = "duplicates";
    List<String> changed = new ArrayList<>();
    if (odd.changed() > 0) {
      changed.add(
          events(odd.changed())
              + (odd.changed() == 1 ? " that names" : " that name")
              + " this experiment");
    }
    Unnamed unnamed = odd.unnamed();
    if (unnamed != null) {
      changed.add(
          "%s of the project that %s no experiment (%s)"
              .formatted(
                  events(unnamed.events()),
                  unnamed.events() == 1 ? "names" : "name",
                  days(unnamed)));
    }
    return changed.isEmpty()
        ? new Check(id, Status.PASS, "No event's id came twice with different content.")
        : new Check(
            id,
            Status.WARN,
            "%s came with an id that another event has already, and with different content; the first stands and the others are lost%s. Likeliest cause: ids that are not unique, such as an order's number for two kinds of events, or a counter that starts anew. Send a random id with each event, and the same one only for the same event sent again."
                .formatted(
                    String.join(" and ", changed),
                    unnamed == null ? "" : ", to each experiment that would have counted them"));
  }

  private static String days(Unnamed unnamed) {
    String from = SplitCause.DATE.format(unnamed.from());
    return unnamed.from().equals(unnamed.to())
        ? from
        : from + " to " + SplitCause.DATE.format(unnamed.to());
  }

  private Check withoutClient() {
    String id = "exposure_without_client";
    if (odd.foreign() == 0) {
      return new Check(id, Status.PASS, "Every exposure came from pryo.js.");
    }
    if (odd.foreign() == odd.named()) {
      return new Check(id, Status.PASS, "Exposures are sent by the site's own code.");
    }
    String said =
        "%s of %s that name this experiment came from other code than pryo.js"
            .formatted(Say.count(odd.foreign()), events(odd.named()));
    return odd.foreign() < FEW || odd.foreign() < SOME * odd.named()
        ? new Check(id, Status.PASS, said + ".")
        : new Check(
            id,
            Status.WARN,
            said
                + ". Likeliest cause: own code or a server that sends them too, under other user"
                + " ids than the browser's, so that one person counts twice. Let one of both send"
                + " them, or give the browser's id to the other.");
  }

  private Check staleClient() {
    String id = "stale_client";
    if (odd.stale() < FEW || odd.stale() < MANY * odd.recent()) {
      return new Check(id, Status.PASS, "Pages run the pryo.js that is served.");
    }
    return new Check(
        id,
        Status.WARN,
        "%s of %s of yesterday and today that name this experiment came from another version of pryo.js. Likeliest cause: a tag that pins an older version by its address and integrity, or a cache in front of the site. Take the tag anew from the project's page, or empty the cache."
            .formatted(Say.count(odd.stale()), events(odd.recent())));
  }

  private Check clocks() {
    String id = "clock_skew";
    long off = odd.ahead() + odd.late();
    if (off < FEW || off < MANY * odd.named()) {
      return new Check(id, Status.PASS, "Clocks agree.");
    }
    return new Check(
        id,
        Status.WARN,
        "Of %s that name this experiment, %s had a time ahead of the server's and %s came more than an hour after their own time. Ahead is a wrong clock, and the time of receipt was taken; late is a clock that is slow, or a sender that holds events back. Goals count from the exposure on, so wrong times may lose some: send times from one clock, or leave timestamp out."
            .formatted(events(odd.named()), Say.count(odd.ahead()), Say.count(odd.late())));
  }

  private static String events(long number) {
    return number == 1 ? "1 event" : Say.count(number) + " events";
  }
}
