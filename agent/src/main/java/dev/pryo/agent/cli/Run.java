package dev.pryo.agent.cli;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.Client;
import dev.pryo.agent.Brief.Consent;
import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Ambiguous;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.EditMode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `run PATH --experiment FILE --mode edit|agent [--branch NAME] [--json]`: writes an experiment
/// into a checkout, shows the diff and the checks, and commits them to a branch if one is named.
/// Nothing in the working tree changes.
final class Run {
  private static final String USUAL_HOST = "http://localhost:8000";
  private static final String USUAL_KEY = "pk_local";

  private final Path folder;
  private final Path root;
  private final boolean json;
  private final @Nullable String branch;
  private final PrintStream out;

  private Run(Arguments arguments, PrintStream out) {
    this.folder = arguments.folder();
    this.root = Branches.root(folder).orElse(folder);
    this.json = arguments.has("--json");
    this.branch = arguments.option("--branch").orElse(null);
    this.out = out;
  }

  static int run(List<String> words, Map<String, String> environment, PrintStream out) {
    var arguments =
        new Arguments(
            words,
            Set.of(
                "--experiment",
                "--mode",
                "--branch",
                "--host",
                "--key",
                "--consent",
                "--transcript",
                "--revise",
                "--repair",
                "--budget"),
            Set.of("--json"));
    var run = new Run(arguments, out);
    var tree = SourceTree.directory(run.root);
    var brief = run.brief(arguments);
    return switch (arguments.option("--mode").orElse("edit")) {
      case "edit" -> run.answer(EditMode.run(tree, brief, Progress.SILENT));
      case "agent" -> {
        var led = Led.run(arguments, environment, tree, brief);
        var code = run.answer(led.ended().outcome());
        if (!run.json) {
          led.print(out);
        }
        yield code;
      }
      default -> throw new BadArguments("--mode is edit or agent.");
    };
  }

  private Brief brief(Arguments arguments) {
    var client =
        new Client(
            arguments.option("--host").orElse(USUAL_HOST),
            arguments.option("--key").orElse(USUAL_KEY),
            consent(arguments.option("--consent").orElse("ask")));
    var app = root.relativize(folder).toString().replace('\\', '/');
    return BriefFile.read(
        Path.of(arguments.required("--experiment")), client, app.isEmpty() ? null : app);
  }

  private static Consent consent(String word) {
    return switch (word) {
      case "ask" -> Consent.ASK;
      case "granted" -> Consent.GRANTED;
      default -> throw new BadArguments("--consent is ask or granted.");
    };
  }

  private int answer(Outcome outcome) {
    return switch (outcome) {
      case Done done -> done(done);
      case Ambiguous(var question, var places) -> {
        if (json) {
          print(Map.of("outcome", "ambiguous", "question", question, "places", places));
        } else {
          out.println(inside(question));
          places.forEach(
              at -> out.println("  " + inside(at.file()) + ":" + at.line() + ": " + at.context()));
        }
        yield 1;
      }
      case Unable(var reason, var instead) -> {
        if (json) {
          print(Map.of("outcome", "unable", "reason", reason, "instead", instead));
        } else {
          out.println(inside(reason));
          out.println(inside(instead));
        }
        yield 1;
      }
    };
  }

  private int done(Done done) {
    var passed = done.checks().stream().allMatch(check -> check.status() != Check.Status.FAIL);
    var commit =
        Optional.ofNullable(branch)
            .filter(_ -> passed)
            .map(name -> Branches.commit(root, name, done.changes(), message(done)));
    if (json) {
      var all = new LinkedHashMap<String, Object>();
      all.put("outcome", "done");
      all.put("passed", passed);
      all.put("diff", done.changes().diff());
      all.put("files", done.changes().changes().stream().map(one -> one.path()).toList());
      all.put("checks", done.checks());
      all.put("summary", done.summary());
      all.put("tracked", done.tracked());
      commit.ifPresent(id -> all.put("commit", id));
      print(all);
    } else {
      out.print(inside(done.changes().diff()));
      out.println();
      done.summary().forEach(sentence -> out.println(inside(sentence)));
      out.println();
      done.checks()
          .forEach(check ->
              out.printf(
                  "%-4s  %-19s  %s%n",
                  check.status().name().toLowerCase(Locale.ROOT),
                  check.id(),
                  inside(check.detail())));
      commit.ifPresent(id -> out.println("Committed to " + branch + " as " + id + "."));
    }
    return passed ? 0 : 1;
  }

  private static String message(Done done) {
    return String.join("\n", done.summary());
  }

  private void print(Map<String, Object> answer) {
    out.println(inside(Json.write(answer)));
  }

  /// Paths as seen from the folder that was named.
  private String inside(String text) {
    var app = root.relativize(folder).toString().replace('\\', '/');
    return app.isEmpty() ? text : text.replace(app + "/", "");
  }
}
