package dev.pryo.wording;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Analysis.Insight;
import dev.pryo.analysis.Analysis.Recommendation;
import dev.pryo.analysis.Analysis.Words;
import dev.pryo.llm.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was kept of a model's words, and why the rest was not.
///
/// @param analysis with the words that were kept in the place of Pryo's own
/// @param refusals a line for each text that was dropped
record Wording(Analysis analysis, List<String> refusals) {

  /// Takes each text of the reply that the facts bear out; Pryo's own stands for every other.
  static Wording of(Brief brief, Reply reply) {
    return switch (reply) {
      case Reply.Fault fault -> none(brief, "the model did not answer: " + fault.detail());
      case Reply.Answer answer ->
          switch (answer.stop()) {
            case CUT_OFF, FULL -> none(brief, "the model's answer was cut off");
            case DECLINED -> none(brief, "the model declined");
            case END, CALLS ->
                Answer.of(answer)
                    .map(said -> new Editor(brief, said, answer.model()).edit())
                    .orElseGet(() -> none(brief, "the model answered outside of the schema"));
          };
    };
  }

  /// Pryo's own sentences, all of them.
  static Wording none(Brief brief, String why) {
    Analysis own = brief.analysis();
    return new Wording(
        own.worded(
            own.summary(),
            own.summaryFacts(),
            own.insights(),
            own.winnerRecommendation(),
            own.writtenBy(),
            Words.FAILED),
        List.of("Pryo's own words stand: " + why));
  }

  /// Puts together one analysis.
  private static final class Editor {
    private static final int SHORTEST = 8;
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_TEXT = 400;
    private static final int LONGEST_SUMMARY = 600;

    private final Brief brief;
    private final Analysis own;
    private final Answer answer;
    private final String model;
    private final List<String> refusals = new ArrayList<>();
    private int kept;

    Editor(Brief brief, Answer answer, String model) {
      this.brief = brief;
      this.own = brief.analysis();
      this.answer = answer;
      this.model = model;
    }

    Wording edit() {
      Recommendation recommendation = own.winnerRecommendation();
      Answer.Said summary = kept("summary", answer.summary(), own.summaryFacts(), LONGEST_SUMMARY);
      Answer.Said reason = kept("reason", answer.reason(), recommendation.facts(), LONGEST_TEXT);
      List<Insight> insights = new ArrayList<>();
      for (int i = 0; i < own.insights().size(); i++) {
        insights.add(insight(i, own.insights().get(i)));
      }
      Recommendation reasoned =
          reason == null
              ? recommendation
              : new Recommendation(
                  recommendation.segment(),
                  recommendation.decision(),
                  recommendation.confidence(),
                  reason.text(),
                  brief.ids(reason.facts()));
      return new Wording(
          own.worded(
              summary == null ? own.summary() : simulated() + summary.text(),
              summary == null ? own.summaryFacts() : brief.ids(summary.facts()),
              List.copyOf(insights),
              reasoned,
              kept > 0 ? model : own.writtenBy(),
              kept > 0 ? Words.READY : Words.FAILED),
          List.copyOf(refusals));
    }

    private String simulated() {
      return own.simulated() ? "Simulated data. " : "";
    }

    private Answer.@Nullable Said kept(
        String place, Answer.@Nullable Said said, List<String> ownFacts, int longest) {
      if (said == null) {
        refusals.add(place + ": nothing usable was said");
        return null;
      }
      String why =
          brief
              .unknown(said.facts())
              .or(() -> brief.beside(said.facts(), ownFacts))
              .or(() -> Proof.refuse(said.text(), brief.context(said.facts()), SHORTEST, longest))
              .orElse(null);
      return taken(place, why) ? said : null;
    }

    private boolean taken(String place, @Nullable String why) {
      if (why == null) {
        kept++;
        return true;
      }
      refusals.add("%s: %s".formatted(place, why));
      return false;
    }

    private Insight insight(int index, Insight mine) {
      if (!brief.isOffered(mine)) {
        return mine;
      }
      String id = Brief.insightId(index);
      Answer.Point point = answer.insights().get(id);
      if (point == null) {
        refusals.add(id + ": nothing usable was said");
        return mine;
      }
      String why =
          brief
              .unknown(point.facts())
              .or(() -> brief.beside(point.facts(), mine.facts()))
              .or(() -> form(point))
              .or(() ->
                  Proof.refuse(
                      whole(point),
                      brief.context(point.facts()),
                      SHORTEST,
                      LONGEST_TITLE + LONGEST_TEXT))
              .orElse(null);
      return taken(id, why)
          ? new Insight(point.title(), point.text(), mine.severity(), brief.ids(point.facts()))
          : mine;
    }

    private Optional<String> form(Answer.Point point) {
      Names names = brief.names();
      return Form.refuse(point.title(), names.mask(point.title()), SHORTEST, LONGEST_TITLE)
          .or(() -> Form.refuse(point.text(), names.mask(point.text()), SHORTEST, LONGEST_TEXT));
    }

    private static String whole(Answer.Point point) {
      boolean ends = point.title().matches(".*[.!?]");
      return point.title() + (ends ? " " : ". ") + point.text();
    }
  }
}
