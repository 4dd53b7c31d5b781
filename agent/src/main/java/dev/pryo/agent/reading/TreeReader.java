package dev.pryo.agent.reading;

import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstKeyValueProp;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstCallExpr;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstIdent;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxElement;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstJsxFragment;
import com.caoccao.javet.swc4j.ast.expr.Swc4jAstTpl;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstArrayLit;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstObjectLit;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.miscs.Swc4jAstJsxAttr;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportAll;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportDefaultDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportDefaultExpr;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstImportDecl;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstNamedExport;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstBreakStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstContinueStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstExprStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstForInStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstForOfStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstForStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstReturnStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstThrowStmt;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstVarDecl;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Counts habits in one walk over a syntax tree. Several trees of one file may be walked one after
/// another. The parser counts code points; here they become positions in the text.
final class TreeReader {
  private static final Pattern PROSE =
      Pattern.compile("\\p{Lu}[^{}<>=;]{0,400}\\p{L}\\s{1,40}\\p{L}[^{}<>=;]{0,400}");
  private static final Pattern SPOKEN =
      Pattern.compile(
          "[\"']?(?:name|title|label|heading|headline|text|price|description|caption|cta)[\"']?");
  private static final Pattern SHOWN = Pattern.compile("\\p{Lu}\\p{L}+|\\p{Sc}\\s?\\d");
  private static final Pattern COMPONENT =
      Pattern.compile(
          "export\\s{1,40}(?:async\\s{1,40})?(?:function|const|let|class)\\s{1,40}\\p{Lu}\\w*[a-z]");

  /// What stands before a class that is exported; it may hold anything up to the word.
  private static final Pattern DECORATOR =
      Pattern.compile("(?s)\\A@.{0,20000}?(?=^export\\s)", Pattern.MULTILINE);

  private static final Pattern LISTED =
      Pattern.compile("[{,]\\s{0,40}\\p{Lu}\\w{0,60}[a-z]\\w{0,60}\\s{0,40}[,}]");

  private final List<String> imports = new ArrayList<>();
  private final List<Indentation.Range> templates = new ArrayList<>();
  private int single;
  private int doubled;
  private int attributesSingle;
  private int attributesDouble;
  private int semicolons;
  private int bare;
  private int trailing;
  private int notTrailing;
  private int prose;
  private boolean named;
  private boolean byDefault;
  private boolean draws;

  private String code = "";
  private int offset;
  private int[] positions = {};

  /// @param code the text that was parsed
  /// @param offset where it begins in its file
  void read(String code, int offset, ISwc4jAst program) {
    this.code = code;
    this.offset = offset;
    this.positions = positions(code);
    walk(program);
  }

  Habits habits(String path, String text) {
    return new Habits(
        path,
        single,
        doubled,
        attributesSingle,
        attributesDouble,
        semicolons,
        bare,
        trailing,
        notTrailing,
        Indentation.of(text, templates),
        List.copyOf(imports),
        named,
        byDefault,
        draws,
        prose);
  }

  private void walk(ISwc4jAst node) {
    note(node);
    for (var child : node.getChildNodes()) {
      walk(child);
    }
  }

  private void note(ISwc4jAst node) {
    switch (node) {
      case Swc4jAstStr string -> string(string);
      case Swc4jAstTpl template -> {
        var from = from(template);
        if (code.indexOf('\n', from, to(template)) >= 0) {
          templates.add(new Indentation.Range(offset + from, offset + to(template)));
        }
      }
      case Swc4jAstJsxElement _, Swc4jAstJsxFragment _ -> draws = true;
      case Swc4jAstImportDecl declared -> {
        imports.add(declared.getSrc().getValue());
        ends(declared);
      }
      case Swc4jAstExportAll all -> {
        imports.add(all.getSrc().getValue());
        ends(all);
      }
      case Swc4jAstNamedExport list -> {
        list.getSrc().ifPresent(source -> imports.add(source.getValue()));
        named |= list.getSrc().isEmpty() && LISTED.matcher(of(list)).find();
        ends(list);
      }
      case Swc4jAstCallExpr call -> imported(call);
      case Swc4jAstExportDecl declared ->
          named |= COMPONENT.matcher(DECORATOR.matcher(of(declared)).replaceFirst("")).lookingAt();
      case Swc4jAstExportDefaultDecl _ -> byDefault = true;
      case Swc4jAstExportDefaultExpr expression -> {
        byDefault = true;
        ends(expression);
      }
      case Swc4jAstExprStmt _,
          Swc4jAstReturnStmt _,
          Swc4jAstThrowStmt _,
          Swc4jAstBreakStmt _,
          Swc4jAstContinueStmt _ ->
          ends(node);
      case Swc4jAstVarDecl declared -> {
        if (!isInLoopHead(declared)) {
          ends(declared);
        }
      }
      case Swc4jAstObjectLit _, Swc4jAstArrayLit _ -> list(node);
      default -> {}
    }
  }

