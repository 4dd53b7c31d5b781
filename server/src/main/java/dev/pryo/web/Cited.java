package dev.pryo.web;

import dev.pryo.analysis.Analysis;
import org.jspecify.annotations.Nullable;

/// A number on a page with the place of the fact that says where it comes from.
///
/// @param anchor an id in the page; null where there is no such fact
public record Cited(String text, @Nullable String anchor) {

  static Cited of(Analysis analysis, String text, String factId) {
    for (int i = 0; i < analysis.facts().size(); i++) {
      if (analysis.facts().get(i).id().equals(factId)) {
        return new Cited(text, anchor(i));
      }
    }
    return new Cited(text, null);
  }

  /// The place of a fact by its number in the analysis.
  static String anchor(int fact) {
    return "fact-" + fact;
  }
}
