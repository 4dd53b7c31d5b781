package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Code.Access;
import dev.pryo.agent.edit.Code.Constant;
import dev.pryo.agent.edit.Code.Loop;
import dev.pryo.agent.edit.Code.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What frameworks share whose components are HTML with expressions, beside a script.
abstract class TemplateDialect implements Dialect {
  /// A list that is shown, the name of its item, and where.
  record Shown(String binding, String item, int from, int to) {}

  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");
  private static final Pattern LOCAL =
      Pattern.compile("([A-Za-z_$][\\w$]*)(?:\\s*:\\s*([A-Za-z_$][\\w$]*))?");

  /// The code of a file as it would stand alone: everything else is blanked out.
  static Code code(SourceText text, List<Range> scripts, boolean typescript) {
    var blank = new StringBuilder(text.body().length());
    for (var at = 0; at < text.body().length(); at++) {
      var c = text.body().charAt(at);
      var inside = false;
      for (var script : scripts) {
        inside |= script.from() <= at && at < script.to();
      }
      blank.append(inside || c == '\n' || c == '\r' ? c : ' ');
    }
    return CodeReader.read(
        new SourceText(text.path() + (typescript ? ".ts" : ".js"), false, blank.toString()));
  }

  /// The code with the lists that the markup shows.
  static Code withLoops(Code code, String body, List<Tag> roots, List<Shown> lists) {
    var loops = new ArrayList<Loop>(code.loops());
    for (var list : lists) {
      loops.add(new Loop(list.binding, accesses(body, roots, list)));
    }
    return new Code(
        code.script(),
        code.imports(),
        code.names(),
        code.functions(),
        code.data(),
        code.constants().stream().map(one -> shown(one, body, roots)).toList(),
        loops,
        List.of(),
        code.kept(),
        code.directives(),
        code.start());
  }

  /// A text of the script where the markup shows it; with no use where its name stands anywhere
  /// else in the file.
  private static Constant shown(Constant constant, String body, List<Tag> roots) {
    var uses =
        roots.stream()
            .flatMap(Tag::all)
            .flatMap(tag -> tag.children().stream())
            .flatMap(piece -> piece instanceof Piece.Code hole ? Stream.of(hole) : Stream.empty())
            .filter(
                hole -> body.substring(hole.inFrom(), hole.inTo()).strip().equals(constant.name()))
            .map(hole -> {
              var from = body.indexOf(constant.name(), hole.inFrom());
              return new Range(from, from + constant.name().length());
            })
            .toList();
    var all = Pattern.compile("(?<![\\w$])" + Pattern.quote(constant.name()) + "(?![\\w$])");
    return new Constant(
        constant.literal(),
        constant.name(),
        all.matcher(body).results().count() == uses.size() + 1L ? uses : List.of());
  }

  private static List<Access> accesses(String body, List<Tag> roots, Shown list) {
    var item = NAME.matcher(list.item).matches() ? list.item : null;
    var locals = item == null ? locals(list.item) : Map.<String, String>of();
    var all = new ArrayList<Access>();
    roots.stream()
        .flatMap(Tag::all)
        .forEach(tag -> {
          for (var piece : tag.children()) {
            if (piece instanceof Piece.Code hole
                && list.from <= hole.from()
                && hole.to() <= list.to) {
              all.addAll(accesses(body, hole.inFrom(), hole.inTo(), item, locals));
            }
          }
          for (var one : tag.attributes()) {
            if (one.kind() == Tag.Kind.EXPRESSION
                && list.from <= one.from()
                && one.to() <= list.to
                && !one.name().matches(":?key|v-for|\\*ngFor")) {
              all.addAll(accesses(body, one.valueFrom() + 1, one.valueTo() - 1, item, locals));
            }
          }
        });
    return List.copyOf(all);
  }

  private static List<Access> accesses(
      String body, int from, int to, @Nullable String item, Map<String, String> locals) {
    var source = body.substring(from, Math.max(from, to));
    var all = new ArrayList<Access>();
    if (item != null) {
      Pattern.compile("(?<![\\w$.])" + Pattern.quote(item) + "\\.([A-Za-z_$][\\w$]*)(?![\\w$(])")
          .matcher(source)
          .results()
          .forEach(hit ->
              all.add(
                  new Access(
                      hit.group(1),
                      hit.group(),
                      item,
                      Map.of(),
                      from + hit.start(),
                      from + hit.end(),
                      hit.group().equals(source.strip()))));
    }
    locals.forEach((property, local) ->
        Pattern.compile("(?<![\\w$.])" + Pattern.quote(local) + "(?![\\w$(])")
            .matcher(source)
            .results()
            .forEach(hit ->
                all.add(
                    new Access(
                        property,
                        local,
                        null,
                        locals,
                        from + hit.start(),
                        from + hit.end(),
                        local.equals(source.strip())))));
    return all;
  }

  private static Map<String, String> locals(String pattern) {
    var all = new HashMap<String, String>();
    LOCAL
        .matcher(pattern)
        .results()
        .forEach(hit -> all.put(hit.group(1), hit.group(2) == null ? hit.group(1) : hit.group(2)));
    return Map.copyOf(all);
  }

  /// The content of an element's start and end tag.
  static Range content(Tag tag) {
    return new Range(tag.openEnd(), tag.closeFrom());
  }

  static boolean isTypeScript(Stream<Tag> scripts) {
    return scripts
        .flatMap(tag -> tag.attribute("lang").stream())
        .anyMatch(lang -> lang.value().equals("ts"));
  }

  @Override
  public Optional<String> refuses(Edit edit) {
    if (edit instanceof Edit.Say say
        && say.texts().values().stream()
            .anyMatch(text -> text.contains("{{") || text.contains("}}"))) {
      return Optional.of("its new text holds {{ or }}, which mean something there");
    }
    return Optional.empty();
  }
}
