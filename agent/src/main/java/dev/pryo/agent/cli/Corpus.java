package dev.pryo.agent.cli;

import dev.pryo.agent.cli.CorpusScore.Found;
import dev.pryo.agent.cli.CorpusScore.Read;
import dev.pryo.agent.cli.Labels.Labelled;
import dev.pryo.agent.reading.Checkout;
import dev.pryo.agent.reading.Detected;
import dev.pryo.agent.reading.Shortlist;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// `corpus --labels FILE --trees DIR`: scores what is read out of the checkouts that lie in a
/// folder as `owner+name`, and exits with 1 where a score is under its bar. It needs no network.
final class Corpus {
  private static final double CSS_BAR = 0.9;
  private static final double ALL_BAR = 0.9;
  private static final double FIRST_BAR = 0.8;
  private static final double CLEAN_BAR = 0.9;

  private final PrintStream out;
  private final List<Read> reads = new ArrayList<>();
  private final List<Found> finds = new ArrayList<>();

  private Corpus(PrintStream out) {
    this.out = out;
  }

  static int run(List<String> words, PrintStream out) {
    var arguments = new Arguments(words, Set.of("--labels", "--trees"), Set.of());
    var labels = labels(arguments.required("--labels"));
    var trees = Arguments.folder(arguments.required("--trees"));
    return new Corpus(out).score(labels, trees) ? 0 : 1;
  }

  private static Labels labels(String file) {
    try {
      return Json.MAPPER.readValue(Files.readString(Path.of(file)), Labels.class);
    } catch (IOException unreadable) {
      throw new BadArguments(file + " cannot be read.");
    }
  }

  private boolean score(Labels labels, Path trees) {
    out.println("# what           how many labels agree, of eight · css · aliases · seconds");
    out.println(
        "# brief          where the targets stand · all in 10 · first in 3 · no decoy above");
    for (var one : labels.repos()) {
      var tree = trees.resolve(one.repo().replace('/', '+'));
      var commit = commit(tree);
      if (commit.filter(one.commit()::equals).isPresent()) {
        score(one, tree);
      } else {
        out.println(
            one.repo()
                + "  not scored: "
                + commit
                    .map(other -> "it is at " + other + ", not at " + one.commit())
                    .orElse(
                        Files.isDirectory(tree) ? "its commit is not known" : "it is not there"));
      }
      out.flush();
    }
    return total();
  }

  private void score(Labelled one, Path folder) {
    var began = System.nanoTime();
    var checkout = Checkout.of(folder);
    var read = CorpusScore.of(one, Detected.of(checkout.tree(), checkout.folder()));
    var seconds = (System.nanoTime() - began) / 1e9;
    reads.add(read);
    var wrong =
        read.exact().entrySet().stream()
            .filter(label -> !label.getValue())
            .map(label -> label.getKey())
            .toList();
    out.printf(
        Locale.ROOT,
        "%-45s %d/%d%s · %.2f · %.2f · %.1f%n",
        one.repo(),
        read.exact().size() - wrong.size(),
        read.exact().size(),
        wrong.isEmpty() ? "" : " (not " + String.join(", ", wrong) + ")",
        read.css(),
        read.aliases(),
        seconds);
    for (var wish : one.briefs()) {
      var found =
          CorpusScore.of(
              wish, Shortlist.of(checkout.tree(), checkout.folder(), wish.text(), wish.route()));
      finds.add(found);
      out.printf(
          "  %-80.80s %s · %s · %s · %s%n",
          wish.text(),
          found.places(),
          found.all() ? "yes" : "NO",
          found.first() ? "yes" : "NO",
          found.clean() ? "yes" : "NO");
    }
  }

  private boolean total() {
    if (reads.isEmpty()) {
      out.println("No tree was scored.");
      return false;
    }
    var fine = true;
    out.println();
    for (var label : reads.getFirst().exact().keySet()) {
      var right = reads.stream().filter(read -> read.exact().get(label)).count();
      fine &= bar(label, right / (double) reads.size(), 1);
    }
    fine &= bar("css", reads.stream().mapToDouble(Read::css).average().orElse(0), CSS_BAR);
    bar("aliases", reads.stream().mapToDouble(Read::aliases).average().orElse(0), 0);
    fine &= bar("all targets among the first ten", share(Found::all), ALL_BAR);
    fine &= bar("first target among the first three", share(Found::first), FIRST_BAR);
    fine &= bar("no decoy above the first target", share(Found::clean), CLEAN_BAR);
    out.printf("%d repositories, %d briefs%n", reads.size(), finds.size());
    return fine;
  }

  private double share(Predicate<Found> holds) {
    return finds.stream().filter(holds).count() / (double) Math.max(1, finds.size());
  }

  private boolean bar(String name, double score, double least) {
    out.printf(
        Locale.ROOT,
        "%-36s %.3f%s%n",
        name,
        score,
        least == 0
            ? ""
            : String.format(Locale.ROOT, "  %s %.2f", score >= least ? "reaches" : "UNDER", least));
    return score >= least;
  }

  /// The commit that is checked out; empty where the folder is no repository of its own.
  private static Optional<String> commit(Path tree) {
    try {
      var git = tree.resolve(".git");
      if (Files.isRegularFile(git)) {
        git = tree.resolve(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
      }
      var head = Files.readString(git.resolve("HEAD")).strip();
      if (!head.startsWith("ref: ")) {
        return Optional.of(head);
      }
      var ref = head.substring("ref: ".length());
      if (Files.exists(git.resolve(ref))) {
        return Optional.of(Files.readString(git.resolve(ref)).strip());
      }
      return Files.readString(git.resolve("packed-refs"))
          .lines()
          .filter(line -> line.endsWith(" " + ref))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
