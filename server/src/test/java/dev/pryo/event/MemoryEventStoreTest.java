package dev.pryo.event;

import java.util.concurrent.atomic.AtomicLong;

/// The oracle keeps the promises too.
class MemoryEventStoreTest extends EventStoreContract {
  private final MemoryEventStore store = new MemoryEventStore();
  private final AtomicLong numbers = new AtomicLong();

  @Override
  EventStore store() {
    return store;
  }

  @Override
  long project() {
    return numbers.incrementAndGet();
  }

  @Override
  long experiment() {
    return numbers.incrementAndGet();
  }
}
