package dev.pryo.agent.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An element of a component's markup. A fragment has an empty name.
final class Tag implements Piece {
  /// One attribute as it is written.
  ///
  /// @param name as written, with its prefix: `:class`, `v-if`, `on:click`
  /// @param kind what the value is
  /// @param valueFrom where the value begins, quotes or braces included
  /// @param value the text of a literal, the source of an expression
  record Attribute(
      String name, Kind kind, int from, int to, int valueFrom, int valueTo, String value) {
    int inFrom() {
      return valueFrom + 1;
    }
  }

  enum Kind {
    LITERAL,
    EXPRESSION,
    /// A name alone.
    BARE,
    /// `{...props}`
    SPREAD
  }

  private final String name;
  private final int from;
  private final int nameEnd;
  private final List<Attribute> attributes;
  private final List<Piece> children = new ArrayList<>();
  private @Nullable Tag parent;
  private int openEnd;
  private int closeFrom;
  private int to;

  Tag(String name, int from, int nameEnd, List<Attribute> attributes) {
    this.name = name;
    this.from = from;
    this.nameEnd = nameEnd;
    this.attributes = List.copyOf(attributes);
  }

  /// The start tag ends here.
  void opened(int end) {
    openEnd = end;
    closeFrom = end;
    to = end;
  }

  /// The end tag is there.
  void closed(int closeFrom, int to) {
    this.closeFrom = closeFrom;
    this.to = to;
  }

  void add(Piece piece) {
    children.add(piece);
    if (piece instanceof Tag child) {
      child.parent = this;
    }
  }

  String name() {
    return name;
  }

  @Override
  public int from() {
    return from;
  }

  @Override
  public int to() {
    return to;
  }

  int nameEnd() {
    return nameEnd;
  }

  int openEnd() {
    return openEnd;
  }

  int closeFrom() {
    return closeFrom;
  }

  boolean isEmpty() {
    return closeFrom == to;
  }

  List<Attribute> attributes() {
    return attributes;
  }

  List<Piece> children() {
    return children;
  }

  Optional<Tag> parent() {
    return Optional.ofNullable(parent);
  }

  /// Where another attribute goes.
  int attributesEnd() {
    return attributes.isEmpty() ? nameEnd : attributes.getLast().to();
  }

  Optional<Attribute> attribute(String... names) {
    return attributes.stream().filter(one -> List.of(names).contains(one.name())).findFirst();
  }

  /// A component of the team's or a library's, no element of HTML.
  boolean isComponent() {
    return !name.isEmpty() && (Character.isUpperCase(name.charAt(0)) || name.contains("."));
  }

  /// This element and all inside, in order.
  Stream<Tag> all() {
    return Stream.concat(
        Stream.of(this),
        children.stream()
            .flatMap(piece -> piece instanceof Tag child ? child.all() : Stream.<Tag>empty()));
  }
}
