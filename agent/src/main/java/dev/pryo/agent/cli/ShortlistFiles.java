package dev.pryo.agent.cli;

import dev.pryo.agent.reading.Checkout;
import dev.pryo.agent.reading.Shortlist;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `shortlist PATH --brief TEXT [--route R]`: the files that an experiment would touch, as JSON. Of
/// a big repository the error stream says how much of it was ranked.
final class ShortlistFiles {
  /// A repository of more files than this is a big one.
  private static final int MANY = 2_000;

  private ShortlistFiles() {}

  static int run(List<String> words, PrintStream out, PrintStream err) {
    var arguments = new Arguments(words, Set.of("--brief", "--route"), Set.of());
    var checkout = Checkout.of(arguments.folder());
    var ranking =
        Shortlist.ranking(
            checkout.tree(),
            checkout.folder(),
            arguments.required("--brief"),
            arguments.option("--route").orElse(null));
    out.println(Json.write(ranking.files()));
    if (ranking.sampled()) {
      err.printf(
          Locale.ROOT,
          "pryo agent: this is a sample: %,d of at least %,d files are ranked, all that the route"
              + " leads to and every n-th of the rest.%n",
          ranking.looked(),
          ranking.all());
    } else if (ranking.all() > MANY) {
      err.printf(
          Locale.ROOT,
          "pryo agent: all %,d files are ranked, by their text; none is left out.%n",
          ranking.all());
    }
    return 0;
  }
}
