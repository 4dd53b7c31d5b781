package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstClassMethod;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstComputedPropName;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstConstructor;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstFunction;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstKeyValueProp;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstArrowExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstAssignExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstBinExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstCallExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstExprOrSpread;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdentName;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstMemberExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstNewExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstTaggedTpl;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstTpl;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAstModuleDecl;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstJsxAttr;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstOptCall;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstSwitchCase;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportAll;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstNamedExport;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstExprStmt;
import com.caoccao.javet.swc4j.ast.ts.Swc4jAstTsLitType;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Script.Literal;
import dev.pryo.agent.edit.Script.Mention;
import dev.pryo.agent.edit.Script.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a syntax tree. The parser counts code points; here they become positions in the text.
final class ScriptReader {
  /// Calls whose text arguments nobody sees.
  private static final Set<String> SILENT =
      Set.of(
          "trackEvent",
          "track",
          "gtag",
          "log",
          "info",
          "warn",
          "error",
          "debug",
          "querySelector",
          "querySelectorAll",
          "closest",
          "matches",
          "getElementById",
          "getElementsByClassName",
          "getItem",
          "setItem",
          "removeItem",
          "addEventListener",
          "removeEventListener",
          "Event",
          "CustomEvent",
          "includes",
          "startsWith",
          "endsWith",
          "indexOf",
          "test",
          "match",
          "split",
          "has",
          "get",
          "require",
          "variant",
          "peek",
          "fetch",
          "import",
          "define",
          "createElement");

  /// Attributes of JSX whose strings people read.
  private static final Pattern SPOKEN =
      Pattern.compile(
          "(?i).*(?:label|text|title|heading|caption|description|placeholder|alt|message|copy)");

  private final SourceText text;
  private final ISwc4jAst program;
  private final Positions at;

  private ScriptReader(SourceText text, ISwc4jAst program) {
    this.text = text;
    this.program = program;
    this.at = new Positions(text.body());
  }

  static Script read(SourceText text, ISwc4jAst program) {
    return new ScriptReader(text, program).read();
  }

  private Script read() {
    var imports = program.find(Swc4jAstImportDecl.class);
    var sources =
        Stream.of(
                imports.stream().map(Swc4jAstImportDecl::getSrc),
                program.find(Swc4jAstExportAll.class).stream().map(Swc4jAstExportAll::getSrc),
                program.find(Swc4jAstNamedExport.class).stream()
                    .flatMap(export -> export.getSrc().stream()))
            .flatMap(all -> all)
            .map(Swc4jAstStr::getValue)
            .toList();
    return new Script(
        text,
        literals(),
        mentions("trackEvent"),
        mentions("variant"),
        calls(),
        sources,
        imports.stream().mapToInt(this::to).max().orElse(0),
        program.getChildNodes().stream().anyMatch(ISwc4jAstModuleDecl.class::isInstance),
        Optional.empty());
  }

  private List<Literal> literals() {
    var all = new ArrayList<Literal>();
    for (var string : program.find(Swc4jAstStr.class)) {
      all.add(new Literal(string.getValue(), from(string), to(string), shown(string)));
    }
    for (var template : program.find(Swc4jAstTpl.class)) {
      if (template.getExprs().isEmpty() && !(template.getParent() instanceof Swc4jAstTaggedTpl)) {
        var quasi = template.getQuasis().getFirst();
        var value = quasi.getCooked().orElse(quasi.getRaw());
        all.add(new Literal(value, from(template), to(template), shown(template)));
      }
    }
    return List.copyOf(all);
  }

  private Shown shown(ISwc4jAst literal) {
    var inFunction = false;
    var inStatement = false;
    ISwc4jAst child = literal;
    for (var node = literal.getParent(); node != null; node = node.getParent()) {
      if (!inFunction && !inStatement && hides(node, child)) {
        return Shown.NEVER;
      }
      inFunction |= isFunction(node);
      inStatement |= node instanceof Swc4jAstExprStmt;
      child = node;
    }
    return inFunction || inStatement ? Shown.WHEN_RENDERED : Shown.AT_LOAD;
  }

