package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Code.Range;
import dev.pryo.agent.framework.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Angular's templates, in files of their own or inside the component, from version 17 on, which
/// has signals and `@if`.
final class Angular extends TemplateDialect {
  static final int OLDEST = 17;

  private static final MarkupReader.Syntax SYNTAX =
      new MarkupReader.Syntax("{{", "}}", false, false, true);
  private static final Pattern INLINE = Pattern.compile("\\btemplate\\s*:\\s*`");
  private static final Pattern CLASS =
      Pattern.compile("(?s)@Component\\s*\\(.*?\\bclass\\s+\\w+[^{]*\\{");
  private static final Pattern SENDER =
      Pattern.compile("(?m)^[ \\t]*(?:[a-z]+ ){0,4}trackEvent\\s*[=(:;?!]");
  private static final Pattern FOR =
      Pattern.compile("(?s)@for\\s*\\(\\s*(\\w+)\\s+of\\s+(?:this\\.)?(\\w+).*");
  private static final Pattern NG_FOR = Pattern.compile("(?s)let\\s+(\\w+)\\s+of\\s+(\\w+).*");

  @Override
  public boolean reads(String path, Manifest manifest) {
    var major = manifest.major("@angular/core");
    return manifest.depends("@angular/core")
        && (major == 0 || major >= OLDEST)
        && (path.endsWith(".ts") || (path.endsWith(".html") && !path.endsWith("index.html")));
  }

  @Override
  public Component read(SourceText text) {
    var html = text.path().endsWith(".html");
    var code = html ? code(text, List.of(), true) : CodeReader.read(text);
    var template = html ? Optional.of(new Range(0, text.body().length())) : inline(text.body());
    var roots = new ArrayList<Tag>();
    template.ifPresent(
        range -> roots.add(MarkupReader.read(text.body(), range.from(), range.to(), SYNTAX)));
    var lists = new ArrayList<Shown>();
    roots.stream().flatMap(Tag::all).forEach(tag -> lists(text.body(), tag, lists));
    return Component.of(text, this, withLoops(code, text.body(), roots, lists), roots);
  }

  private static Optional<Range> inline(String body) {
    var found = INLINE.matcher(body);
    if (!body.contains("@Component") || !found.find()) {
      return Optional.empty();
    }
    var end = body.indexOf('`', found.end());
    return end < 0 || body.substring(found.end(), end).contains("${")
        ? Optional.empty()
        : Optional.of(new Range(found.end(), end));
  }

  private static void lists(String body, Tag tag, List<Shown> lists) {
    tag.attribute("*ngFor")
        .ifPresent(loop -> {
          var found = NG_FOR.matcher(loop.value());
          if (found.matches()) {
            lists.add(new Shown(found.group(2), found.group(1), tag.from(), tag.to()));
          }
        });
    for (var piece : tag.children()) {
      if (piece instanceof Piece.Code block) {
        var found = FOR.matcher(body.substring(block.from(), block.to()));
        if (found.matches()) {
          lists.add(new Shown(found.group(2), found.group(1), block.to(), end(body, tag, block)));
        }
      }
    }
  }

  private static int end(String body, Tag tag, Piece.Code start) {
    var depth = 0;
    for (var piece : tag.children()) {
      if (piece instanceof Piece.Code block && block.from() >= start.from()) {
        var source = body.substring(block.from(), block.to());
        depth += source.startsWith("@") && source.endsWith("{") ? 1 : source.equals("}") ? -1 : 0;
        if (depth == 0) {
          return block.from();
        }
      }
    }
    return tag.to();
  }

  @Override
  public Optional<String> codeOf(String path) {
    return path.endsWith(".html")
        ? Optional.of(path.replaceFirst("\\.html$", ".ts"))
        : Optional.empty();
  }

  @Override
  public Optional<String> refuses(Edit edit) {
    if (edit instanceof Edit.Dress && edit.tag().attribute("[class]", "[ngClass]").isPresent()) {
      return Optional.of("its classes are bound as well as written");
    }
    if (edit.component().path().endsWith(".ts") && !edit.component().roots().isEmpty()) {
      var told =
          switch (edit) {
            case Edit.Say say -> String.join("", say.texts().values());
            case Edit.Give give -> String.join("", give.values().values());
            default -> "";
          };
      if (told.contains("`") || told.contains("${")) {
        return Optional.of("its new text holds ` or ${, which mean something there");
      }
    }
    return super.refuses(edit);
  }

