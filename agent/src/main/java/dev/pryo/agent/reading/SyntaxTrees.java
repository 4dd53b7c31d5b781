package dev.pryo.agent.reading;

import com.caoccao.javet.swc4j.Swc4j;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.enums.Swc4jMediaType;
import com.caoccao.javet.swc4j.enums.Swc4jParseMode;
import com.caoccao.javet.swc4j.exceptions.Swc4jCoreException;
import com.caoccao.javet.swc4j.options.Swc4jParseOptions;
import com.caoccao.javet.swc4j.options.Swc4jTranspileOptions;
import dev.pryo.agent.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Parses scripts, many files at once where many are asked for. The parser recurses natively, so
/// that a deeply nested file would end the process on a usual stack: its threads have one that
/// takes the deepest file of the permitted size. The stack is address space; only what is touched
/// is memory.
public final class SyntaxTrees {
  private static final long STACK = 1L << 30;
  private static final int MOST_THREADS = 4;

  private SyntaxTrees() {}

  /// What is wrong with a script, empty where nothing is. Parsing alone says nothing of errors that
  /// the parser can go on behind, such as a brace that is missing at the end; translating does.
  public static Optional<String> error(String code, Swc4jMediaType kind) {
    return withRoom(() -> {
      try {
        var parser = new Swc4j();
        parser.parse(
            code, new Swc4jParseOptions().setMediaType(kind).setParseMode(Swc4jParseMode.Module));
        parser.transpile(
            code,
            new Swc4jTranspileOptions().setMediaType(kind).setParseMode(Swc4jParseMode.Module));
        return Optional.empty();
      } catch (Swc4jCoreException error) {
        return Optional.of(firstLine(error));
      }
    });
  }

  public static String firstLine(Swc4jCoreException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("it does not parse");
  }

  /// Does work with a tree on a stack that is deep enough for it.
  public static <T> T withRoom(Supplier<T> work) {
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

  /// The habits of each file, in order; a part that does not parse counts for nothing.
  static List<Habits> habits(List<SourceText> files) {
    var threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    try (var pool =
        Executors.newFixedThreadPool(
            threads, work -> new Thread(null, work, "script-parser", STACK))) {
      var parser = new Swc4j();
      var tasks =
          files.stream().map(file -> (Callable<Habits>) () -> habits(parser, file)).toList();
      return pool.invokeAll(tasks).stream().map(SyntaxTrees::done).toList();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Reading was stopped", stopped);
    }
  }

  private static Habits done(Future<Habits> task) {
    try {
      return task.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Reading was stopped", stopped);
    } catch (ExecutionException broken) {
      throw new IllegalStateException("A file could not be read", broken.getCause());
    }
  }

  private static Habits habits(Swc4j parser, SourceText file) {
    var reader = new TreeReader();
    for (var part : Scripts.of(file.path(), file.body())) {
      parse(parser, part).ifPresent(tree -> reader.read(part.code(), part.offset(), tree));
    }
    return reader.habits(file.path(), file.body());
  }

  /// As a module where that works, since every script without sloppy syntax is one.
  private static Optional<ISwc4jAst> parse(Swc4j parser, Scripts.Part part) {
    for (var kind : part.kinds()) {
      for (var mode : List.of(Swc4jParseMode.Module, Swc4jParseMode.Script)) {
        var tree = parse(parser, part.code(), kind, mode);
        if (tree.isPresent()) {
          return tree;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ISwc4jAst> parse(
      Swc4j parser, String code, Swc4jMediaType kind, Swc4jParseMode mode) {
    try {
      var options =
          new Swc4jParseOptions().setMediaType(kind).setParseMode(mode).setCaptureAst(true);
      return Optional.of(parser.parse(code, options).getProgram().as(ISwc4jAst.class));
    } catch (Swc4jCoreException other) {
      return Optional.empty();
    }
  }
}
