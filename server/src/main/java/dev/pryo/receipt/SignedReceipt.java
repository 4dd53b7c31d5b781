package dev.pryo.receipt;

import dev.pryo.analysis.Analysis;
import dev.pryo.analysis.Carried;
import dev.pryo.analysis.Look;
import dev.pryo.analysis.Statistics;
import dev.pryo.analysis.Subject;
import dev.pryo.event.Noticed;
import dev.pryo.event.Source;
import dev.pryo.event.Totals;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A verdict with all that it was made from, signed.
///
/// The signature is Ed25519 over the canonical form (RFC 8785) of this document without its field
/// `signature`. `statistics`, `checks`, `progress` and `verdict` follow from the fields before them
/// alone, so that anybody can compute them again.
///
/// @param format how this document is read
/// @param version of the Pryo that signed it
/// @param simulated whether the events were made up
/// @param experiment as it was frozen at its start: segments with weights and bounds, goals, plan
/// @param counts people per segment; sums per goal and segment
/// @param runningSince since when it had been active without a break
/// @param noticed what was odd about the events when they came in
/// @param plannedEnds the goals' sums at the planned end, once a look has passed it
/// @param carried what earlier looks had reached, from which running p-values and intersected
///   intervals start. Signed, but not computed again: that would need the counts of those looks
/// @param publicKey X.509 (SubjectPublicKeyInfo), Base64
/// @param signature Base64
public record SignedReceipt(
    String format,
    String version,
    UUID analysisId,
    Instant generatedAt,
    Source source,
    boolean simulated,
    Subject experiment,
    boolean countBots,
    Totals counts,
    @Nullable Instant runningSince,
    @Nullable Noticed noticed,
    @Nullable List<Look.PlannedEnd> plannedEnds,
    @Nullable Carried carried,
    Statistics statistics,
    List<Analysis.Check> checks,
    Analysis.Progress progress,
    Analysis.Verdict verdict,
    Analysis.Recommendation winnerRecommendation,
    String algorithm,
    String publicKey,
    String signature) {

  static final String FORMAT = "pryo-receipt/1";
  static final String ALGORITHM = "Ed25519";

  static SignedReceipt unsigned(Look look, Analysis analysis, String version, String publicKey) {
    return new SignedReceipt(
        FORMAT,
        version,
        look.id(),
        look.now(),
        look.source(),
        analysis.simulated(),
        look.experiment(),
        look.countBots(),
        look.totals(),
        look.runningSince(),
        look.noticed(),
        look.plannedEnds(),
        look.carried(),
        analysis.statistics(),
        analysis.checks(),
        analysis.progress(),
        analysis.verdict(),
        analysis.winnerRecommendation(),
        ALGORITHM,
        publicKey,
        "");
  }

  SignedReceipt signed(String by) {
    return new SignedReceipt(
        format,
        version,
        analysisId,
        generatedAt,
        source,
        simulated,
        experiment,
        countBots,
        counts,
        runningSince,
        noticed,
        plannedEnds,
        carried,
        statistics,
        checks,
        progress,
        verdict,
        winnerRecommendation,
        algorithm,
        publicKey,
        by);
  }

  /// What its results are made from.
  Look look() {
    return new Look(
        analysisId,
        experiment,
        source,
        countBots,
        counts,
        generatedAt,
        runningSince,
        noticed,
        plannedEnds,
        carried);
  }
}
