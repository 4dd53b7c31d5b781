package dev.pryo.analysis;

import dev.pryo.analysis.GoalTests.Pair;
import dev.pryo.analysis.Statistics.Bayesian;
import dev.pryo.analysis.Statistics.Estimator;
import dev.pryo.experiment.Goal;
import dev.pryo.stats.BayesBeta;
import dev.pryo.stats.BayesNormal;
import dev.pryo.stats.Comparison;
import dev.pryo.stats.Moments;
import dev.pryo.stats.Relative;
import dev.pryo.stats.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Bayesian reading of a comparison: for conversions as counted from Beta posteriors under a
/// uniform prior, else from a normal one under a flat prior. For those who think in it; it decides
/// nothing.
final class BayesReading {

  private BayesReading() {}

  /// What is to be won and lost by shipping the test.
  private record Odds(double chanceToWin, double expectedLoss) {}

  /// Null where there is no lift to speak of.
  static @Nullable Bayesian of(Pair pair, Comparison made, double alpha) {
    if (made.uplift().isEmpty()) {
      return null;
    }
    Result<Odds> odds =
        pair.goal().kind() == Goal.Kind.CONVERSION && pair.estimate().estimator() == Estimator.MEAN
            ? ofShares(pair, 1 - alpha)
            : ofMeans(pair.goal(), made, 1 - alpha);
    double base = Math.abs(made.control().mean());
    return odds.then(found ->
            lift(made, 1 - alpha)
                .map(lift ->
                    new Bayesian(
                        found.chanceToWin(),
                        found.expectedLoss() / base,
                        List.of(lift.interval().lower(), lift.interval().upper()))))
        .toOptional()
        .filter(BayesReading::isFinite)
        .orElse(null);
  }

  /// By which method, under which prior.
  static String how(Statistics.Comparison of) {
    return of.kind() == Goal.Kind.CONVERSION && of.estimator() == Estimator.MEAN
        ? "bayes_beta, from Beta posteriors of both rates under a uniform prior, Beta(1, 1)"
        : "bayes_normal, from the normal posterior of the difference under a flat prior";
  }

  /// Where less is wanted, the control's posterior takes the part of the test's.
  private static Result<Odds> ofShares(Pair pair, double credibility) {
    BayesBeta.Arm control = new BayesBeta.Arm(pair.control().converted(), pair.control().mature());
    BayesBeta.Arm test = new BayesBeta.Arm(pair.test().converted(), pair.test().mature());
    List<BayesBeta.Arm> lowerFirst =
        rises(pair.goal()) ? List.of(control, test) : List.of(test, control);
    return BayesBeta.of(lowerFirst, BayesBeta.Prior.UNIFORM, credibility)
        .map(
            beta -> new Odds(beta.beatsControl().getFirst(), beta.arms().getLast().expectedLoss()));
  }

  private static Result<Odds> ofMeans(Goal goal, Comparison made, double credibility) {
    double gain = rises(goal) ? made.diff() : -made.diff();
    return BayesNormal.of(gain, made.anytime().se(), BayesNormal.Prior.FLAT, credibility)
        .map(normal -> new Odds(normal.chanceToWin(), normal.lossTreatment()));
  }

  /// The lift's posterior, by the delta method.
  private static Result<BayesNormal> lift(Comparison made, double credibility) {
    Moments a = made.control();
    Moments b = made.test();
    var extra = made.extra();
    return Relative.of(
            a.mean(),
            b.mean(),
            a.var() / a.n() + extra.varA(),
            b.var() / b.n() + extra.varB(),
            extra.cov(),
            made.fixed().crit())
        .then(relative ->
            BayesNormal.of(
                relative.uplift(), relative.deltaSe(), BayesNormal.Prior.FLAT, credibility));
  }

  private static boolean rises(Goal goal) {
    return goal.direction() == Goal.Direction.INCREASE;
  }

  private static boolean isFinite(Bayesian of) {
    return Double.isFinite(of.chanceToWin())
        && Double.isFinite(of.expectedLoss())
        && of.interval().stream().allMatch(Double::isFinite);
  }
}
