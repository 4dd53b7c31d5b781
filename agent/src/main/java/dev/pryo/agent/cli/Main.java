package dev.pryo.agent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// `./pryo agent VERB …`. Answers go to the output, everything else to the error stream; it exits
/// with 0 when what was asked is done, 1 when it is not, 2 when it was asked wrongly.
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var code = run(List.of(words), System.getenv(), out);
    out.flush();
    System.exit(code);
  }

  static int run(List<String> words, Map<String, String> environment, PrintStream out) {
    return run(words, environment, out, System.err);
  }

  static int run(
      List<String> words, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      if (words.isEmpty()) {
        throw new BadArguments("say what to do: detect, shortlist or run; see ./pryo --help.");
      }
      var rest = words.subList(1, words.size());
      return switch (words.getFirst()) {
        case "detect" -> Detect.run(rest, out);
        case "shortlist" -> ShortlistFiles.run(rest, out, err);
        case "corpus" -> Corpus.run(rest, out);
        case "run" -> Run.run(rest, environment, out);
        default ->
            throw new BadArguments("there is no verb " + words.getFirst() + "; see ./pryo --help.");
      };
    } catch (BadArguments wrong) {
      err.println("pryo agent: " + wrong.getMessage());
      return 2;
    }
  }
}