  /// Whether `node` makes something of the value of `child` that nobody sees.
  private static boolean hides(ISwc4jAst node, ISwc4jAst child) {
    return switch (node) {
      case Swc4jAstBinExpr binary ->
          switch (binary.getOp()) {
            case Add, LogicalAnd, LogicalOr, NullishCoalescing -> false;
            default -> true;
          };
      case Swc4jAstKeyValueProp pair -> pair.getKey() == child;
      case Swc4jAstComputedPropName _,
          Swc4jAstSwitchCase _,
          Swc4jAstTsLitType _,
          Swc4jAstImportDecl _,
          Swc4jAstExportAll _,
          Swc4jAstNamedExport _ ->
          true;
      case Swc4jAstMemberExpr member -> member.getProp() == child;
      case Swc4jAstJsxAttr attribute ->
          child instanceof Swc4jAstStr
              || !SPOKEN.matcher(Positions.name(attribute.getName())).matches();
      case Swc4jAstCallExpr call -> SILENT.contains(name(call.getCallee())) && isArgument(child);
      case Swc4jAstOptCall call -> SILENT.contains(name(call.getCallee())) && isArgument(child);
      case Swc4jAstNewExpr call -> SILENT.contains(name(call.getCallee())) && isArgument(child);
      case Swc4jAstExprStmt _ -> child instanceof Swc4jAstStr;
      default -> false;
    };
  }

  private static boolean isArgument(ISwc4jAst child) {
    return child instanceof Swc4jAstExprOrSpread;
  }

  private static boolean isFunction(ISwc4jAst node) {
    return node instanceof Swc4jAstFunction
        || node instanceof Swc4jAstArrowExpr
        || node instanceof Swc4jAstClassMethod
        || node instanceof Swc4jAstConstructor;
  }

  /// The last name of what is called: `trackEvent` for `window.pryo?.trackEvent`.
  private static String name(ISwc4jAst callee) {
    return switch (callee) {
      case Swc4jAstIdent ident -> ident.getSym();
      case Swc4jAstIdentName ident -> ident.getSym();
      case Swc4jAstMemberExpr member -> name(member.getProp());
      default -> callee.getChildNodes().isEmpty() ? "" : name(callee.getChildNodes().getLast());
    };
  }

  /// The first arguments, as far as they are strings, of all calls of a name.
  private List<Mention> mentions(String called) {
    return Stream.concat(
            program.find(Swc4jAstCallExpr.class).stream()
                .filter(call -> name(call.getCallee()).equals(called))
                .map(Swc4jAstCallExpr::getArgs),
            program.find(Swc4jAstOptCall.class).stream()
                .filter(call -> name(call.getCallee()).equals(called))
                .map(Swc4jAstOptCall::getArgs))
        .filter(arguments -> !arguments.isEmpty())
        .map(arguments -> arguments.getFirst().getExpr())
        .filter(Swc4jAstStr.class::isInstance)
        .map(Swc4jAstStr.class::cast)
        .map(event -> new Mention(event.getValue(), from(event)))
        .toList();
  }

  private List<Mention> calls() {
    var called =
        Stream.concat(
            program.find(Swc4jAstCallExpr.class).stream()
                .map(call -> new Mention(name(call.getCallee()), from(call))),
            program.find(Swc4jAstNewExpr.class).stream()
                .map(call -> new Mention(name(call.getCallee()), from(call))));
    var assigned =
        program.find(Swc4jAstAssignExpr.class).stream()
            .map(assign -> new Mention(name(assign.getLeft()), from(assign)));
    return Stream.concat(called, assigned).toList();
  }

  private int from(ISwc4jAst node) {
    return at.from(node);
  }

  private int to(ISwc4jAst node) {
    return at.to(node);
  }
}
