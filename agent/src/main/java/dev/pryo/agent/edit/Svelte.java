package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Svelte's components, also those of SvelteKit.
final class Svelte extends TemplateDialect {
  private static final MarkupReader.Syntax SYNTAX =
      new MarkupReader.Syntax("{", "}", true, false, false);
  private static final Pattern EACH =
      Pattern.compile("(?s)#each\\s+([\\w$]+)\\s+as\\s+(\\{[^}]*\\}|[\\w$]+).*");

  @Override
  public boolean reads(String path, Manifest manifest) {
    return path.endsWith(".svelte");
  }

  @Override
  public Component read(SourceText text) {
    var top = MarkupReader.read(text.body(), 0, text.body().length(), SYNTAX);
    var scripts =
        top.children().stream()
            .filter(one -> one instanceof Tag tag && tag.name().equals("script"))
            .map(Tag.class::cast)
            .toList();
    var code =
        code(
            text,
            scripts.stream().map(TemplateDialect::content).toList(),
            isTypeScript(scripts.stream()));
    var lists = new ArrayList<Shown>();
    top.all().forEach(tag -> each(text.body(), tag, lists));
    var roots = List.of(top);
    return Component.of(text, this, withLoops(code, text.body(), roots, lists), roots);
  }

  private static void each(String body, Tag tag, List<Shown> lists) {
    for (var piece : tag.children()) {
      if (piece instanceof Piece.Code hole) {
        var found = EACH.matcher(body.substring(hole.inFrom(), hole.inTo()));
        if (found.matches()) {
          lists.add(new Shown(found.group(1), found.group(2), hole.to(), end(body, tag, hole)));
        }
      }
    }
  }

  /// Where the block ends that a piece begins.
  private static int end(String body, Tag tag, Piece.Code start) {
    var depth = 0;
    for (var piece : tag.children()) {
      if (piece instanceof Piece.Code hole && hole.from() >= start.from()) {
        var source = body.substring(hole.inFrom(), hole.inTo());
        depth += source.startsWith("#each") ? 1 : source.startsWith("/each") ? -1 : 0;
        if (depth == 0) {
          return hole.from();
        }
      }
    }
    return tag.to();
  }

  @Override
  public Optional<String> refuses(Edit edit) {
    if (edit instanceof Edit.Dress dress) {
      var mixed =
          dress
              .tag()
              .attribute("class")
              .filter(one -> one.kind() == Tag.Kind.EXPRESSION)
              .isPresent();
      if (mixed && dress.clothes().values().stream().anyMatch(one -> !one.removed().isEmpty())) {
        return Optional.of("its classes are an expression");
      }
    }
    return super.refuses(edit);
  }

  @Override
  public Splices write(Component component, List<Edit> edits, Hand hand) {
    return new Writer(component, edits, hand).write();
  }

  @Override
  public String binding() {
    return "svelte";
  }

  private static final class Writer extends TemplateWriter {
    Writer(Component component, List<Edit> edits, Hand hand) {
      super(component, edits, hand, component.code().names());
    }

    /// The segment is a store.
    @Override
    String read() {
      return "$" + name;
    }

    @Override
    String hole(String expression) {
      return "{" + expression + "}";
    }

    @Override
    String bound(Tag tag, String name, String expression) {
      return name + "={" + expression + "}";
    }

    @Override
    char quote() {
      return ' ';
    }

    @Override
    String absent() {
      return "undefined";
    }

    @Override
    void dress(Edit.Dress dress) {
      var there = dress.tag().attribute("class").filter(one -> one.kind() == Tag.Kind.EXPRESSION);
      if (there.isEmpty()) {
        super.dress(dress);
        return;
      }
      var braced = body.charAt(there.get().valueFrom()) == '{';
      dress
          .clothes()
          .forEach((segment, clothes) -> {
            var more =
                "{"
                    + hand.is(read(), List.of(segment), false)
                    + " ? "
                    + hand.text(String.join(" ", clothes.added()))
                    + " : "
                    + hand.text("")
                    + "}";
            if (braced) {
              splices.replace(
                  there.get().valueFrom(),
                  there.get().valueTo(),
                  "\"{" + there.get().value() + "} " + more + "\"");
            } else {
              splices.insert(there.get().valueTo() - 1, " " + more);
            }
          });
    }

    @Override
    void sent(Edit.Sent sent) {
      var event = event(sent);
      var old = body.matches("(?s).*\\son:[a-z]+.*");
      var taken = sent.tag().attribute("on" + event).isPresent();
      var call = "{() => " + call(sent, hand) + "}";
      insert(
          sent.tag(),
          old ? "on:" + event + "=" + call : "on" + event + (taken ? "capture" : "") + "=" + call);
    }

    @Override
    void condition(Tag tag, String condition, String copy, int at, boolean after) {
      block("{#if " + condition + "}", "{/if}", tag, copy, at, after);
    }

    @Override
    void script(boolean segment) {
      var source = hand.client().from(component.path());
      var statement =
          segment
              ? "const "
                  + name
                  + " = useVariant("
                  + hand.text(hand.key())
                  + ")"
                  + hand.style().end()
              : "";
      var there =
          component.roots().getFirst().children().stream()
              .filter(one ->
                  one instanceof Tag tag
                      && tag.name().equals("script")
                      && tag.attribute("module", "context").isEmpty())
              .map(Tag.class::cast)
              .findFirst();
      if (there.isPresent() && component.code().start() < body.length()) {
        into(statement);
        return;
      }
      var newLine = component.text().lineEnding();
      var lines = new ArrayList<String>();
      var step = hand.style().indent();
      lines.add("<script" + (hand.client().isTypeScript() ? " lang=\"ts\"" : "") + ">");
      lines.add(
          step
              + "import { "
              + String.join(", ", imported)
              + " } from "
              + hand.text(source)
              + hand.style().end());
      if (segment) {
        lines.add("");
        lines.add(step + statement);
      }
      lines.add("</script>");
      splices.insert(0, String.join(newLine, lines) + newLine + newLine);
    }
  }
}
