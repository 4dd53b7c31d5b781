package dev.pryo.agent.cli;

import dev.pryo.agent.reading.Checkout;
import dev.pryo.agent.reading.Shortlist;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/// `shortlist PATH --brief TEXT [--route R]`: the files that an experiment would touch, as JSON.
final class ShortlistFiles {
  private ShortlistFiles() {}

  static int run(List<String> words, PrintStream out) {
    var arguments = new Arguments(words, Set.of("--brief", "--route"), Set.of());
    var checkout = Checkout.of(arguments.folder());
    var files =
        Shortlist.of(
            checkout.tree(),
            checkout.folder(),
            arguments.required("--brief"),
            arguments.option("--route").orElse(null));
    out.println(Json.write(files));
    return 0;
  }
}
