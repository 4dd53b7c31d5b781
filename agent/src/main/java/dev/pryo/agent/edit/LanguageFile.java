package dev.pryo.agent.edit;

import com.caoccao.javet.swc4j.ast.clazz.Swc4jAstKeyValueProp;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstObjectLit;
import com.caoccao.javet.swc4j.ast.expr.lit.Swc4jAstStr;
import com.caoccao.javet.swc4j.ast.interfaces.ISwc4jAst;
import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The texts of an app in one language: JSON, or a script that exports an object.
///
/// @param pattern its path with the language left out, the same for all its siblings
record LanguageFile(SourceText text, String pattern, String language, List<Entry> entries) {
  /// @param path the names from the outside in, joined by dots
  /// @param keyFrom where the last name begins, quotes included
  record Entry(String path, String value, int keyFrom, int keyTo, int valueFrom, int valueTo) {}

  private static final String LANGUAGE = "([a-z]{2}(?:[-_][A-Za-z]{2,4})?)";
  private static final Pattern PATH =
      Pattern.compile(
          "(.*?(?:^|/)(?:locales?|messages|i18n|lang|languages|translations|intl)/(?:[\\w-]+/)*?)"
              + "(?:([\\w-]+)\\.)??"
              + LANGUAGE
              + "(?:\\.(json|[jt]s)|/([\\w./-]+\\.(?:json|[jt]s)))");

  private static final String BEFORE = "(";

  static boolean isOne(String path) {
    return PATH.matcher(path).matches();
  }

  static Optional<LanguageFile> read(SourceText text) {
    var path = PATH.matcher(text.path());
    if (!path.matches()) {
      return Optional.empty();
    }
    var language = path.group(3);
    var pattern =
        text.path().substring(0, path.start(3)) + "*" + text.path().substring(path.end(3));
    var json = text.path().endsWith(".json");
    var code = json ? new SourceText("x.js", false, BEFORE + text.body() + ")") : text;
    var shift = json ? BEFORE.length() : 0;
    var entries =
        Scripts.parse(code, program -> entries(code, program, shift), _ -> List.<Entry>of());
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(new LanguageFile(text, pattern, language, entries));
  }

  String path() {
    return text.path();
  }

  Optional<Entry> entry(String path) {
    return entries.stream().filter(one -> one.path.equals(path)).findFirst();
  }

  private static List<Entry> entries(SourceText code, ISwc4jAst program, int shift) {
    var at = new Positions(code.body());
    var all = new ArrayList<Entry>();
    program.find(Swc4jAstObjectLit.class).stream()
        .findFirst()
        .ifPresent(object -> collect(object, "", at, shift, all));
    return List.copyOf(all);
  }

  private static void collect(
      Swc4jAstObjectLit object, String before, Positions at, int shift, List<Entry> all) {
    for (var property : object.getProps()) {
      if (!(property instanceof Swc4jAstKeyValueProp pair)) {
        continue;
      }
      var key =
          pair.getKey() instanceof Swc4jAstStr one ? one.getValue() : pair.getKey().toString();
      switch (pair.getValue()) {
        case Swc4jAstObjectLit inner -> collect(inner, before + key + ".", at, shift, all);
        case Swc4jAstStr value ->
            all.add(
                new Entry(
                    before + key,
                    value.getValue(),
                    at.from(pair.getKey()) - shift,
                    at.to(pair.getKey()) - shift,
                    at.from(value) - shift,
                    at.to(value) - shift));
        default -> {}
      }
    }
  }
}
