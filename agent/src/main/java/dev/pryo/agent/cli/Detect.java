package dev.pryo.agent.cli;

import dev.pryo.agent.reading.Checkout;
import dev.pryo.agent.reading.Detected;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/// `detect PATH`: what a checkout is and how its people write, as JSON.
final class Detect {
  private Detect() {}

  static int run(List<String> words, PrintStream out) {
    var checkout = Checkout.of(new Arguments(words, Set.of(), Set.of()).folder());
    out.println(Json.write(Detected.of(checkout.tree(), checkout.folder())));
    return 0;
  }
}
