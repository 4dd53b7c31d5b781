package dev.pryo.agent.words;

/// Which element is meant, as far as the words say it.
public sealed interface Target {
  /// The text on it: `'Add to cart'`, `the 'Add to cart' button`.
  record Quoted(String text, Kind kind) implements Target {}

  /// A CSS selector: `#email`, `.hero h1`.
  record Selector(String css) implements Target {}

  /// Words: `the sign-up button` is `sign-up` of kind button, `the banner` is `banner` of any kind.
  record Words(String words, Kind kind) implements Target {}

  /// The sort of element that a noun names.
  enum Kind {
    ANY,
    BUTTON,
    LINK,
    FORM,
    FIELD,
    HEADLINE,
    IMAGE,
    PARAGRAPH;

    /// The kind that a noun names, `ANY` for every other noun.
    static Kind of(String noun) {
      return switch (noun) {
        case "button", "buttons", "cta" -> BUTTON;
        case "link", "links" -> LINK;
        case "form" -> FORM;
        case "field", "input", "box" -> FIELD;
        case "headline", "heading", "title", "header" -> HEADLINE;
        case "image", "picture", "photo", "logo", "icon" -> IMAGE;
        case "paragraph" -> PARAGRAPH;
        default -> ANY;
      };
    }
  }
}
