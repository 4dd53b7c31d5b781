package dev.pryo.agent.edit;

import dev.pryo.agent.Outcome.Place;
import dev.pryo.agent.SourceText;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/// A place that words may mean.
sealed interface Spot {
  SourceText source();

  int offset();

  default String path() {
    return source().path();
  }

  default int line() {
    return source().line(offset());
  }

  default Place place() {
    return new Place(path(), line(), source().context(offset()));
  }

  /// An element; `words` is the text in it that is meant, `attribute` the attribute that holds the
  /// text where it is no text node.
  sealed interface OnElement extends Spot {
    Markup markup();

    Element element();

    @Nullable TextNode words();

    @Nullable String attribute();
  }

  /// An element of a page.
  record OnPage(Page page, Element element, @Nullable TextNode words, @Nullable String attribute)
      implements OnElement {
    OnPage(Page page, Element element) {
      this(page, element, null, null);
    }

    @Override
    public Markup markup() {
      return page;
    }

    @Override
    public SourceText source() {
      return page.text();
    }

    /// Where the first word stands, else where the tag does.
    @Override
    public int offset() {
      if (words == null) {
        return Page.start(element);
      }
      var from = words.sourceRange().startPos();
      var body = page.text().body();
      while (from < words.sourceRange().endPos() && Character.isWhitespace(body.charAt(from))) {
        from++;
      }
      return from;
    }
  }

  /// An element of a component.
  record InComponent(
      Component component, Element element, @Nullable TextNode words, @Nullable String attribute)
      implements OnElement {
    @Override
    public Markup markup() {
      return component;
    }

    Tag tag() {
      return component.tag(element);
    }

    @Override
    public SourceText source() {
      return component.text();
    }

    @Override
    public int offset() {
      return words == null ? tag().from() : component.words(words).from();
    }
  }

  /// A string in a component's code.
  record InCode(Component component, Script.Literal literal) implements Spot {
    @Override
    public SourceText source() {
      return component.text();
    }

    @Override
    public int offset() {
      return literal.from();
    }
  }

  /// A text in a file of one language, under its key.
  record InLanguage(LanguageFile file, LanguageFile.Entry entry) implements Spot {
    @Override
    public SourceText source() {
      return file.text();
    }

    @Override
    public int offset() {
      return entry.valueFrom();
    }
  }

  /// A string in a script.
  record InScript(Script script, Script.Literal literal) implements Spot {
    @Override
    public SourceText source() {
      return script.text();
    }

    @Override
    public int offset() {
      return literal.from();
    }
  }

  /// A file of a kind that edit mode does not change.
  record Elsewhere(SourceText source, int offset) implements Spot {}
}
