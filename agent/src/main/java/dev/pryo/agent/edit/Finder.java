package dev.pryo.agent.edit;

import dev.pryo.agent.words.Target;
import dev.pryo.agent.words.Target.Kind;
import dev.pryo.agent.words.Where;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Selector.SelectorParseException;

/// Finds the places that a target may mean, in the order of files and lines. It never chooses
/// between them; only what the words say about where narrows them.
final class Finder {
  private static final List<String> SPOKEN = List.of("placeholder", "alt", "title", "aria-label");
  private static final List<String> NAMES =
      List.of(
          "id",
          "class",
          "name",
          "aria-label",
          "aria-labelledby",
          "value",
          "role",
          "placeholder",
          "alt",
          "component");
  private static final Set<String> HOME =
      Set.of("home", "start", "landing", "front", "main", "index", "first");

  private final Site site;

  Finder(Site site) {
    this.site = site;
  }

  /// Where a text stands: texts, buttons' values and strings of scripts; attributes only where
  /// there is nothing else. A whole text goes before a part of one.
  List<Spot> text(String wanted, Where where) {
    var text = Matching.collapse(wanted);
    BiPredicate<String, String> same = String::equals;
    BiPredicate<String, String> anyCase = String::equalsIgnoreCase;
    for (var rule : List.of(same, anyCase)) {
      var found = narrowed(texts(text, rule), where);
      if (!found.isEmpty()) {
        return found;
      }
    }
    var part = narrowed(texts(text, Finder::holds), where);
    return part.isEmpty() ? narrowed(attributes(text), where) : part;
  }

  /// The elements that a target may mean.
  List<Spot> elements(Target target, Where where) {
    var found =
        switch (target) {
          case Target.Quoted quoted -> onElement(quoted);
          case Target.Selector selector -> selected(selector.css());
          case Target.Words words -> named(words).flatMap(spot -> inside(spot, words.kind()));
        };
    return narrowed(found, where);
  }

  private Stream<Spot> texts(String wanted, BiPredicate<String, String> rule) {
    Predicate<String> fits = text -> rule.test(text, wanted);
    Stream<Spot> inMarkup = site.markups().stream().flatMap(markup -> markup.texts(fits));
    Stream<Spot> inScripts =
        site.scripts().stream()
            .flatMap(script ->
                script.literals().stream()
                    .filter(literal -> literal.shown() != Script.Shown.NEVER)
                    .filter(literal -> fits.test(Matching.collapse(literal.value())))
                    .map(literal -> new Spot.InScript(script, literal)));
    Stream<Spot> inLanguages =
        site.languages().stream()
            .flatMap(file ->
                file.entries().stream()
                    .filter(entry -> fits.test(Matching.collapse(entry.value())))
                    .map(entry -> new Spot.InLanguage(file, entry)));
    Stream<Spot> elsewhere =
        site.others().stream()
            .filter(text -> text.body().contains(wanted))
            .map(text -> new Spot.Elsewhere(text, text.body().indexOf(wanted)));
    return Stream.of(inMarkup, inScripts, inLanguages, elsewhere).flatMap(all -> all);
  }

  private Stream<Spot> attributes(String wanted) {
    return site.markups().stream()
        .flatMap(markup ->
            markup.elements().stream()
                .flatMap(one ->
                    SPOKEN.stream()
                        .filter(name -> Matching.collapse(one.attr(name)).equals(wanted))
                        .map(name -> markup.spot(one, name))));
  }

  static String shown(TextNode words) {
    return Matching.collapse(words.getWholeText());
  }

  /// Whether a text holds another between word boundaries.
  static boolean holds(String text, String wanted) {
    var at = text.indexOf(wanted);
    return at >= 0
        && text.indexOf(wanted, at + 1) < 0
        && isEdge(text, at - 1)
        && isEdge(text, at + wanted.length());
  }

  private static boolean isEdge(String text, int at) {
    return at < 0 || at >= text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }

  /// The elements on which a text stands. A button or link whose whole text it is goes for the
  /// smaller element inside.
  private Stream<Spot> onElement(Target.Quoted quoted) {
    var wanted = Matching.collapse(quoted.text());
    var written =
        site.markups().stream()
            .flatMap(markup ->
                markup.elements().stream()
                    .filter(one -> says(one, wanted))
                    .filter(one ->
                        quoted.kind() == Kind.ANY ? isHolder(one, wanted) : is(one, quoted.kind()))
                    .map(one -> (Spot) markup.spot(one)))
            .toList();
    return written.isEmpty() && site.hasComponents()
        ? named(wanted)
            .filter(spot -> quoted.kind() == Kind.ANY || is(element(spot), quoted.kind()))
        : written.stream();
  }

  /// Elements that show a text which stands elsewhere, in data or in the file of a language; or the
  /// button or link around them.
  private Stream<Spot> named(String wanted) {
    return new Values(site)
        .showing(wanted)
        .map(spot -> {
          var around =
              Stream.iterate(spot.element(), one -> one != null, Element::parent)
                  .filter(one -> one != null && Page.isClickable(one))
                  .filter(spot.component().tags()::containsKey)
                  .findFirst();
          return (Spot) around.map(spot.component()::spot).orElse(spot);
        })
        .distinct();
  }

  private static boolean says(Element element, String wanted) {
    var text = Page.isButtonInput(element) ? element.attr("value") : element.text();
    return Matching.collapse(text).equalsIgnoreCase(wanted);
  }

  private static boolean isHolder(Element element, String wanted) {
    if (Page.isClickable(element)) {
      return true;
    }
    var inside = element.children().stream().anyMatch(child -> says(child, wanted));
    var around =
        Stream.iterate(element.parent(), one -> one != null, Element::parent)
            .anyMatch(one -> one != null && Page.isClickable(one) && says(one, wanted));
    return !inside && !around;
  }

