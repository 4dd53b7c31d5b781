package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.framework.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// React, and all that writes its components in JSX: Next, Gatsby, React Router.
final class React implements Dialect {
  private static final Set<String> FILES = Set.of("jsx", "tsx", "js", "ts", "mjs", "mts");
  private static final Set<String> ATTRIBUTES_OF_NUMBERS =
      Set.of("tabIndex", "maxLength", "minLength", "rows", "cols", "size");

  @Override
  public boolean reads(String path, Manifest manifest) {
    return FILES.contains(Site.extension(path));
  }

  @Override
  public Component read(SourceText text) {
    var code = CodeReader.read(text);
    return Component.of(text, this, code, code.tags());
  }

  @Override
  public Optional<String> refuses(Edit edit) {
    var around = edit instanceof Edit.Moved || edit instanceof Edit.Gone;
    if (around && edit.tag().parent().isEmpty()) {
      return Optional.of("it is all that its component returns");
    }
    var copied =
        edit instanceof Edit.Moved
            || edit instanceof Edit.Give
            || edit instanceof Edit.Dress
            || edit instanceof Edit.Look;
    return copied && spansLines(edit)
        ? Optional.of("it holds a text over several lines, whose copy could differ")
        : Optional.empty();
  }

  private static boolean spansLines(Edit edit) {
    var body = edit.component().text().body();
    return edit.component().code().kept().stream()
        .filter(one -> edit.tag().from() <= one.from() && one.to() <= edit.tag().to())
        .anyMatch(one -> body.substring(one.from(), one.to()).contains("\n"));
  }

  @Override
  public Splices write(Component component, List<Edit> edits, Hand hand) {
    return new ReactWriter(component, edits, hand).write();
  }

  @Override
  public String binding() {
    return "react";
  }

  /// An attribute's name as JSX has it.
  static String attribute(String html) {
    return switch (html) {
      case "class" -> "className";
      case "for" -> "htmlFor";
      case "tabindex" -> "tabIndex";
      case "maxlength" -> "maxLength";
      case "minlength" -> "minLength";
      case "autocomplete" -> "autoComplete";
      case "inputmode" -> "inputMode";
      case "readonly" -> "readOnly";
      default -> html;
    };
  }

  private static final Set<String> CLIENT_HOOKS =
      Set.of(
          "useState",
          "useEffect",
          "useLayoutEffect",
          "useReducer",
          "useRef",
          "useContext",
          "useSyncExternalStore");

  /// Whether a component may be rendered on a server alone, where no hook can be called.
  static boolean isServer(Component component, boolean serverComponents) {
    return serverComponents
        && !component.code().directives().contains("use client")
        && component.code().names().stream().noneMatch(CLIENT_HOOKS::contains);
  }

  static boolean isNumber(String attribute, String value) {
    return ATTRIBUTES_OF_NUMBERS.contains(attribute) && value.matches("-?\\d+");
  }
}
