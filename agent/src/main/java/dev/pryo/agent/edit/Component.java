package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import dev.pryo.agent.edit.Tag.Kind;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// A file with markup that a framework makes elements of. Its elements are also there as HTML, as
/// near as one can know without running it, so that selectors and words find them.
///
/// @param code what its code says
/// @param roots its elements that stand in no other
record Component(
    SourceText text,
    Dialect dialect,
    Code code,
    List<Tag> roots,
    Document document,
    Map<Element, Tag> tags,
    Map<TextNode, Piece.Words> words)
    implements Markup {
  /// Stands for what an expression shows.
  private static final String SOMETHING = "\uFFFC";

  private static final Pattern STYLES =
      Pattern.compile("[\"'`]([^\"'`$]*)[\"'`]|\\b(?:s|css|\\w*[sS]tyles?|classes)\\.(\\w+)");

  private static final Pattern CLICK = Pattern.compile("(?i)^(?:@|v-on:|on:?|\\()click\\b");

  /// What keeps a click from doing what it does by itself.
  static final Pattern PREVENTS = Pattern.compile("\\bpreventDefault\\b|\\breturn false\\b");

  static Component of(SourceText text, Dialect dialect, Code code, List<Tag> roots) {
    var document = Document.createShell("");
    var tags = new IdentityHashMap<Element, Tag>();
    var words = new IdentityHashMap<TextNode, Piece.Words>();
    roots.forEach(root -> mirror(document.body(), root, tags, words));
    return new Component(text, dialect, code, roots, document, tags, words);
  }

  private static void mirror(
      Element in, Piece piece, Map<Element, Tag> tags, Map<TextNode, Piece.Words> words) {
    switch (piece) {
      case Piece.Words one -> {
        var node = new TextNode(one.value());
        in.appendChild(node);
        words.put(node, one);
      }
      case Piece.Code _ -> in.appendChild(new TextNode(SOMETHING));
      case Tag tag when tag.name().isEmpty() ->
          tag.children().forEach(child -> mirror(in, child, tags, words));
      case Tag tag -> {
        var element = in.appendElement(html(tag.name()));
        tag.attributes().forEach(one -> mirror(element, one));
        element.attr("component", tag.name());
        if (tag.attributes().stream().anyMatch(Component::prevents)) {
          element.attr("onclick", "preventDefault");
        }
        tags.put(element, tag);
        tag.children().forEach(child -> mirror(element, child, tags, words));
      }
    }
  }

  private static boolean prevents(Tag.Attribute one) {
    return CLICK.matcher(one.name()).find()
        && (one.name().matches(".*[.|]prevent.*") || PREVENTS.matcher(one.value()).find());
  }

  /// Whether it is what the name of a component speaks of, and no element of HTML.
  static boolean isMade(Element element) {
    return element.hasAttr("component") && !element.attr("component").equals(element.normalName());
  }

  /// The element that a component's name speaks of: `ButtonLink` is a button, `NavLink` a link.
  private static String html(String name) {
    var plain = Matching.squash(name.substring(name.lastIndexOf('.') + 1));
    if (Character.isLowerCase(name.charAt(0)) && !name.contains("-") && !name.contains(".")) {
      return name;
    }
    if (plain.contains("button") || plain.endsWith("cta")) {
      return "button";
    }
    return plain.endsWith("link")
        ? "a"
        : plain.endsWith("form")
            ? "form"
            : plain.matches("(?:text)?(?:input|field)")
                ? "input"
                : plain.endsWith("image") ? "img" : "x-component";
  }

  private static void mirror(Element element, Tag.Attribute one) {
    var name = one.name().replaceFirst("^(?::|v-bind:)", "");
    switch (name) {
      case "className", "class", "[ngClass]", "class:list" ->
          element.addClass(one.kind() == Kind.LITERAL ? one.value() : classes(one.value()));
      case "htmlFor" -> element.attr("for", value(one));
      case "to", "routerLink", "[routerLink]" -> element.attr("href", value(one));
      default -> {
        if (name.matches("[a-z][a-z0-9-]*")) {
          element.attr(name, value(one));
        }
      }
    }
  }

  private static String value(Tag.Attribute one) {
    return one.kind() == Kind.LITERAL ? one.value() : "";
  }

  /// The class names that an expression may give: its strings, and the names that it takes from a
  /// style sheet's module.
  private static String classes(String expression) {
    return STYLES
        .matcher(expression)
        .results()
        .map(hit -> hit.group(1) == null ? hit.group(2) : hit.group(1))
        .collect(Collectors.joining(" "));
  }

  String path() {
    return text.path();
  }

  private static final Pattern STRING =
      Pattern.compile("'((?:[^'\\\\\\n]|\\\\.)*)'|\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

  /// Strings inside the expressions of its markup.
  List<Script.Literal> strings() {
    return roots.stream().flatMap(Tag::all).flatMap(this::strings).toList();
  }

  private Stream<Script.Literal> strings(Tag tag) {
    var inContent =
        tag.children().stream()
            .filter(Piece.Code.class::isInstance)
            .map(Piece.Code.class::cast)
            .flatMap(hole -> strings(hole.inFrom(), hole.inTo()));
    var given =
        tag.attributes().stream()
            .filter(one -> one.kind() == Kind.EXPRESSION)
            .flatMap(one -> strings(one.inFrom(), one.valueTo() - 1));
    var plain =
        tag.attributes().stream()
            .filter(one -> one.kind() == Kind.LITERAL && one.valueTo() > one.valueFrom())
            .map(one ->
                new Script.Literal(
                    one.value(), one.valueFrom(), one.valueTo(), Script.Shown.NEVER));
    return Stream.of(inContent, given, plain).flatMap(all -> all);
  }

  private Stream<Script.Literal> strings(int from, int to) {
    return STRING
        .matcher(text.body().substring(from, to))
        .results()
        .map(hit ->
            new Script.Literal(
                hit.group(1) == null ? hit.group(2) : hit.group(1),
                from + hit.start(),
                from + hit.end(),
                Script.Shown.WHEN_RENDERED));
  }

  @Override
  public List<Element> elements() {
    return document.getAllElements().stream().filter(tags::containsKey).toList();
  }

  Tag tag(Element element) {
    return Objects.requireNonNull(tags.get(element), "an element of this component");
  }

  Piece.Words words(TextNode node) {
    return Objects.requireNonNull(words.get(node), "a text of this component");
  }

  @Override
  public Spot.InComponent spot(Element element) {
    return new Spot.InComponent(this, element, null, null);
  }

  @Override
  public Spot.InComponent spot(Element element, String attribute) {
    return new Spot.InComponent(this, element, null, attribute);
  }

  /// Its texts, buttons' values, what components are given to show, and strings of its code.
  @Override
  public Stream<Spot> texts(Predicate<String> fits) {
    Stream<Spot> shown =
        document.body().stream()
            .flatMap(element -> element.textNodes().stream())
            .filter(node -> words.containsKey(node) && fits.test(words(node).value()))
            .map(node ->
                new Spot.InComponent(
                    this, Objects.requireNonNull((Element) node.parent()), node, null));
    Stream<Spot> given =
        elements().stream()
            .flatMap(element ->
                tag(element).attributes().stream()
                    .filter(one -> one.kind() == Kind.LITERAL && isShown(element, one.name()))
                    .filter(one -> fits.test(Matching.collapse(one.value())))
                    .map(one -> spot(element, one.name())));
    Stream<Spot> inCode =
        code.script().literals().stream()
            .filter(literal -> literal.shown() != Script.Shown.NEVER)
            .filter(literal -> fits.test(Matching.collapse(literal.value())))
            .filter(literal -> words.values().stream().noneMatch(one -> covers(one, literal)))
            .map(literal -> new Spot.InCode(this, literal));
    return Stream.of(shown, given, inCode).flatMap(all -> all);
  }

  private boolean isShown(Element element, String attribute) {
    return Page.isButtonInput(element) && attribute.equals("value")
        || (tag(element).isComponent()
            && attribute.matches("[a-zA-Z]+")
            && !attribute.matches("(?i)class(?:Name)?|key|id|href|to|type|variant|size|name|as"));
  }

  private static boolean covers(Piece.Words words, Script.Literal literal) {
    return words.from() <= literal.from() && literal.to() <= words.to();
  }
}
