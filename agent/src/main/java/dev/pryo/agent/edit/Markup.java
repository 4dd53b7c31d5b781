package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Markup that words can mean: a plain page's, or a component's.
sealed interface Markup permits Page, Component {
  SourceText text();

  Document document();

  /// Elements that are written in the text, in order.
  List<Element> elements();

  /// The place of an element.
  Spot.OnElement spot(Element element);

  /// The place of an attribute's value.
  Spot.OnElement spot(Element element, String attribute);

  /// Where something is shown that fits.
  Stream<Spot> texts(Predicate<String> fits);
}
