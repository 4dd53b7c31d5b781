package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdentName;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstBindingIdent;

/// From the parser's code points to positions in the text.
final class Positions {
  private final int[] positions;

  Positions(String body) {
    positions = new int[body.codePointCount(0, body.length()) + 1];
    var at = 0;
    for (var point = 0; point < positions.length - 1; point++) {
      positions[point] = at;
      at += Character.charCount(body.codePointAt(at));
    }
    positions[positions.length - 1] = at;
  }

  int from(ISwc4jAst node) {
    return positions[node.getSpan().getStart()];
  }

  int to(ISwc4jAst node) {
    return positions[node.getSpan().getEnd()];
  }

  /// The name that a node is; empty for a node that is none.
  static String name(ISwc4jAst node) {
    return switch (node) {
      case Swc4jAstIdent ident -> ident.getSym();
      case Swc4jAstIdentName ident -> ident.getSym();
      case Swc4jAstBindingIdent binding -> binding.getId().getSym();
      case Swc4jAstStr string -> string.getValue();
      default -> "";
    };
  }
}
