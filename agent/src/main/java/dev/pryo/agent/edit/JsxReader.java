package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxElement;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxExprContainer;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxFragment;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstTpl;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstJsxText;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAstJsxElementChild;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstJsxAttr;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Tag.Attribute;
import dev.pryo.agent.edit.Tag.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads JSX elements out of a syntax tree.
final class JsxReader {
  private final SourceText text;
  private final ISwc4jAst program;
  private final Positions at;

  JsxReader(SourceText text, ISwc4jAst program, Positions at) {
    this.text = text;
    this.program = program;
    this.at = at;
  }

  /// Every element that stands in no other one's content; elements inside an expression of another
  /// one are children of that one.
  List<Tag> read() {
    var roots = new ArrayList<Tag>();
    collect(program, roots, null);
    return List.copyOf(roots);
  }

  private void collect(ISwc4jAst node, List<Tag> roots, @Nullable Tag in) {
    for (var child : node.getChildNodes()) {
      var tag =
          switch (child) {
            case Swc4jAstJsxElement element -> element(element);
            case Swc4jAstJsxFragment fragment -> fragment(fragment);
            default -> null;
          };
      if (tag == null) {
        collect(child, roots, in);
      } else if (in == null) {
        roots.add(tag);
      } else {
        in.add(tag);
      }
    }
  }

  private Tag element(Swc4jAstJsxElement element) {
    var opening = element.getOpening();
    var attributes = opening.getAttrs().stream().map(this::attribute).toList();
    var tag =
        new Tag(source(opening.getName()), at.from(opening), at.to(opening.getName()), attributes);
    tag.opened(at.to(opening));
    opening.getAttrs().forEach(attribute -> collect(attribute, new ArrayList<>(), tag));
    children(tag, element.getChildren());
    element.getClosing().ifPresent(closing -> tag.closed(at.from(closing), at.to(closing)));
    return tag;
  }

  private Tag fragment(Swc4jAstJsxFragment fragment) {
    var from = at.from(fragment.getOpening());
    var tag = new Tag("", from, from + 1, List.of());
    tag.opened(at.to(fragment.getOpening()));
    children(tag, fragment.getChildren());
    tag.closed(at.from(fragment.getClosing()), at.to(fragment.getClosing()));
    return tag;
  }

  private void children(Tag tag, List<ISwc4jAstJsxElementChild> children) {
    for (var child : children) {
      switch (child) {
        case Swc4jAstJsxElement element -> tag.add(element(element));
        case Swc4jAstJsxFragment fragment -> tag.add(fragment(fragment));
        case Swc4jAstJsxText words -> words(tag, words);
        case Swc4jAstJsxExprContainer hole -> hole(tag, hole);
        default -> {}
      }
    }
  }

  private void words(Tag tag, Swc4jAstJsxText words) {
    var raw = source(words);
    var before = raw.length() - raw.stripLeading().length();
    if (!raw.isBlank()) {
      tag.add(
          new Piece.Words(
              at.from(words) + before,
              at.from(words) + raw.stripTrailing().length(),
              Matching.collapse(words.getValue()),
              false));
    }
  }

  private void hole(Tag tag, Swc4jAstJsxExprContainer hole) {
    switch (hole.getExpr()) {
      case Swc4jAstStr string ->
          tag.add(new Piece.Words(at.from(hole), at.to(hole), string.getValue(), true));
      case Swc4jAstTpl template when template.getExprs().isEmpty() -> {
        var quasi = template.getQuasis().getFirst();
        tag.add(
            new Piece.Words(
                at.from(hole), at.to(hole), quasi.getCooked().orElse(quasi.getRaw()), true));
      }
      default -> {
        tag.add(
            new Piece.Code(
                at.from(hole), at.to(hole), at.from(hole.getExpr()), at.to(hole.getExpr())));
        collect(hole, new ArrayList<>(), tag);
      }
    }
  }

  private Attribute attribute(ISwc4jAst node) {
    if (!(node instanceof Swc4jAstJsxAttr one)) {
      return new Attribute(
          "", Kind.SPREAD, at.from(node), at.to(node), at.from(node), at.to(node), source(node));
    }
    var name = source(one.getName());
    var value = one.getValue();
    if (value.isEmpty()) {
      return new Attribute(name, Kind.BARE, at.from(one), at.to(one), at.to(one), at.to(one), "");
    }
    var expression = value.get();
    return switch (expression) {
      case Swc4jAstStr string -> attribute(one, name, Kind.LITERAL, string, string.getValue());
      case Swc4jAstJsxExprContainer hole ->
          attribute(one, name, Kind.EXPRESSION, hole, source(hole.getExpr()));
      default -> attribute(one, name, Kind.EXPRESSION, expression, source(expression));
    };
  }

  private Attribute attribute(
      Swc4jAstJsxAttr one, String name, Kind kind, ISwc4jAst value, String text) {
    return new Attribute(name, kind, at.from(one), at.to(one), at.from(value), at.to(value), text);
  }

  private String source(ISwc4jAst node) {
    return text.body().substring(at.from(node), at.to(node));
  }
}
