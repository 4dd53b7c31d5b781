package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Insight;
import dev.pryo.analysis.Analysis.Recommendation;
import dev.pryo.analysis.Analysis.Words;
import java.util.List;

/// The words of an analysis, kept apart from its document, which stays as it was made.
record Said(
    String summary,
    List<String> summaryFacts,
    List<Insight> insights,
    Recommendation reasoned,
    String writtenBy) {

  static Said of(Analysis analysis) {
    return new Said(
        analysis.summary(),
        analysis.summaryFacts(),
        analysis.insights(),
        analysis.winnerRecommendation(),
        analysis.writtenBy());
  }

  Analysis over(Analysis own, Words words) {
    return own.worded(summary, summaryFacts, insights, reasoned, writtenBy, words);
  }
}
