package dev.pryo.agent.edit;

import dev.pryo.agent.Paths;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What components render: whether a mark given to one lands on an element.
record Roots(Site site) {
  record Root(Component component, Tag tag) {}

  /// The one element that a component renders, where the component is used in one place only, so
  /// that what is marked there is marked nowhere else.
  Optional<Root> onlyRoot(Component from, Tag tag) {
    var home =
        from.code()
            .importOf(tag.name())
            .flatMap(one -> site.graph().resolve(from.path(), one.source()))
            .filter(path -> Paths.refuseWrite(path).isEmpty())
            .flatMap(site::component);
    var uses =
        site.components().stream()
            .filter(one -> site.isUsed(one.path()) && !site.isTest(one.path()))
            .flatMap(one -> one.tags().values().stream())
            .filter(one -> one.name().equals(tag.name()))
            .count();
    return uses != 1 || !from.dialect().marksInside()
        ? Optional.empty()
        : home.flatMap(one -> root(one).map(root -> new Root(one, root)));
  }

  private Optional<Tag> root(Component component) {
    var roots =
        component.roots().stream()
            .flatMap(one -> one.name().isEmpty() ? tags(one) : Stream.of(one))
            .filter(one -> !Set.of("script", "style", "svelte:head").contains(one.name()))
            .toList();
    return roots.size() == 1
            && roots.getFirst().attribute("data-pryo").isEmpty()
            && (!roots.getFirst().isComponent()
                || passesOn(component, roots.getFirst(), "data-pryo"))
        ? Optional.of(roots.getFirst())
        : Optional.empty();
  }

  private static Stream<Tag> tags(Tag fragment) {
    return fragment.children().stream().filter(Tag.class::isInstance).map(Tag.class::cast);
  }

  /// Whether a component of the app hands an attribute on to what it renders; one of a library is
  /// taken to.
  boolean passesOn(Component from, Tag tag, String attribute) {
    var top = tag.name().replaceFirst("\\..*", "");
    var source = from.code().importOf(top);
    var home =
        source.isEmpty()
            ? Optional.of(from.path())
            : site.graph().resolve(from.path(), source.get().source());
    if (home.filter(path -> path.endsWith(".vue")).isPresent()) {
      return home.flatMap(site::text)
          .filter(text -> text.body().contains("inheritAttrs"))
          .isEmpty();
    }
    var local = source.map(one -> one.names().getOrDefault(top, top)).orElse(top);
    return home.flatMap(site::text).map(text -> isOpen(text.body(), local, attribute)).orElse(true);
  }

  /// Whether what a file calls by a name hands attributes on: it spreads them, names them, or is an
  /// element with a style.
  private static boolean isOpen(String body, String name, String attribute) {
    var main =
        Pattern.compile("export default (\\w+)\\s*;?\\s*$", Pattern.MULTILINE)
            .matcher(body)
            .results()
            .findFirst()
            .map(hit -> hit.group(1));
    var known = name.equals("default") ? main.orElse(name) : name;
    return body.matches("(?s).*\\b" + Pattern.quote(known) + "\\s*(?::[^=\\n]+)?=\\s*styled\\b.*")
        || body.matches("(?s).*(?:\\{\\s*\\.\\.\\.|\\$attrs|\\$\\$restProps).*")
        || body.contains(attribute);
  }
}
