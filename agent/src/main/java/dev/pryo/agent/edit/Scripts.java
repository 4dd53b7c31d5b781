package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.exceptions.Swc4jCoreException;
import com.caoccao.javet.swc4j.options.Swc4jParseOptions;
import dev.pryo.agent.Paths;
import dev.pryo.agent.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Parses scripts. The parser recurses natively, so that a deeply nested file would end the process
/// on a usual stack: each parse runs on a thread of its own whose stack takes the deepest file of
/// the permitted size. The stack is address space; only what is touched is memory.
final class Scripts {
  private static final long STACK = 1L << 30;

  private Scripts() {}

  /// Parses as a module where that works, since every script without sloppy syntax is one.
  static Script parse(SourceText text) {
    if (text.body().getBytes(StandardCharsets.UTF_8).length > Paths.MAX_FILE) {
      return failed(text, "It is bigger than 256 KB.");
    }
    var result = new CompletableFuture<Script>();
    var thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(parseHere(text));
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

  private static Script parseHere(SourceText text) {
    var options =
        new Swc4jParseOptions()
            .setMediaType(Swc4jMediaType.JavaScript)
            .setParseMode(Swc4jParseMode.Module)
            .setCaptureAst(true);
    try {
      var parsed = new Swc4j().parse(text.body(), options);
      return ScriptReader.read(text, parsed.getProgram().as(ISwc4jAst.class));
    } catch (Swc4jCoreException notModule) {
      return failed(text, firstLine(notModule));
    }
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
