package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// Makes the client file of an app: the browser client as it is, then the app's settings and what
/// its framework's components ask with, all in the team's style and language.
final class ClientSource {
  /// What every client file has on its first lines, by which it is known again.
  static final String HEADER = "Pryo's browser client, version ";

  /// Where types go; what is between the marks is for TypeScript alone. The end of a line in a type
  /// is written `¦`: a semicolon for teams that write them.
  private static final Pattern TYPES = Pattern.compile("‹([^›]*)›");

  /// What is exported, with its types.
  private static final Map<String, String> TYPED =
      Map.of(
          "init(options)", "init(options: Options): void",
          "variant(key, fallback = \"control\")",
              "variant(key: string, fallback = \"control\"): string",
          "peek(key)", "peek(key: string): string",
          "trackEvent(name, props = {})",
              "trackEvent(name: string, props: Record<string, unknown> = {}): void",
          "ready()", "ready(): Promise<void>",
          "onChange(f)", "onChange(f: () => void): () => void",
          "consent(yes)", "consent(yes: boolean): void",
          "flush()", "flush(): Promise<void>");

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
            + (typescript ? "// @ts-nocheck\n" : "")
            + "// "
            + HEADER
            + version()
            + ": written by Pryo, to be updated by it, not by hand.\n"
            + (client ? "\"use client\";\n\n" : "")
            + parts[0]
            + head
            + (parts[0].isEmpty() && head.isEmpty() ? "" : "\n")
            + (typescript ? resource("types.txt") : "")
            + (typescript ? typed(core()) : core())
            + resource("start.txt")
                .replace("\"pryo:key\"", Escapes.script(brief.client().writeKey(), '"'))
                .replace("\"pryo:host\"", Escapes.script(brief.client().origin(), '"'))
                .replace("\"pryo:consent\"", Escapes.script(brief.client().consent().value(), '"'))
            + parts[1];
    var plain =
        TYPES
            .matcher(text)
            .replaceAll(typescript ? "$1" : "")
            .replace("¦", style.semicolons() ? ";" : "");
    return Restyled.of(new SourceText(typescript ? "pryo.ts" : "pryo.js", false, plain), style);
  }

  /// The source of the browser client.
  static String core() {
    return resource("pryo.js");
  }

  static String version() {
    return resource("version.txt").strip();
  }

  private static String typed(String core) {
    var typed = core;
    for (var one : TYPED.entrySet()) {
      var plain = "export function " + one.getKey() + " {";
      if (!typed.contains(plain)) {
        throw new IllegalStateException("The client has no longer " + one.getKey());
      }
      typed = typed.replace(plain, "export function " + one.getValue() + " {");
    }
    return typed;
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
