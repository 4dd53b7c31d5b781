package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;

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
}
