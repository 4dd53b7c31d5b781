package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstClassMethod;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstClassProp;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstFunction;
import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstKeyValueProp;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstArrowExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstCallExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstFnExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxExprContainer;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstTpl;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstObjectLit;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstJsxAttr;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportDefaultDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportDefaultExpr;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportDefaultSpecifier;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportNamedSpecifier;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportStarAsSpecifier;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstBlockStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstExprStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstFnDecl;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstReturnStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstVarDeclarator;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Code.Constant;
import dev.pryo.agent.edit.Code.Datum;
import dev.pryo.agent.edit.Code.Function;
import dev.pryo.agent.edit.Code.Import;
import dev.pryo.agent.edit.Code.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a component's code from its syntax tree.
final class CodeReader {
  private final SourceText text;
  private final ISwc4jAst program;
  private final Positions at;

  private CodeReader(SourceText text, ISwc4jAst program) {
    this.text = text;
    this.program = program;
    this.at = new Positions(text.body());
  }

  /// A file, or what of a file is left where all else is blanked out.
  static Code read(SourceText text) {
    return Scripts.parse(
        text,
        program -> new CodeReader(text, program).read(),
        script ->
            new Code(
                script, List.of(), Set.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), Set.of(), 0));
  }

  private Code read() {
    var script = ScriptReader.read(text, program);
    var statements = program.getChildNodes();
    var directives = new LinkedHashSet<String>();
    for (var statement : statements) {
      if (statement instanceof Swc4jAstExprStmt one && one.getExpr() instanceof Swc4jAstStr words) {
        directives.add(words.getValue());
      } else {
        break;
      }
    }
    var first = statements.stream().skip(directives.size()).findFirst();
    return new Code(
        script,
        imports(),
        names(),
        functions(),
        data(script),
        constants(script),
        new LoopReader(text, program, at).read(),
        new JsxReader(text, program, at).read(),
        kept(),
        directives,
        first.map(at::from).orElse(text.body().length()));
  }

  private Set<String> names() {
    return Stream.of(
            program.find(Swc4jAstIdent.class).stream().map(Swc4jAstIdent::getSym),
            program.find(Swc4jAstClassProp.class).stream().map(one -> Positions.name(one.getKey())),
            program.find(Swc4jAstClassMethod.class).stream()
                .map(one -> Positions.name(one.getKey())))
        .flatMap(all -> all)
        .collect(Collectors.toSet());
  }

  private List<Import> imports() {
    var all = new ArrayList<Import>();
    for (var one : program.find(Swc4jAstImportDecl.class)) {
      var names = new LinkedHashMap<String, String>();
      for (var specifier : one.getSpecifiers()) {
        switch (specifier) {
          case Swc4jAstImportNamedSpecifier named ->
              names.put(
                  named.getLocal().getSym(),
                  named.getImported().map(Positions::name).orElse(named.getLocal().getSym()));
          case Swc4jAstImportDefaultSpecifier main ->
              names.put(main.getLocal().getSym(), "default");
          case Swc4jAstImportStarAsSpecifier every -> names.put(every.getLocal().getSym(), "*");
          default -> {}
        }
      }
      all.add(
          new Import(one.getSrc().getValue(), at.from(one), at.to(one), names, one.isTypeOnly()));
    }
    return List.copyOf(all);
  }

  private List<Function> functions() {
    var all = new ArrayList<Function>();
    for (var one : program.find(Swc4jAstFnDecl.class)) {
      all.add(function(one, one.getIdent().getSym(), one.getFunction()));
    }
    for (var one : program.find(Swc4jAstFnExpr.class)) {
      var own = one.getIdent().map(Swc4jAstIdent::getSym);
      all.add(function(one, own.orElseGet(() -> name(one)), one.getFunction()));
    }
    for (var one : program.find(Swc4jAstArrowExpr.class)) {
      all.add(
          one.getBody() instanceof Swc4jAstBlockStmt block
              ? function(one, name(one), Optional.of(block), one.isAsync())
              : function(one, name(one), Optional.empty(), one.isAsync()));
    }
    return all.stream()
        .sorted((a, b) -> a.from() == b.from() ? b.to() - a.to() : a.from() - b.from())
        .toList();
  }

  private Function function(ISwc4jAst node, String name, Swc4jAstFunction function) {
    var main =
        node.getParent() instanceof Swc4jAstExportDefaultDecl && name.isEmpty() ? "Default" : name;
    return function(node, main, function.getBody(), function.isAsync());
  }

  private Function function(
      ISwc4jAst node, String name, Optional<Swc4jAstBlockStmt> body, boolean async) {
    var component = !async && body.isPresent() && name.matches("[A-Z].*|use[A-Z].*");
    var bodyFrom = body.map(block -> at.from(block) + 1).orElse(-1);
    var first = body.flatMap(block -> block.getStmts().stream().findFirst());
    return new Function(
        name,
        at.from(node),
        at.to(node),
        bodyFrom,
        first.map(at::from).orElse(bodyFrom),
        first.filter(Swc4jAstReturnStmt.class::isInstance).isPresent(),
        component);
  }

  /// The variable that a function is given to, also by way of `memo` and its like.
  private static String name(ISwc4jAst function) {
    var node = function.getParent();
    while (node instanceof Swc4jAstCallExpr || node.getParent() instanceof Swc4jAstCallExpr) {
      node = node.getParent();
    }
    return switch (node) {
      case Swc4jAstVarDeclarator variable -> Positions.name(variable.getName());
      case Swc4jAstExportDefaultExpr _ -> "Default";
      default -> "";
    };
  }

  private List<Datum> data(Script script) {
    var literals =
        script.literals().stream()
            .collect(Collectors.toMap(Script.Literal::from, one -> one, (one, _) -> one));
    var all = new ArrayList<Datum>();
    for (var string : program.find(Swc4jAstStr.class)) {
      var literal = literals.get(at.from(string));
      if (literal != null
          && string.getParent() instanceof Swc4jAstKeyValueProp pair
          && pair.getValue() == string
          && pair.getParent() instanceof Swc4jAstObjectLit object) {
        binding(object)
            .ifPresent(name -> all.add(new Datum(literal, name, key(pair), siblings(object))));
      }
    }
    return List.copyOf(all);
  }

  private List<Constant> constants(Script script) {
    var all = new ArrayList<Constant>();
    for (var variable : program.find(Swc4jAstVarDeclarator.class)) {
      var declared = variable.getParent();
      if (declared.getParent() == program
          && variable.getInit().filter(Swc4jAstStr.class::isInstance).isPresent()) {
        var from = at.from(variable.getInit().get());
        script.literals().stream()
            .filter(literal -> literal.from() == from)
            .findFirst()
            .ifPresent(literal -> {
              var name = Positions.name(variable.getName());
              all.add(new Constant(literal, name, uses(variable, name)));
            });
      }
    }
    return List.copyOf(all);
  }

  /// Where braces of the markup hold nothing but the name; empty where it stands anywhere else, for
  /// what happens there cannot be told.
  private List<Range> uses(Swc4jAstVarDeclarator variable, String name) {
    var all =
        program.find(Swc4jAstIdent.class).stream()
            .filter(one -> one.getSym().equals(name))
            .filter(one -> at.from(one) != at.from(variable.getName()))
            .toList();
    return all.stream().allMatch(one -> one.getParent() instanceof Swc4jAstJsxExprContainer)
        ? all.stream().map(one -> new Range(at.from(one), at.to(one))).toList()
        : List.of();
  }

  /// The variable of a module, or the field of a class, whose value an object is, or is in.
  private static Optional<String> binding(Swc4jAstObjectLit object) {
    for (ISwc4jAst node = object; node != null; node = node.getParent()) {
      switch (node) {
        case Swc4jAstVarDeclarator variable -> {
          return Optional.of(Positions.name(variable.getName()));
        }
        case Swc4jAstClassProp property -> {
          return Optional.of(Positions.name(property.getKey()));
        }
        case Swc4jAstFunction _, Swc4jAstArrowExpr _ -> {
          return Optional.empty();
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> siblings(Swc4jAstObjectLit object) {
    var all = new LinkedHashMap<String, String>();
    for (var property : object.getProps()) {
      if (property instanceof Swc4jAstKeyValueProp pair
          && pair.getValue() instanceof Swc4jAstStr value) {
        all.put(key(pair), value.getValue());
      }
    }
    return all;
  }

  private static String key(Swc4jAstKeyValueProp pair) {
    return Positions.name(pair.getKey());
  }

  /// Templates, and strings of attributes, which may span lines.
  private List<Range> kept() {
    Stream<? extends ISwc4jAst> values =
        program.find(Swc4jAstJsxAttr.class).stream()
            .flatMap(one -> one.getValue().stream())
            .filter(Swc4jAstStr.class::isInstance);
    return Stream.concat(program.find(Swc4jAstTpl.class).stream(), values)
        .map(node -> new Range(at.from(node), at.to(node)))
        .toList();
  }
}
