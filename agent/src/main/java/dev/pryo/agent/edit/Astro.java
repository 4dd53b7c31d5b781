package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Code.Range;
import dev.pryo.agent.framework.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Astro's components. Their pages are finished before anybody asks for them, so that the control
/// is what is there, and a script of the component changes it for the other segments.
final class Astro extends TemplateDialect {
  static final MarkupReader.Syntax SYNTAX = new MarkupReader.Syntax("{", "}", true, true, false);
  private static final String FENCE = "---";

  @Override
  public boolean reads(String path, Manifest manifest) {
    return path.endsWith(".astro");
  }

  @Override
  public Component read(SourceText text) {
    var body = text.body();
    var fenced = body.stripLeading().startsWith(FENCE);
    var from = body.indexOf(FENCE) + FENCE.length();
    var to = fenced ? body.indexOf(FENCE, from) : -1;
    var front = to < 0 ? List.<Range>of() : List.of(new Range(from, to));
    var code = code(text, front, true);
    var root = MarkupReader.read(body, to < 0 ? 0 : to + FENCE.length(), body.length(), SYNTAX);
    var lists =
        root.all()
            .flatMap(tag -> tag.children().stream())
            .filter(Piece.Code.class::isInstance)
            .flatMap(hole -> list(body, (Piece.Code) hole).stream())
            .toList();
    return Component.of(text, this, withLoops(code, body, List.of(root), lists), List.of(root));
  }

  private static Optional<Shown> list(String body, Piece.Code hole) {
    var found =
        Pattern.compile(
                "(?s)([\\w$]+)(?:\\.\\w+\\([^()]*\\))*\\.map\\(\\s*\\(?\\s*(\\{[^}]*\\}|[\\w$]+).*")
            .matcher(body.substring(hole.inFrom(), hole.inTo()));
    return found.matches()
        ? Optional.of(new Shown(found.group(1), found.group(2), hole.from(), hole.to()))
        : Optional.empty();
  }

  @Override
  public Optional<String> refuses(Edit edit) {
    var unknown =
        edit instanceof Edit.Give give && edit.tag().isComponent() && !isText(give)
            || (edit instanceof Edit.Dress || edit instanceof Edit.Look)
                && edit.tag().isComponent();
    return unknown
        ? Optional.of("it is a component, of which the finished page knows nothing")
        : Optional.empty();
  }

  /// What a component is given to show is text in the finished page.
  static boolean isText(Edit.Give give) {
    return give.tag().isComponent()
        && give.tag()
            .attribute(give.name())
            .filter(one -> one.kind() == Tag.Kind.LITERAL)
            .isPresent();
  }

  @Override
  public Splices write(Component component, List<Edit> edits, Hand hand) {
    return new AstroWriter(component, edits, hand).write();
  }

  /// The script has to find the element from where it is used.
  @Override
  public boolean marksInside() {
    return false;
  }

  @Override
  public String binding() {
    return "astro";
  }
}
