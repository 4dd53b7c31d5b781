package dev.pryo.readiness;

import dev.pryo.event.Sightings.GoalSeen;
import dev.pryo.event.Sightings.Seen;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiment.PullRequest;
import dev.pryo.experiment.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an experiment can be started with good reason: what has to be there, whether it is, and
/// how to mend what is not. It hinders nobody: activation asks for the merge alone.
///
/// @param ready whether nothing is missing
public record Readiness(boolean ready, List<Item> items) {

  public enum Status {
    PASS,
    /// There in part: it hinders nothing.
    WARN,
    FAIL
  }

  /// One thing that has to be there.
  ///
  /// @param id `merged`, `client_seen`, `exposure:<segment>` or `goal:<event>`
  /// @param detail what was found, in a sentence
  /// @param mend what to do; null where nothing is to be done
  /// @param segment the key of the segment that it is about
  /// @param event the name of the goal's event that it is about
  /// @param seenAt when it was last seen
  public record Item(
      String id,
      Status status,
      String detail,
      @Nullable String mend,
      @Nullable String segment,
      @Nullable String event,
      @Nullable Instant seenAt) {}

  static Readiness of(Experiment experiment, Seen seen) {
    List<Item> items = new ArrayList<>();
    items.add(merged(experiment));
    items.add(client(seen));
    for (int i = 0; i < experiment.segments().size(); i++) {
      items.add(exposure(experiment, experiment.segments().get(i), seen.segments().get(i)));
    }
    experiment.goals().stream()
        .flatMap(goal -> goal.events().stream())
        .distinct()
        .forEach(event -> items.add(goal(event, seen.goal(event))));
    return new Readiness(
        items.stream().noneMatch(item -> item.status() == Status.FAIL), List.copyOf(items));
  }

  private static Item merged(Experiment experiment) {
    PullRequest pull = experiment.pullRequest();
    if (pull != null && pull.state() == PullRequest.State.MERGED) {
      return item("merged", Status.PASS, "Merged into %s.".formatted(pull.base()), null);
    }
    if (experiment.activatedAt() != null) {
      return item(
          "merged",
          Status.WARN,
          "It was started without a merged pull request.",
          "Make sure that the versions are in the site.");
    }
    return pull == null || pull.state() == PullRequest.State.CLOSED
        ? item(
            "merged",
            Status.FAIL,
            "There is no pull request with the versions.",
            "Have it implemented; or start it by force, if they are in the site already.")
        : item(
            "merged",
            Status.FAIL,
            "Pull request #%d is not merged.".formatted(pull.number()),
            pull.conflicted()
                ? "It conflicts with %s: solve that first.".formatted(pull.base())
                : "Merge it into %s.".formatted(pull.base()));
  }

  private static Item client(Seen seen) {
    return seen.newest() == null
        ? item(
            "client_seen",
            Status.FAIL,
            "No event of the site has come in yet.",
            "Put the project's snippet on its pages, then open one.")
        : new Item(
            "client_seen",
            Status.PASS,
            "Events of the site come in.",
            null,
            null,
            null,
            seen.newest());
  }

  private static Item exposure(Experiment experiment, Segment segment, @Nullable Instant at) {
    String id = "exposure:" + segment.key();
    return at == null
        ? new Item(
            id,
            Status.FAIL,
            "%s has not been seen in a preview.".formatted(segment.name()),
            "Open its preview link. If nothing comes, the page does not carry the version, or does not ask pryo.variant(\"%s\")."
                .formatted(experiment.key()),
            segment.key(),
            null,
            null)
        : new Item(
            id,
            Status.PASS,
            "%s was seen in a preview.".formatted(segment.name()),
            null,
            segment.key(),
            null,
            at);
  }

  private static Item goal(String event, GoalSeen seen) {
    String id = "goal:" + event;
    if (seen.previewed() != null) {
      return new Item(
          id, Status.PASS, event + " came from a preview.", null, null, event, seen.previewed());
    }
    String mend =
        "Open a preview link and do what it counts. If nothing comes, the page does not call pryo.trackEvent(\"%s\")."
            .formatted(event);
    return seen.live()
        ? new Item(
            id,
            Status.WARN,
            "%s comes from visitors, but has not come from a preview.".formatted(event),
            mend,
            null,
            event,
            null)
        : new Item(id, Status.FAIL, "No %s yet.".formatted(event), mend, null, event, null);
  }

  private static Item item(String id, Status status, String detail, @Nullable String mend) {
    return new Item(id, status, detail, mend, null, null, null);
  }
}
