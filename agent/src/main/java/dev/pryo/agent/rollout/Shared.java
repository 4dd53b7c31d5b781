package dev.pryo.agent.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A file in two: the lines that experiments share, which import from the client or load it, and
/// all others. Who takes one experiment out keeps of the shared lines what the others need.
///
/// @param rest the other lines, each with its end
/// @param lines the shared ones
/// @param at for each shared line, before which of the others it stands
record Shared(List<String> rest, List<String> lines, List<Integer> at) {
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?s)(\\s*import\\s*\\{)([^{}]*)(\\}\\s*from\\s*([\"'])[^\"'\\n]*\\bpryo(?:\\.[jt]s)?\\4;?\\s*)");

  /// What the scripts of Astro's components import: each experiment has a script of its own.
  private static final Set<String> OWN = Set.of("say", "show", "track");

  private static final Pattern TAG =
      Pattern.compile(
          "(?s)\\s*<script\\s+src=([\"'])[^\"'\\s]*/pryo\\.js\\1\\s+data-key=[^<>]*></script>\\s*");

  /// Bytes of letters beyond ASCII stay together.
  private static final Pattern WORD = Pattern.compile("[\\w\\x80-\\xff]+|\\s+|.");

  static Shared of(String text) {
    var rest = new ArrayList<String>();
    var lines = new ArrayList<String>();
    var at = new ArrayList<Integer>();
    for (var line : lines(text)) {
      if (line.contains("pryo") && (isImport(line) || TAG.matcher(line).matches())) {
        lines.add(line);
        at.add(rest.size());
      } else {
        rest.add(line);
      }
    }
    return new Shared(List.copyOf(rest), List.copyOf(lines), List.copyOf(at));
  }

  private static boolean isImport(String line) {
    var found = IMPORT.matcher(line);
    if (!found.matches()) {
      return false;
    }
    var names = names(found.group(2));
    return names.isEmpty() || !OWN.containsAll(names);
  }

  private static List<String> names(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  private static List<String> lines(String text) {
    return Pattern.compile("[^\\n]*\\n|[^\\n]+")
        .matcher(text)
        .results()
        .map(hit -> hit.group())
        .toList();
  }

  /// The same in words and what is between them, instead of lines.
  Shared fine() {
    var parts = new ArrayList<String>();
    var starts = new ArrayList<Integer>();
    for (var line : rest) {
      starts.add(parts.size());
      WORD.matcher(line).results().map(hit -> hit.group()).forEach(parts::add);
    }
    starts.add(parts.size());
    return new Shared(List.copyOf(parts), lines, at.stream().map(starts::get).toList());
  }

  /// The number of one of the other lines in the file, counted from 1.
  int line(int position) {
    return 1 + position + (int) at.stream().filter(one -> one <= position).count();
  }

  /// The file again, of its other lines as they are by now and of what they still need.
  ///
  /// @param moved for each shared line, before which of them it stands now
  String back(List<String> now, List<Integer> moved, boolean keepTag) {
    var text = String.join("", now);
    var out = new StringBuilder();
    for (var at = 0; at <= now.size(); at++) {
      for (var one = 0; one < lines.size(); one++) {
        if (moved.get(one) == at) {
          out.append(needed(lines.get(one), text, keepTag).orElse(""));
        }
      }
      if (at < now.size()) {
        out.append(now.get(at));
      }
    }
    return out.toString();
  }

  private static Optional<String> needed(String line, String text, boolean keepTag) {
    var found = IMPORT.matcher(line);
    if (!found.matches()) {
      return keepTag ? Optional.of(line) : Optional.empty();
    }
    var names = List.of(found.group(2).split(","));
    var used = names.stream().filter(name -> isUsed(name, text)).toList();
    if (used.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        used.size() == names.size()
            ? line
            : found.group(1)
                + used.stream().map(String::strip).collect(Collectors.joining(", ", " ", " "))
                + found.group(3));
  }

  /// It is called, drawn or handed on; a word of a text is no use.
  private static boolean isUsed(String name, String text) {
    var local = name.strip().replaceFirst("(?s).*\\sas\\s+", "").replaceFirst("^type\\s+", "");
    if (local.isEmpty()) {
      return false;
    }
    var quoted = Pattern.quote(local);
    return Pattern.compile(
            "(?<![\\w$.])%1$s\\s*[(.]|<%1$s(?![\\w$])|[{(,=:\\[]\\s*%1$s\\s*[)},;\\]\\n]"
                .formatted(quoted))
        .matcher(text)
        .find();
  }
}