  /// Whether a list over several lines has a comma behind its last item; one that ends with a
  /// comment tells nothing.
  private void list(ISwc4jAst node) {
    var all = of(node);
    if (all.indexOf('\n') < 0) {
      return;
    }
    var inside = all.substring(0, all.length() - 1).stripTrailing();
    var line = inside.substring(inside.lastIndexOf('\n') + 1);
    var last = inside.charAt(inside.length() - 1);
    if (inside.length() < 2 || line.contains("//") || inside.endsWith("*/")) {
      return;
    }
    trailing += last == ',' ? 1 : 0;
    notTrailing += last == ',' ? 0 : 1;
  }

  private void string(Swc4jAstStr string) {
    var quote = code.charAt(from(string));
    var value = string.getValue();
    if (value.indexOf('"') >= 0 || value.indexOf('\'') >= 0) {
      return;
    }
    if (string.getParent() instanceof Swc4jAstJsxAttr) {
      attributesSingle += quote == '\'' ? 1 : 0;
      attributesDouble += quote == '"' ? 1 : 0;
      return;
    }
    single += quote == '\'' ? 1 : 0;
    doubled += quote == '"' ? 1 : 0;
    if (string.getParent() instanceof Swc4jAstKeyValueProp pair && isShown(pair, value)) {
      prose++;
    }
  }

  /// Whether a value reads like a sentence, or is what its key says that people see.
  private boolean isShown(Swc4jAstKeyValueProp pair, String value) {
    return PROSE.matcher(value).matches()
        || (SPOKEN.matcher(of(pair.getKey())).matches() && SHOWN.matcher(value).lookingAt());
  }

  private void imported(Swc4jAstCallExpr call) {
    var isImport =
        !(call.getCallee() instanceof Swc4jAstIdent ident) || ident.getSym().equals("require");
    if (isImport
        && call.getArgs().size() == 1
        && call.getArgs().getFirst().getExpr() instanceof Swc4jAstStr source
        && (code.startsWith("import", from(call)) || code.startsWith("require", from(call)))) {
      imports.add(source.getValue());
    }
  }

  /// A semicolon on a line of its own begins the next one for who writes none.
  private void ends(ISwc4jAst statement) {
    var all = of(statement);
    if (!all.isEmpty()) {
      var before = all.substring(0, all.length() - 1);
      var ended =
          all.endsWith(";") && !before.substring(before.stripTrailing().length()).contains("\n");
      semicolons += ended ? 1 : 0;
      bare += ended ? 0 : 1;
    }
  }

  private static boolean isInLoopHead(Swc4jAstVarDecl declared) {
    return switch (declared.getParent()) {
      case Swc4jAstForStmt _, Swc4jAstForOfStmt _, Swc4jAstForInStmt _ -> true;
      default -> false;
    };
  }

  private String of(ISwc4jAst node) {
    return code.substring(from(node), to(node));
  }

  private int from(ISwc4jAst node) {
    return position(node.getSpan().getStart());
  }

  private int to(ISwc4jAst node) {
    return position(node.getSpan().getEnd());
  }

  private int position(int point) {
    return positions.length == 0 ? point : positions[point];
  }

  /// From code points to positions; empty where they are the same.
  private static int[] positions(String code) {
    var points = code.codePointCount(0, code.length());
    if (points == code.length()) {
      return new int[0];
    }
    var positions = new int[points + 1];
    var at = 0;
    for (var point = 0; point < points; point++) {
      positions[point] = at;
      at += Character.charCount(code.codePointAt(at));
    }
    positions[points] = at;
    return positions;
  }
}
