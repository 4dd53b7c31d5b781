package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.expr.Swc4jAstArrowExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstCallExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstFnExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxExprContainer;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMemberExpr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstJsxAttr;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstAssignPatProp;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstBindingIdent;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstKeyValuePatProp;
import com.caoccao.javet.swc4j.ast.pat.Swc4jAstObjectPat;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Code.Access;
import dev.pryo.agent.edit.Code.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds where lists of objects are shown: calls of `map` with a function for one item.
final class LoopReader {
  private final SourceText text;
  private final ISwc4jAst program;
  private final Positions at;

  LoopReader(SourceText text, ISwc4jAst program, Positions at) {
    this.text = text;
    this.program = program;
    this.at = at;
  }

  List<Loop> read() {
    var all = new ArrayList<Loop>();
    for (var call : program.find(Swc4jAstCallExpr.class)) {
      if (call.getCallee() instanceof Swc4jAstMemberExpr member
          && Positions.name(member.getProp()).equals("map")
          && root(member.getObj()) instanceof Swc4jAstIdent list
          && !call.getArgs().isEmpty()) {
        var function = call.getArgs().getFirst().getExpr();
        item(function)
            .ifPresent(item -> all.add(new Loop(list.getSym(), accesses(function, item))));
      }
    }
    return List.copyOf(all);
  }

  /// The list itself, behind calls such as `filter` and `slice`.
  private static ISwc4jAst root(ISwc4jAst node) {
    return switch (node) {
      case Swc4jAstCallExpr call -> root(call.getCallee());
      case Swc4jAstMemberExpr member when member.getParent() instanceof Swc4jAstCallExpr ->
          root(member.getObj());
      default -> node;
    };
  }

  /// How a function names its item.
  private record Item(@Nullable String name, Map<String, String> locals) {}

  private static Optional<Item> item(ISwc4jAst function) {
    var pattern =
        switch (function) {
          case Swc4jAstArrowExpr arrow -> arrow.getParams().stream().findFirst();
          case Swc4jAstFnExpr one ->
              one.getFunction().getParams().stream().findFirst().map(param -> param.getPat());
          default -> Optional.<ISwc4jAst>empty();
        };
    return pattern.flatMap(found ->
        switch (found) {
          case Swc4jAstBindingIdent name -> Optional.of(new Item(name.getId().getSym(), Map.of()));
          case Swc4jAstObjectPat parts -> Optional.of(new Item(null, locals(parts)));
          default -> Optional.empty();
        });
  }

  private static Map<String, String> locals(Swc4jAstObjectPat parts) {
    var locals = new HashMap<String, String>();
    for (var part : parts.getProps()) {
      switch (part) {
        case Swc4jAstAssignPatProp one ->
            locals.put(one.getKey().getId().getSym(), one.getKey().getId().getSym());
        case Swc4jAstKeyValuePatProp pair
            when pair.getValue() instanceof Swc4jAstBindingIdent own ->
            locals.put(Positions.name(pair.getKey()), own.getId().getSym());
        default -> {}
      }
    }
    return Map.copyOf(locals);
  }

  private List<Access> accesses(ISwc4jAst function, Item item) {
    var all = new ArrayList<Access>();
    if (item.name != null) {
      for (var member : function.find(Swc4jAstMemberExpr.class)) {
        if (member.getObj() instanceof Swc4jAstIdent object
            && object.getSym().equals(item.name)
            && !isKey(member)) {
          all.add(access(Positions.name(member.getProp()), member, item));
        }
      }
    }
    item.locals.forEach((property, local) -> {
      for (var ident : function.find(Swc4jAstIdent.class)) {
        if (ident.getSym().equals(local)
            && !(ident.getParent() instanceof Swc4jAstBindingIdent)
            && !isKey(ident)) {
          all.add(access(property, ident, item));
        }
      }
    });
    return List.copyOf(all);
  }

  private Access access(String property, ISwc4jAst node, Item item) {
    var source = text.body().substring(at.from(node), at.to(node));
    var child =
        node.getParent() instanceof Swc4jAstJsxExprContainer hole
            && !(hole.getParent() instanceof Swc4jAstJsxAttr);
    return new Access(property, source, item.name, item.locals, at.from(node), at.to(node), child);
  }

  private static boolean isKey(ISwc4jAst node) {
    return node.getParent() instanceof Swc4jAstJsxExprContainer hole
        && hole.getParent() instanceof Swc4jAstJsxAttr attribute
        && Positions.name(attribute.getName()).equals("key");
  }
}
