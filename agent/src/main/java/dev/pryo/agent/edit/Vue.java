package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Vue's single-file components, also those of Nuxt.
final class Vue extends TemplateDialect {
  private static final MarkupReader.Syntax SYNTAX =
      new MarkupReader.Syntax("{{", "}}", false, false, false);
  private static final Pattern FOR =
      Pattern.compile("(?s)\\(?\\s*(\\{[^}]*\\}|[\\w$]+).*?\\)?\\s+(?:in|of)\\s+([\\w$]+)\\s*");

  @Override
  public boolean reads(String path, Manifest manifest) {
    return path.endsWith(".vue");
  }

  @Override
  public Component read(SourceText text) {
    var parts = MarkupReader.read(text.body(), 0, text.body().length(), SYNTAX);
    var scripts =
        parts.children().stream()
            .filter(one -> one instanceof Tag tag && tag.name().equals("script"))
            .map(Tag.class::cast)
            .toList();
    var templates =
        parts.children().stream()
            .filter(one -> one instanceof Tag tag && tag.name().equals("template"))
            .map(Tag.class::cast)
            .toList();
    var code =
        code(
            text,
            scripts.stream().map(TemplateDialect::content).toList(),
            isTypeScript(scripts.stream()));
    var roots = new ArrayList<Tag>();
    templates.forEach(template ->
        template.children().stream()
            .filter(Tag.class::isInstance)
            .forEach(one -> roots.add((Tag) one)));
    var lists = new ArrayList<Shown>();
    roots.stream()
        .flatMap(Tag::all)
        .forEach(tag ->
            tag.attribute("v-for")
                .ifPresent(loop -> {
                  var found = FOR.matcher(loop.value());
                  if (found.matches()) {
                    lists.add(new Shown(found.group(2), found.group(1), tag.from(), tag.to()));
                  }
                }));
    return Component.of(text, this, withLoops(code, text.body(), roots, lists), roots);
  }

  @Override
  public Optional<String> refuses(Edit edit) {
    var bound = edit.tag().attribute(":class", "v-bind:class").isPresent();
    if (edit instanceof Edit.Dress dress
        && bound
        && dress.clothes().values().stream().anyMatch(one -> !one.removed().isEmpty())) {
      return Optional.of("its classes are bound as well as written");
    }
    return super.refuses(edit);
  }

  @Override
  public Splices write(Component component, List<Edit> edits, Hand hand) {
    return new Writer(component, edits, hand).write();
  }

  @Override
  public String binding() {
    return "vue";
  }

  private static final class Writer extends TemplateWriter {
    Writer(Component component, List<Edit> edits, Hand hand) {
      super(component, edits, hand, component.code().names());
    }

    @Override
    String read() {
      return name;
    }

    @Override
    String hole(String expression) {
      return "{{ " + expression + " }}";
    }

    @Override
    List<String> holeLines(String expression) {
      return List.of("{{", hand.style().indent() + expression, "}}");
    }

    @Override
    String bound(Tag tag, String name, String expression) {
      return ":" + name + "=\"" + expression.replace("\"", "&quot;") + "\"";
    }

    @Override
    char quote() {
      return '"';
    }

    @Override
    String absent() {
      return "undefined";
    }

    /// Classes that are only added are bound beside the written ones.
    @Override
    void dress(Edit.Dress dress) {
      if (dress.clothes().values().stream().anyMatch(one -> !one.removed().isEmpty())) {
        super.dress(dress);
        return;
      }
      var pairs = new ArrayList<String>();
      dress
          .clothes()
          .forEach((segment, clothes) -> {
            var names = String.join(" ", clothes.added());
            var key = names.matches("[A-Za-z_]\\w*") ? names : inner().text(names);
            pairs.add(key + ": " + inner().is(name, List.of(segment), false));
          });
      var object = "{ " + String.join(", ", pairs) + " }";
      var there = dress.tag().attribute(":class", "v-bind:class");
      if (there.isPresent()) {
        splices.insert(there.get().valueFrom() + 1, "[");
        splices.insert(there.get().valueTo() - 1, ", " + object.replace("\"", "&quot;") + "]");
      } else {
        insert(dress.tag(), bound(dress.tag(), "class", object));
      }
    }

    @Override
    void sent(Edit.Sent sent) {
      var event = event(sent);
      var taken = sent.tag().attribute("@" + event, "v-on:" + event).isPresent();
      insert(
          sent.tag(),
          "@"
              + event
              + (taken ? ".capture" : "")
              + "=\""
              + call(sent, inner()).replace("\"", "&quot;")
              + "\"");
    }

    @Override
    void condition(Tag tag, String condition, String copy, int at, boolean after) {
      var newLine = component.text().lineEnding();
      var plain = tag.attribute("v-if", "v-else", "v-else-if", "v-for", "v-slot").isEmpty();
      var test = "v-if=\"" + condition.replace("\"", "&quot;") + "\"";
      if (!copy.isEmpty()) {
        var indent = Standing.indent(body, at);
        var shown =
            plain
                ? marked(
                    tag,
                    copy.replaceFirst("^<" + tag.name(), "<" + tag.name() + " " + test),
                    newLine)
                : "<template " + test + ">" + marked(tag, copy, "") + "</template>";
        splices.insert(at, after ? newLine + indent + shown : shown + newLine + indent);
        return;
      }
      if (isMarked(tag)) {
        insert(tag, "data-pryo=" + Escapes.attribute(hand.key(), '"'));
      }
      if (plain) {
        splices.insert(tag.nameEnd(), " " + test);
      } else {
        splices.insert(tag.from(), "<template " + test + ">");
        splices.insert(tag.to(), "</template>");
      }
    }

    @Override
    void script(boolean segment) {
      var source = hand.client().from(component.path());
      var statement =
          segment
              ? "const "
                  + name
                  + " = useVariant("
                  + hand.text(hand.key())
                  + ")"
                  + hand.style().end()
              : "";
      var setup =
          MarkupReader.read(body, 0, body.length(), SYNTAX).children().stream()
              .anyMatch(one ->
                  one instanceof Tag tag
                      && tag.name().equals("script")
                      && tag.attribute("setup").isPresent());
      if (setup) {
        into(statement);
        return;
      }
      var newLine = component.text().lineEnding();
      var lang =
          body.matches("(?s).*<script[^>]*\\blang=\"ts\".*") || hand.client().isTypeScript()
              ? " lang=\"ts\""
              : "";
      var lines = new ArrayList<String>();
      lines.add("<script setup" + lang + ">");
      lines.add(
          "import { "
              + String.join(", ", imported)
              + " } from "
              + hand.text(source)
              + hand.style().end());
      if (segment) {
        lines.add("");
        lines.add(statement);
      }
      lines.add("</script>");
      splices.insert(0, String.join(newLine, lines) + newLine + newLine);
    }
  }
}
