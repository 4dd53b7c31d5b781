package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import com.caoccao.javet.swc4j.ast.module.Swc4jAstExportAll;
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
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstTsTypeAliasDecl;
import com.caoccao.javet.swc4j.ast.stmt.Swc4jAstVarDecl;
import dev.pryo.agent.SourceText;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes a script that is written in Pryo's own style (two spaces, double quotes, semicolons,
/// trailing commas) in the style of a team. Nothing but quotes, semicolons, trailing commas and
/// indentation changes.
final class Restyled {
  private static final Pattern TRAILING = Pattern.compile(",(?=\\n\\s*[}\\])])");
  private static final Pattern INDENT = Pattern.compile("(?m)^(?:  )+");

  /// What would go on with the statement before it, were that not ended.
  private static final String GOES_ON = "([`/+-";

  private final String body;
  private final ISwc4jAst program;
  private final Positions at;
  private final TeamStyle style;
  private final Splices splices = new Splices();

  private Restyled(String body, ISwc4jAst program, TeamStyle style) {
    this.body = body;
    this.program = program;
    this.at = new Positions(body);
    this.style = style;
  }

  static String of(SourceText text, TeamStyle style) {
    return Scripts.parse(
        text,
        program -> new Restyled(text.body(), program, style).write(),
        failed -> {
          throw new IllegalStateException("The client file does not parse: " + failed.error());
        });
  }

  private String write() {
    if (style.quote() == '\'') {
      program.find(Swc4jAstStr.class).forEach(this::quote);
    }
    if (!style.semicolons()) {
      statements().forEach(this::bare);
    }
    var text = splices.apply(body);
    if (!style.trailingCommas()) {
      text = TRAILING.matcher(text).replaceAll("");
    }
    var step = style.indent();
    var indented = INDENT.matcher(text).replaceAll(hit -> step.repeat(hit.group().length() / 2));
    return indented.replace("\n", style.lineEnding());
  }

  private void quote(Swc4jAstStr string) {
    var from = at.from(string);
    var raw = body.substring(from, at.to(string));
    if (raw.startsWith("\"") && raw.indexOf('\'') < 0) {
      var inside = raw.substring(1, raw.length() - 1).replace("\\\"", "\"");
      splices.replace(from, from + raw.length(), "'" + inside + "'");
    }
  }

  private Stream<? extends ISwc4jAst> statements() {
    var variables =
        program.find(Swc4jAstVarDecl.class).stream()
            .filter(one ->
                !(one.getParent() instanceof Swc4jAstForStmt
                    || one.getParent() instanceof Swc4jAstForOfStmt
                    || one.getParent() instanceof Swc4jAstForInStmt));
    return Stream.of(
            program.find(Swc4jAstExprStmt.class).stream(),
            program.find(Swc4jAstReturnStmt.class).stream(),
            program.find(Swc4jAstBreakStmt.class).stream(),
            program.find(Swc4jAstContinueStmt.class).stream(),
            program.find(Swc4jAstThrowStmt.class).stream(),
            program.find(Swc4jAstImportDecl.class).stream(),
            program.find(Swc4jAstExportAll.class).stream(),
            program.find(Swc4jAstNamedExport.class).stream(),
            program.find(Swc4jAstExportDefaultExpr.class).stream(),
            program.find(Swc4jAstTsTypeAliasDecl.class).stream(),
            variables)
        .flatMap(all -> all);
  }

  /// Takes the semicolon away where the end of the line ends the statement as well.
  private void bare(ISwc4jAst statement) {
    var end = at.to(statement);
    if (body.charAt(end - 1) != ';') {
      return;
    }
    var lineEnd = body.indexOf('\n', end);
    var rest = body.substring(end, lineEnd < 0 ? body.length() : lineEnd).strip();
    if (!rest.isEmpty() && !rest.startsWith("//") && !rest.startsWith("}")) {
      return;
    }
    splices.replace(end - 1, end, "");
    var next = end;
    while (next < body.length() && Character.isWhitespace(body.charAt(next))) {
      next++;
    }
    var comment = body.startsWith("//", next) || body.startsWith("/*", next);
    if (next < body.length() && !comment && GOES_ON.indexOf(body.charAt(next)) >= 0) {
      splices.insert(next, ";");
    }
  }
}
