package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Makes the client file of an app: the browser client as it is, then the app's settings and what
/// its framework's components ask with, all in the team's style and language.
final class ClientSource {
  /// What every client file has on its first lines, by which it is known again.
  static final String HEADER = "Pryo's browser client, version ";

  private ClientSource() {}

  /// @param binding the framework's part, by the name of its resource
  /// @param head lines that come before everything, such as a directive or the import of a style
  static String write(
      Brief brief,
      String binding,
      boolean typescript,
      boolean client,
      String head,
      TeamStyle style) {
    var parts = resource(binding + ".txt").split("----\n", 2);
    var text =
        "/* eslint-disable */\n"
            + "// "
            + HEADER
            + version()
            + ": written by Pryo, to be updated by it, not by hand.\n"
            + (client ? "\"use client\";\n\n" : "")
            + parts[0]
            + head
            + (parts[0].isEmpty() && head.isEmpty() ? "" : "\n")
            + (typescript ? ClientTypes.in(core(), resource("types.txt")) : core())
            + resource("start.txt")
                .replace("\"pryo:key\"", Escapes.script(brief.client().writeKey(), '"'))
                .replace("\"pryo:host\"", Escapes.script(brief.client().origin(), '"'))
                .replace("\"pryo:consent\"", Escapes.script(brief.client().consent().value(), '"'))
            + parts[1];
    var name = typescript ? "pryo.ts" : "pryo.js";
    var plain = ClientTypes.write(text, typescript, style.semicolons());
    return Restyled.of(new SourceText(name, false, plain), style);
  }

  /// The source of the browser client.
  static String core() {
    return resource("pryo.js");
  }

  static String version() {
    return resource("version.txt").strip();
  }

  private static String resource(String name) {
    try (var in = ClientSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + " cannot be read", unreadable);
    }
  }
}