  private Stream<Spot> selected(String css) {
    try {
      return site.markups().stream()
          .flatMap(markup ->
              markup.document().select(css).stream()
                  .filter(markup.elements()::contains)
                  .map(one -> markup.spot(one)));
    } catch (SelectorParseException notSelector) {
      return Stream.empty();
    }
  }

  private Stream<Spot> named(Target.Words words) {
    var wanted = Matching.squash(words.words());
    var exact =
        named(words.kind(), one -> words.kind() == Kind.ANY && isNamed(one, wanted)).toList();
    if (!exact.isEmpty()) {
      return exact.stream();
    }
    var found = named(words.kind(), one -> wanted.isEmpty() || mentions(one, words.kind(), wanted));
    if (words.kind() == Kind.HEADLINE && wanted.isEmpty()) {
      var all = found.toList();
      var first = all.stream().filter(one -> element(one).normalName().equals("h1")).toList();
      return first.isEmpty() ? all.stream() : first.stream();
    }
    return found;
  }

  /// Where a component of the app is named by what it renders, as `NewsletterForm` is, that is
  /// meant.
  private Stream<Spot> inside(Spot spot, Kind kind) {
    if (!(spot instanceof Spot.InComponent in) || kind == Kind.ANY || !in.tag().isComponent()) {
      return Stream.of(spot);
    }
    var source = in.component().code().importOf(in.tag().name());
    var rendered =
        source
            .flatMap(one -> site.graph().resolve(in.path(), one.source()))
            .flatMap(site::component)
            .stream()
            .flatMap(home ->
                home.elements().stream()
                    .filter(one -> is(one, kind) && !home.tag(one).isComponent())
                    .map(home::spot))
            .toList();
    return rendered.size() == 1 ? Stream.of(rendered.getFirst()) : Stream.of(spot);
  }

  private Stream<Spot> named(Kind kind, Predicate<Element> rule) {
    return site.markups().stream()
        .flatMap(markup ->
            markup.elements().stream()
                .filter(one -> markup.document().body() != one && one.closest("head") == null)
                .filter(one -> is(one, kind) && rule.test(one))
                .map(one -> markup.spot(one)));
  }

  private static Element element(Spot spot) {
    return ((Spot.OnElement) spot).element();
  }

  private static boolean isNamed(Element element, String wanted) {
    return !wanted.isEmpty()
        && (Matching.squash(element.id()).equals(wanted)
            || Matching.squash(element.attr("component")).equals(wanted)
            || element.classNames().stream().map(Matching::squash).anyMatch(wanted::equals));
  }

  /// Elements of no special kind are known by their names only, the others by their text as well.
  private static boolean mentions(Element element, Kind kind, String wanted) {
    var named = NAMES.stream().anyMatch(name -> Matching.hasWords(element.attr(name), wanted));
    var labelled = kind == Kind.FIELD && Matching.hasWords(label(element), wanted);
    return named
        || labelled
        || (kind != Kind.ANY && kind != Kind.FORM && Matching.hasWords(element.text(), wanted));
  }

  private static String label(Element field) {
    var root = field.root();
    var around = field.closest("label");
    if (around != null) {
      return around.text();
    }
    return root instanceof Element all && !field.id().isEmpty()
        ? all.getElementsByAttributeValue("for", field.id()).text()
        : "";
  }

  private static boolean is(Element element, Kind kind) {
    var name = element.normalName();
    return switch (kind) {
      case ANY -> !Set.of("html", "head", "body", "script", "style", "template").contains(name);
      case BUTTON -> Page.isClickable(element);
      case LINK -> name.equals("a");
      case FORM -> name.equals("form");
      case FIELD ->
          Set.of("input", "textarea", "select").contains(name)
              && !Page.isButtonInput(element)
              && !element.attr("type").equalsIgnoreCase("hidden");
      case HEADLINE -> name.matches("h[1-6]");
      case IMAGE -> Set.of("img", "svg", "picture").contains(name);
      case PARAGRAPH -> name.equals("p");
    };
  }

  private List<Spot> narrowed(Stream<? extends Spot> found, Where where) {
    var all = found.filter(spot -> isThere(spot, where)).map(Spot.class::cast).toList();
    var page = where.page();
    if (page != null) {
      all = onPage(all, page);
    }
    var shipped = all.stream().filter(spot -> !site.isTest(spot.path())).toList();
    var tested = shipped.isEmpty() ? all : shipped;
    var used = tested.stream().filter(spot -> site.isUsed(spot.path())).toList();
    return used.isEmpty() ? tested : used;
  }

  private static boolean isThere(Spot spot, Where where) {
    var file = where.file();
    return (file == null || spot.path().equals(file) || spot.path().endsWith("/" + file))
        && (where.line() == 0 || spot.line() == where.line());
  }

  /// A page is named by its file, else by its title.
  private static List<Spot> onPage(List<Spot> all, String words) {
    var wanted = Matching.squash(words);
    var byFile = all.stream().filter(spot -> isFile(spot.path(), wanted)).toList();
    return byFile.isEmpty()
        ? all.stream()
            .filter(spot ->
                spot instanceof Spot.OnElement on
                    && Matching.hasWords(on.markup().document().title(), wanted))
            .toList()
        : byFile;
  }

  private static boolean isFile(String path, String wanted) {
    var name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
    var plain = name.toLowerCase(Locale.ROOT);
    var folder = path.replaceFirst("/[^/]*$", "").replaceFirst(".*/", "");
    return Matching.squash(name).equals(wanted)
        || (plain.equals("index")
            && (HOME.contains(wanted) || Matching.squash(folder).equals(wanted)));
  }
}
