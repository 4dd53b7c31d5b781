package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/// A parsed HTML file whose every element knows where it stands in the text.
///
/// @param errors how many parse errors there are, at most `MAX_ERRORS`
record Page(SourceText text, Document document, int errors) implements Markup {
  private static final int MAX_ERRORS = 500;
  private static final Pattern TEMPLATE =
      Pattern.compile("\\{\\{|\\{%|<%|<\\?(?:php|=)|\\$\\{[a-z]", Pattern.CASE_INSENSITIVE);
  private static final Set<String> BUTTON_TYPES = Set.of("submit", "button", "reset", "image");

  static Page parse(SourceText text) {
    var parser = Parser.htmlParser().setTrackPosition(true).setTrackErrors(MAX_ERRORS);
    var document = parser.parseInput(text.body(), "");
    return new Page(text, document, parser.getErrors().size());
  }

  String path() {
    return text.path();
  }

  /// Markup that a server or a build fills in; outside scripts and styles.
  boolean isTemplate() {
    return TEMPLATE.matcher(text.body().replaceAll("(?is)<(script|style)\\b.*?</\\1>", "")).find();
  }

  /// Whether it is a whole page and no piece of one.
  boolean isWhole() {
    return document.head().childNodeSize() > 0 || isWritten(document.head());
  }

  /// Elements that are written in the text, in order; the parser makes up others.
  @Override
  public List<Element> elements() {
    return document.getAllElements().stream().filter(Page::isWritten).toList();
  }

  static boolean isWritten(Element element) {
    return element.sourceRange().isTracked() && !element.sourceRange().isImplicit();
  }

  static int start(Node node) {
    return node.sourceRange().startPos();
  }

  StartTag startTag(Element element) {
    return StartTag.at(text.body(), start(element));
  }

  @Override
  public Spot.OnPage spot(Element element) {
    return new Spot.OnPage(this, element);
  }

  @Override
  public Spot.OnPage spot(Element element, String attribute) {
    return new Spot.OnPage(this, element, null, attribute);
  }

  /// Texts and buttons' values.
  @Override
  public Stream<Spot> texts(Predicate<String> fits) {
    return Stream.concat(
        texts().stream()
            .filter(words -> fits.test(Finder.shown(words)))
            .map(words -> new Spot.OnPage(this, Page.parent(words), words, null)),
        elements().stream()
            .filter(Page::isButtonInput)
            .filter(one -> fits.test(Matching.collapse(one.attr("value"))))
            .map(one -> spot(one, "value")));
  }

  /// Texts that a person sees, in order.
  List<TextNode> texts() {
    var found = new ArrayList<TextNode>();
    document
        .body()
        .traverse((node, _) -> {
          if (node instanceof TextNode words && !words.isBlank() && isShown(words)) {
            found.add(words);
          }
        });
    return List.copyOf(found);
  }

  private static boolean isShown(TextNode words) {
    return words.sourceRange().isTracked()
        && words.parent() instanceof Element parent
        && isWritten(parent)
        && parent.closest("title, script, style, noscript, template, iframe") == null;
  }

  /// The element that a shown text stands in.
  static Element parent(TextNode words) {
    return Objects.requireNonNull((Element) words.parent(), "a shown text stands in an element");
  }

  static boolean isButtonInput(Element element) {
    return element.normalName().equals("input")
        && BUTTON_TYPES.contains(element.attr("type").toLowerCase(Locale.ROOT));
  }

  /// A button, or a link that one would call so.
  static boolean isClickable(Element element) {
    return element.normalName().equals("button")
        || (element.normalName().equals("a") && element.hasAttr("href"))
        || isButtonInput(element)
        || element.attr("role").equals("button");
  }

  /// What looks like a button: a button, or a link with a class that says so.
  static boolean looksLikeButton(Element element) {
    return element.normalName().equals("button")
        || isButtonInput(element)
        || element.attr("role").equals("button")
        || (element.normalName().equals("a")
            && (Matching.hasWords(element.className(), "btn")
                || Matching.hasWords(element.className(), "button")
                || Matching.hasWords(element.className(), "cta")));
  }

  /// The form that a button sends. What a component makes of a button is not known, and a click
  /// whose default is prevented sends nothing.
  static Optional<Element> submits(Element element) {
    if (Component.isMade(element) || Component.PREVENTS.matcher(element.attr("onclick")).find()) {
      return Optional.empty();
    }
    var type = element.attr("type").toLowerCase(Locale.ROOT);
    var sends =
        (element.normalName().equals("button") && !Set.of("button", "reset").contains(type))
            || (element.normalName().equals("input") && Set.of("submit", "image").contains(type));
    return sends ? Optional.ofNullable(element.closest("form")) : Optional.empty();
  }

  /// The pages' own address of a script or style sheet that it loads, in order.
  List<String> scripts() {
    return document.select("script[src]").eachAttr("src");
  }

  List<String> styleSheets() {
    return document.select("link[rel~=(?i)stylesheet][href]").eachAttr("href");
  }

  /// Whether it loads Pryo's client already, whatever its tag looks like.
  boolean hasClient() {
    return document.select("script[src]").stream()
        .anyMatch(script ->
            script.attr("src").matches("(?i).*/pryo(?:/[\\w.-]+)?\\.js(?:\\?.*)?")
                && script.hasAttr("data-key"));
  }
}
