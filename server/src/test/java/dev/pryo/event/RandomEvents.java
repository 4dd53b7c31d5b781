package dev.pryo.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Six hundred events as no order of things would give them, the same for the same seed.
final class RandomEvents {
  private RandomEvents() {}

  static List<NewEvent> of(long seed, History history, long otherExperiment) {
    Random random = new Random(seed);
    Random said = new Random(-seed);
    List<NewEvent> events = new ArrayList<>();
    String[] names = {"purchase", "click", "rating", "page view"};
    for (int i = 0; i < 600; i++) {
      String user = "u" + random.nextInt(120);
      Source source =
          random.nextInt(10) == 0
              ? Source.PREVIEW
              : random.nextInt(8) == 0 ? Source.SIMULATED : Source.LIVE;
      boolean bot = random.nextInt(12) == 0;
      boolean exposure = random.nextInt(3) == 0;
      int usual = Math.floorMod(user.hashCode(), 2);
      Integer segment =
          random.nextInt(25) == 0
              ? Integer.valueOf(1 - usual)
              : random.nextInt(15) == 0 ? null : Integer.valueOf(usual);
      Long named =
          exposure || random.nextInt(6) == 0
              ? Long.valueOf(random.nextInt(9) == 0 ? otherExperiment : history.experiment)
              : null;
      Double value =
          random.nextInt(5) == 0 ? null : Double.valueOf(random.nextInt(-200, 1_000) / 8.0);
      String id =
          i > 20 && random.nextInt(15) == 0
              ? events.get(random.nextInt(i)).id()
              : (random.nextBoolean()
                  ? new UUID(random.nextLong(), random.nextLong()).toString()
                  : "id" + i);
      events.add(
          History.with(
              properties(said),
              history.event(
                  id,
                  user,
                  exposure ? NewEvent.EXPOSURE : names[random.nextInt(names.length)],
                  random.nextInt(0, 2_000) / 10.0,
                  value,
                  named,
                  named == null ? null : segment,
                  source,
                  bot)));
    }
    return events;
  }

  private static @Nullable String properties(Random random) {
    List<String> all = new ArrayList<>();
    String[] plans = {"\"free\"", "\"pro\"", "\"team\"", "\"1\"", "1", "null"};
    if (random.nextInt(4) > 0) {
      all.add("\"plan\": " + plans[random.nextInt(plans.length)]);
    }
    if (random.nextInt(4) > 0) {
      all.add("\"n\": " + random.nextInt(-3, 6));
    }
    if (random.nextInt(3) > 0) {
      all.add("\"vip\": " + random.nextBoolean());
    }
    return all.isEmpty() ? null : "{" + String.join(", ", all) + "}";
  }
}
