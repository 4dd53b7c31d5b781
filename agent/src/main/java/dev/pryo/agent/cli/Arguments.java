package dev.pryo.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words behind a verb: `--name value` or `--name=value` for options, `--name` alone for flags,
/// and what is neither.
final class Arguments {
  private final List<String> plain = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();

  /// @param valued the options that take a value
  /// @param flags the options that stand alone
  Arguments(List<String> words, Set<String> valued, Set<String> flags) {
    for (var at = 0; at < words.size(); at++) {
      var word = words.get(at);
      var equals = word.indexOf('=');
      var name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
      if (!word.startsWith("--")) {
        plain.add(word);
      } else if (flags.contains(word)) {
        options.put(word, "");
      } else if (!valued.contains(name)) {
        throw new BadArguments("there is no option " + name + "; see ./pryo --help.");
      } else if (equals > 0) {
        options.put(name, word.substring(equals + 1));
      } else if (at + 1 < words.size()) {
        options.put(name, words.get(++at));
      } else {
        throw new BadArguments(name + " needs a value behind it.");
      }
    }
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  String required(String name) {
    return option(name).orElseThrow(() -> new BadArguments(name + " is missing."));
  }

  /// The one folder that is named.
  Path folder() {
    if (plain.size() != 1) {
      throw new BadArguments("name one folder, that of the checkout or of an app in it.");
    }
    return folder(plain.getFirst());
  }

  static Path folder(String named) {
    var folder = Path.of(named).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new BadArguments(named + " is no folder.");
    }
    return folder;
  }
}
