package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.exceptions.Swc4jCoreException;
import com.caoccao.javet.swc4j.options.Swc4jParseOptions;
import com.caoccao.javet.swc4j.options.Swc4jTranspileOptions;
import dev.pryo.agent.Paths;
import dev.pryo.agent.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/// Parses scripts. The parser recurses natively, so that a deeply nested file would end the process
/// on a usual stack: each parse runs on a thread of its own whose stack takes the deepest file of
/// the permitted size. The stack is address space; only what is touched is memory.
public final class Scripts {
  private static final long STACK = 1L << 30;

  private Scripts() {}

  /// Parses as a module where that works, since every script without sloppy syntax is one.
  static Script parse(SourceText text) {
    return parse(text, program -> ScriptReader.read(text, program), script -> script);
  }

  /// Reads a syntax tree, or what says why there is none. The tree is walked on the same stack that
  /// it was made on, since it may be as deep.
  static <T> T parse(
      SourceText text, Function<ISwc4jAst, T> reader, Function<Script, T> otherwise) {
    if (text.body().getBytes(StandardCharsets.UTF_8).length > Paths.MAX_FILE) {
      return otherwise.apply(failed(text, "It is bigger than 256 KB."));
    }
    return withRoom(() -> parseHere(text, reader, otherwise));
  }

  /// What became wrong with a script that was written. Parsing alone says nothing of errors that
  /// the parser can go on behind, such as a brace that is missing at the end; translating does. A
  /// script that could not be translated before is only asked to parse.
  ///
  /// @param before empty where the script is new
  public static Optional<String> fault(SourceText written, SourceText before) {
    return parse(written)
        .error()
        .or(() -> untranslatable(written).filter(_ -> untranslatable(before).isEmpty()));
  }

  private static Optional<String> untranslatable(SourceText text) {
    var options =
        new Swc4jTranspileOptions()
            .setMediaType(media(Site.extension(text.path())))
            .setParseMode(Swc4jParseMode.Module);
    return withRoom(() -> {
      try {
        new Swc4j().transpile(text.body(), options);
        return Optional.empty();
      } catch (Swc4jCoreException error) {
        return Optional.of(firstLine(error));
      }
    });
  }

  private static <T> T withRoom(Supplier<T> work) {
    var result = new CompletableFuture<T>();
    var thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.get());
              } catch (Throwable broken) {
                result.completeExceptionally(broken);
              }
            },
            "script-parser",
            STACK);
    thread.setDaemon(true);
    thread.start();
    return result.join();
  }

  private static <T> T parseHere(
      SourceText text, Function<ISwc4jAst, T> reader, Function<Script, T> otherwise) {
    var options =
        new Swc4jParseOptions()
            .setMediaType(media(Site.extension(text.path())))
            .setParseMode(Swc4jParseMode.Module)
            .setCaptureAst(true);
    try {
      var parsed = new Swc4j().parse(text.body(), options);
      return reader.apply(parsed.getProgram().as(ISwc4jAst.class));
    } catch (Swc4jCoreException notModule) {
      return otherwise.apply(failed(text, firstLine(notModule)));
    }
  }

  /// Scripts may hold JSX, as many teams write it; TypeScript keeps it to its own files.
  private static Swc4jMediaType media(String extension) {
    return switch (extension) {
      case "ts", "mts", "cts", "astro" -> Swc4jMediaType.TypeScript;
      case "tsx" -> Swc4jMediaType.Tsx;
      case "js", "jsx" -> Swc4jMediaType.Jsx;
      default -> Swc4jMediaType.JavaScript;
    };
  }

  private static Script failed(SourceText text, String why) {
    return new Script(
        text,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        false,
        Script.Habits.NONE,
        Optional.of(why));
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("It does not parse.");
  }
}
