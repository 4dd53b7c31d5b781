package dev.pryo.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where events are kept and counted. Every store keeps the promises of `EventStoreContract`.
///
/// What is read is read for whoever the current thread acts for; who may see it has been decided
/// before.
public interface EventStore {

  /// What became of an event that was handed in.
  enum Outcome {
    STORED,
    /// An event with this id is there already, in the store or earlier in the same list; it stands.
    DUPLICATE,
    /// The same, and it says something else.
    CHANGED,
    /// The store cannot keep it, whatever is tried again.
    REFUSED
  }

  /// Keeps events and returns once they are durable.
  ///
  /// @return one outcome for each event, in their order
  /// @throws dev.pryo.platform.Unavailable if too much waits already; nothing has then been kept
  List<Outcome> append(List<NewEvent> events);

  /// Puts these simulated events in the place of all earlier ones of the experiment; all or
  /// nothing.
  void replaceSimulated(long projectNo, long experimentNo, List<NewEvent> events);

  /// Counts an experiment's visitors and goals from its events as they are now.
  Totals totals(TotalsQuery query);

  /// When there were more than `n` mature visitors of these segments for the first time, as
  /// [#totals] would have counted them at each moment: whoever saw a second segment counts until
  /// then. Empty where there never were.
  ///
  /// @param hours that a visitor takes to become mature; 0: mature at the first exposure
  Optional<Instant> exceeded(TotalsQuery query, Set<Integer> segments, int hours, long n);

  /// The same, apart for each common value of a property of the visitors' first exposures that
  /// count, as text of at most 100 characters.
  ///
  /// @param most how many values are told apart, the most common first; the others are one part
  /// @return those values in that order, then the others and those without it, where there are any
  List<Part> parts(TotalsQuery query, String property, int most);

  /// The names of properties that recent exposures have, the most common first.
  List<String> properties(TotalsQuery query);

  /// What would have been counted at the end of each day (UTC) on which something changed, in their
  /// order, by the times of the events and by today's caps.
  List<DayEnd> days(TotalsQuery query);

  /// How the values of people are spread, for each goal of the kind count, sum or mean for which
  /// anybody has one.
  List<Spread> spreads(TotalsQuery query);

  /// One page of the events that belong to an experiment, the newest arrival first: those that name
  /// it, and the goal events without an experiment of users who were exposed to it, if they arrived
  /// since it was made. It costs the same however much is stored, and may be short for that.
  EventPage page(EventQuery query);

  /// One visitor's events that name one of these experiments or none, of every source, in the order
  /// of their times; at most so many.
  List<StoredEvent> visitor(VisitorQuery visitor, int limit);

  /// Deletes what [#visitor] lists, at most so many.
  ///
  /// @return how many were deleted; 0 once nothing is left
  int erase(VisitorQuery visitor, int most);

  /// Deletes events of a project that were received before, the oldest first, at most so many.
  ///
  /// @return how many were deleted
  int expire(long projectNo, Instant before, int most);

  /// Deletes events whose project is gone, at most so many.
  ///
  /// @return how many were deleted
  int sweep(int most);
}
