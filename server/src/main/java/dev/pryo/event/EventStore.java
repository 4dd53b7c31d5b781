package dev.pryo.event;

/// Where events are kept and counted. Every store keeps the promises of `EventStoreContract`.
public interface EventStore {

  /// Counts an experiment's visitors and goals from its events as they are now.
  Totals totals(TotalsQuery query);
}
