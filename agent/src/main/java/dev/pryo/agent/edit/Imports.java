package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Code.Import;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Writes an import where the team would.
final class Imports {
  private Imports() {}

  /// Into an import of the same file, else among the imports of the app's own files in their order,
  /// else behind the last import, else before the first statement.
  static void add(Splices out, SourceText text, Code code, Hand hand, Collection<String> names) {
    var source = hand.client().from(text.path());
    var style = hand.style();
    Predicate<String> isOwn =
        one -> isOwn(one) || hand.client().site().graph().resolve(text.path(), one).isPresent();
    var there =
        code.imports().stream()
            .filter(one -> one.source().equals(source) && !one.type())
            .findFirst();
    if (there.isPresent()) {
      into(out, text, there.get(), names);
      return;
    }
    var newLine = text.lineEnding();
    var statement =
        "import { "
            + String.join(", ", names)
            + " } from "
            + Escapes.script(source, style.quote())
            + style.end();
    var own =
        code.imports().stream()
            .filter(one -> isOwn.test(one.source()) && !one.names().isEmpty())
            .toList();
    var after =
        own.stream().filter(one -> one.source().compareTo(source) < 0).reduce((_, later) -> later);
    if (after.isEmpty() && !own.isEmpty() && isSorted(own)) {
      var indent = Standing.indent(text.body(), own.getFirst().from());
      out.insert(own.getFirst().from(), statement + newLine + indent);
      return;
    }
    var place =
        after
            .or(() -> last(own))
            .or(() -> last(code.imports().stream().filter(one -> !one.names().isEmpty()).toList()))
            .or(() -> last(code.imports()));
    if (place.isPresent()) {
      out.insert(
          place.get().to(), newLine + Standing.indent(text.body(), place.get().from()) + statement);
    } else {
      var indent = Standing.indent(text.body(), code.start());
      out.insert(code.start(), statement + newLine + newLine + indent);
    }
  }

  private static void into(Splices out, SourceText text, Import there, Collection<String> names) {
    var missing = names.stream().filter(name -> !there.names().containsKey(name)).toList();
    var brace = text.body().indexOf('}', there.from());
    if (!missing.isEmpty() && brace > 0 && brace < there.to()) {
      var at = text.body().substring(0, brace).stripTrailing().length();
      out.insert(at, ", " + String.join(", ", missing));
    }
  }

  private static boolean isSorted(List<Import> own) {
    for (var at = 1; at < own.size(); at++) {
      if (own.get(at - 1).source().compareTo(own.get(at).source()) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Import> last(List<Import> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  static boolean isOwn(String source) {
    return source.matches("(?:\\.{1,2}|[@~#]|\\$lib|src)(?:/.*)?");
  }
}
