package dev.pryo.agent.cli;

import dev.pryo.agent.ChangeSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Two changes of one file, merged as Git does it, and where Git asks, as a person does: imports of
/// the client become one, and what both sides loaded for themselves is loaded.
final class Merging {
  private static final Path FOLDER = folder();
  private static final Pattern CONFLICT =
      Pattern.compile("(?ms)^<{7} .*?\\n(.*?)^={7}\\n(.*?)^>{7} .*?\\n");
  private static final Pattern IMPORT =
      Pattern.compile("(\\s*import \\{)([^{}]*)(\\} from [\"'][^\"']*\\bpryo(?:\\.js)?[\"'];?)");
  private static final Pattern LOADS = Pattern.compile(".*<(?:script|link)\\b.*pryo.*");

  private Merging() {}

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "merges");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws IllegalStateException where it takes more than that
  static Map<String, byte[]> merged(Map<String, byte[]> base, ChangeSet first, ChangeSet second) {
    var now = RollOutTest.with(base, first.changes());
    for (var change : second.changes()) {
      var ours = first.of(change.path());
      now.put(
          change.path(),
          ours.map(one ->
                  merged(one.text(), change.baseText(), change.text())
                      .orElseThrow(() -> new IllegalStateException(change.path() + " conflicts")))
              .orElse(change.text())
              .getBytes(StandardCharsets.UTF_8));
    }
    return now;
  }

  private static Optional<String> merged(String ours, String base, String theirs) {
    if (ours.equals(theirs)) {
      return Optional.of(ours);
    }
    try {
      var command = new ArrayList<>(List.of("git", "merge-file", "-p"));
      for (var text : List.of(ours, base, theirs)) {
        command.add(Files.writeString(Files.createTempFile(FOLDER, "side", ""), text).toString());
      }
      var git = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      git.waitFor();
      var resolved =
          CONFLICT
              .matcher(text)
              .replaceAll(hit ->
                  together(hit.group(1).lines().toList(), hit.group(2).lines().toList())
                      .map(lines -> Pattern.compile("[\\\\$]").matcher(lines).replaceAll("\\\\$0"))
                      .orElse("<<<<<<<"));
      return resolved.contains("<<<<<<<") ? Optional.empty() : Optional.of(resolved);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> together(List<String> ours, List<String> theirs) {
    var all = Stream.concat(ours.stream(), theirs.stream()).distinct().toList();
    var imports = all.stream().map(IMPORT::matcher).filter(one -> one.matches()).toList();
    if (imports.size() == all.size() && !all.isEmpty()) {
      var names = new TreeSet<String>();
      imports.forEach(one -> List.of(one.group(2).split(",")).forEach(n -> names.add(n.strip())));
      var first = imports.getFirst();
      return Optional.of(
          first.group(1) + " " + String.join(", ", names) + " " + first.group(3) + "\n");
    }
    return all.stream().allMatch(line -> LOADS.matcher(line).matches())
        ? Optional.of(String.join("\n", all) + "\n")
        : Optional.empty();
  }
}
