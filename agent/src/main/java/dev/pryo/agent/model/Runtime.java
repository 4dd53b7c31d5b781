package dev.pryo.agent.model;

import dev.pryo.agent.Brief;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.edit.ClientCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The code that asks for a visitor's segment and sends events, as it is for one app. It comes from
/// a template, never from a model, which only calls it.
///
/// @param files what Pryo adds or updates by itself; empty where the client is there already
/// @param usage for the model, in Markdown: how a file imports it, asks for the segment, sends an
///   event and avoids flicker
/// @param ask the names of the calls and attributes that ask for a segment, such as `useVariant`
/// @param track the names of the calls and attributes that send an event, such as `trackEvent`
public record Runtime(List<FileChange> files, String usage, Set<String> ask, Set<String> track) {
  public Runtime {
    files = List.copyOf(files);
    ask = Set.copyOf(ask);
    track = Set.copyOf(track);
  }

  /// The client of an app, told to a model in the words of `prompts/client-*.md`.
  public static Runtime of(ClientCode client, Brief brief) {
    var usage =
        Prompts.file("client-" + client.binding())
            .replace("{path}", client.path())
            .replace("{key}", brief.key())
            .replace("{sheet}", client.styleSheet());
    return new Runtime(
        client.files(),
        usage,
        Set.of("useVariant", "variant", "experiment", "show"),
        Set.of("trackEvent", "event"));
  }

  Set<String> paths() {
    return files.stream().map(FileChange::path).collect(Collectors.toSet());
  }
}