  @Override
  public Splices write(Component component, List<Edit> edits, Hand hand) {
    return new Writer(component, edits, hand, code(component, hand).orElse(component)).write();
  }

  /// The member of the class that sends events; another experiment, or the team, has its own.
  private static String sender(Component code, Hand hand) {
    return hand.name(
        "trackEvent", SENDER.matcher(code.text().body()).find() ? Set.of("trackEvent") : Set.of());
  }

  private Optional<Component> code(Component component, Hand hand) {
    return codeOf(component.path()).flatMap(hand.client().site()::component);
  }

  /// The class of a template in a file of its own.
  @Override
  public Optional<Beside> beside(Component component, List<Edit> edits, Hand hand) {
    return code(component, hand)
        .map(code -> {
          var splices = new Splices();
          new Members(code, edits, hand, hand.name(code.code().names())).write(splices);
          return new Beside(code.text(), splices);
        });
  }

  @Override
  public String binding() {
    return "angular";
  }

  /// What a template uses is a member of its class.
  private record Members(Component code, List<Edit> edits, Hand hand, String name) {
    void write(Splices splices) {
      var imported = new TreeSet<String>();
      var lines = new ArrayList<String>();
      var end = hand.style().end();
      if (edits.stream().anyMatch(one -> !(one instanceof Edit.Mark || one instanceof Edit.Sent))) {
        imported.add("useVariant");
        lines.add("readonly " + name + " = useVariant(" + hand.text(hand.key()) + ")" + end);
      }
      if (edits.stream().anyMatch(Edit.Sent.class::isInstance)) {
        imported.add("trackEvent");
        lines.add("readonly " + sender(code, hand) + " = trackEvent" + end);
      }
      var body = code.text().body();
      var found = CLASS.matcher(body);
      if (lines.isEmpty() || !found.find()) {
        return;
      }
      Imports.add(splices, code.text(), code.code(), hand, imported);
      var newLine = code.text().lineEnding();
      var indent = newLine + Standing.indent(body, found.end()) + hand.style().indent();
      var empty = body.substring(found.end()).stripLeading().startsWith("}");
      var more = empty ? body.charAt(found.end()) == '}' ? newLine : "" : newLine;
      splices.insert(found.end(), indent + String.join(indent, lines) + more);
    }
  }

  private static final class Writer extends TemplateWriter {
    private final Component code;

    /// @param code the component that holds the class
    Writer(Component component, List<Edit> edits, Hand hand, Component code) {
      super(component, edits, hand, code.code().names());
      this.code = code;
    }

    @Override
    String sender() {
      return Angular.sender(code, hand);
    }

    /// The segment is a signal.
    @Override
    String read() {
      return name + "()";
    }

    @Override
    String hole(String expression) {
      return "{{ " + expression + " }}";
    }

    @Override
    List<String> holeLines(String expression) {
      return List.of("{{", hand.style().indent() + expression, "}}");
    }

    @Override
    String bound(Tag tag, String name, String expression) {
      var bare =
          name.equals("class")
              || name.equals("style")
              || name.equals("value")
              || tag.name().contains("-");
      return "["
          + (bare ? "" : "attr.")
          + name
          + "]=\""
          + expression.replace("\"", "&quot;")
          + "\"";
    }

    @Override
    char quote() {
      return '"';
    }

    @Override
    String absent() {
      return "null";
    }

    @Override
    void sent(Edit.Sent sent) {
      var event = event(sent);
      var there = sent.tag().attribute("(" + event + ")");
      var call = call(sent, inner()).replace("\"", "&quot;");
      if (there.isPresent()) {
        splices.insert(there.get().valueFrom() + 1, call + "; ");
      } else {
        insert(sent.tag(), "(" + event + ")=\"" + call + "\"");
      }
    }

    @Override
    void condition(Tag tag, String condition, String copy, int at, boolean after) {
      block("@if (" + condition + ") {", "}", tag, copy, at, after);
    }

    @Override
    void script(boolean segment) {
      if (component.path().endsWith(".ts")) {
        new Members(component, edits, hand, name).write(splices);
      }
    }
  }
}
