package dev.pryo.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The methods under the names and fields of the golden file.
final class GoldenMethods {

  private static final Result<Fields> UNKNOWN_OPTION = Result.failed(StatsError.INVALID_INPUT);

  private GoldenMethods() {}

  /// What a method returned, by the golden file's names.
  record Fields(Map<String, @Nullable Object> byName) {

    void put(String name, @Nullable Object value) {
      byName.put(name, value);
    }
  }

  /// The method's fields, or `error` alone.
  static Map<String, @Nullable Object> run(String method, JsonNode in) {
    Fields fields =
        switch (answer(method, in)) {
          case Result.Ok<Fields>(Fields found) -> found;
          case Result.Failed<Fields>(StatsError error) -> fields("error", error.wireName());
        };
    return fields.byName();
  }

  private static Result<Fields> answer(String method, JsonNode in) {
    return switch (method) {
      case "special" ->
          special(in.get("fn").asString(), Arrays.copyOf(numbers(in.path("args")), 3))
              .map(v -> fields("value", v));
      case "moments" ->
          Moments.of(num(in, "n"), num(in, "sum"), num(in, "sum_sq"))
              .map(m -> fields("mean", m.mean(), "var", m.var()));
      case "moments_merge" ->
          Moments.merge(each(in.path("parts"), GoldenMethods::part))
              .map(m -> fields("n", m.n(), "mean", m.mean(), "m2", m.m2()));
      case "welch_t" -> welch(in);
      case "robust_se" ->
          RobustSe.of(arm(in.path("a")), arm(in.path("b"))).map(GoldenMethods::robust);
      case "two_proportions" -> twoProportions(in);
      case "relative" -> relative(in);
      case "reported_relative" ->
          ReportedRelative.of(
                  arm(in.path("a")), arm(in.path("b")), num(in, "crit"), extra(in.path("extra")))
              .map(r -> bounds(r.interval()));
      case "mixture_cs" -> mixture(in);
      case "horizon_cs" -> horizon(in);
      case "sequential_stream" -> stream(in);
      case "horizon_plan" -> plan(in);
      case "srm_chi2" ->
          SampleRatio.chiSquare(numbers(in.path("counts")), numbers(in.path("weights")))
              .map(s -> fields("chi2", s.chi2(), "df", s.df(), "p", s.p()));
      case "srm_sequential" ->
          SampleRatio.sequential(
                  numbers(in.path("counts")),
                  numbers(in.path("weights")),
                  num(in, "concentration", SampleRatio.DEFAULT_CONCENTRATION))
              .map(s -> fields("log_bf", s.logBayesFactor(), "p", s.p()));
      case "multiple_testing" -> multiple(in);
      case "sample_size" -> sampleSize(in);
      case "ratio" ->
          Ratio.of(ratioArm(in.path("a")), ratioArm(in.path("b")), num(in, "alpha"))
              .map(GoldenMethods::ratio);
      case "winsorize" -> winsorize(in);
      case "cuped" ->
          Cuped.of(cupedArm(in.path("a")), cupedArm(in.path("b")), num(in, "alpha"))
              .map(GoldenMethods::cuped);
      case "regression_adjusted" ->
          RegressionAdjusted.of(
                  each(in.path("arms"), GoldenMethods::covariateArm), num(in, "alpha"))
              .map(GoldenMethods::regression);
      case "quantile" ->
          Quantiles.of(
                  numbers(in.path("a")),
                  numbers(in.path("b")),
                  num(in, "q"),
                  num(in, "alpha"),
                  num(in, "variance_inflation", 1))
              .map(GoldenMethods::quantiles);
      case "rate_sequential" -> rate(in);
      case "group_sequential" -> group(in);
      case "non_inferiority" -> nonInferiority(in);
      case "power" -> power(in);
      case "bayes_beta" -> bayesBeta(in);
      case "bayes_normal" -> bayesNormal(in);
      default -> throw new IllegalArgumentException("no method " + method);
    };
  }

  private static Result<Double> special(String fn, double[] args) {
    return switch (fn) {
      case "norm_cdf" -> Special.normCdf(args[0]);
      case "norm_sf" -> Special.normSf(args[0]);
      case "norm_ppf" -> Special.normPpf(args[0]);
      case "log_norm_sf" -> Special.logNormSf(args[0]);
      case "t_sf" -> Special.tSf(args[0], args[1]);
      case "t_ppf" -> Special.tPpf(args[0], args[1]);
      case "chi2_sf" -> Special.chi2Sf(args[0], args[1]);
      case "beta_cdf" -> Special.betaCdf(args[0], args[1], args[2]);
      case "beta_ppf" -> Special.betaPpf(args[0], args[1], args[2]);
      case "log_gamma" -> Special.logGamma(args[0]);
      case "sup_bm" -> Special.supBrownian(args[0]);
      default -> Result.failed(StatsError.INVALID_INPUT);
    };
  }

  private static Result<Fields> welch(JsonNode in) {
    return Welch.of(arm(in.path("a")), arm(in.path("b")), num(in, "alpha"), num(in, "null", 0))
        .map(w ->
            with(
                fields(
                    "diff",
                    w.diff(),
                    "se",
                    w.se(),
                    "t",
                    w.t(),
                    "df",
                    w.df(),
                    "p",
                    w.p(),
                    "p_greater",
                    w.pGreater(),
                    "p_less",
                    w.pLess()),
                w.interval()));
  }

  private static Fields robust(RobustSe r) {
    return fields(
        "diff",
        r.diff(),
        "se_unpooled",
        r.seUnpooled(),
        "se_pooled",
        r.sePooled(),
        "se",
        r.se(),
        "factor",
        r.factor());
  }

  private static Result<Fields> twoProportions(JsonNode in) {
    return TwoProportions.of(
            num(in, "x_a"), num(in, "n_a"), num(in, "x_b"), num(in, "n_b"), num(in, "alpha"))
        .map(t ->
            with(
                fields(
                    "p_a",
                    t.pA(),
                    "p_b",
                    t.pB(),
                    "diff",
                    t.diff(),
                    "z",
                    t.z(),
                    "p",
                    t.p(),
                    "wilson_a",
                    pair(t.wilsonA()),
                    "wilson_b",
                    pair(t.wilsonB())),
                t.interval()));
  }

  private static Result<Fields> relative(JsonNode in) {
    return Relative.of(
            num(in, "m_a"),
            num(in, "m_b"),
            num(in, "v_a"),
            num(in, "v_b"),
            num(in, "cov", 0),
            num(in, "crit"))
        .map(r -> {
          Fields out = bounds(r.fieller());
          out.put("uplift", r.uplift());
          out.put("delta_se", r.deltaSe());
          out.put("delta_lower", r.delta().lower());
          out.put("delta_upper", r.delta().upper());
          return out;
        });
  }

  private static ReportedRelative.Extra extra(JsonNode in) {
    return new ReportedRelative.Extra(num(in, "v_a", 0), num(in, "v_b", 0), num(in, "cov", 0));
  }

  private static Result<Fields> mixture(JsonNode in) {
    MixtureCs.Width width =
        present(in, "tau")
            ? new MixtureCs.Width.Effects(num(in, "tau"))
            : new MixtureCs.Width.NarrowestAt(num(in, "n_opt", MixtureCs.DEFAULT_OPTIMUM));
    Side side = side(in);
    return side == null
        ? UNKNOWN_OPTION
        : MixtureCs.of(
                num(in, "diff"),
                num(in, "se"),
                num(in, "n"),
                num(in, "alpha"),
                width,
                num(in, "null", 0),
                side)
            .map(m ->
                with(
                    fields("phi", m.phi(), "crit", m.crit(), "log_e", m.logE(), "p", m.p()),
                    m.interval()));
  }

  private static Result<Fields> horizon(JsonNode in) {
    Side side = side(in);
    return side == null
        ? UNKNOWN_OPTION
        : HorizonCs.of(
                num(in, "diff"),
                num(in, "se"),
                num(in, "n"),
                num(in, "n_planned"),
                num(in, "alpha"),
                num(in, "null", 0),
                side)
            .map(h ->
                with(
                    fields(
                        "t",
                        h.t(),
                        "p_horizon",
                        h.pHorizon(),
                        "p_mixture",
                        h.pMixture(),
                        "p",
                        h.p(),
                        "crit",
                        h.crit()),
                    h.interval()));
  }

  private static @Nullable Side side(JsonNode in) {
    return switch (text(in, "side", "two")) {
      case "two" -> Side.TWO;
      case "greater" -> Side.GREATER;
      case "less" -> Side.LESS;
      default -> null;
    };
  }

  private static Result<Fields> stream(JsonNode in) {
    List<SequentialStream.Look> looks =
        each(
            in.path("looks"),
            l -> new SequentialStream.Look(num(l, "n"), num(l, "diff"), num(l, "se")));
    return SequentialStream.of(looks, num(in, "n_planned"), num(in, "alpha"))
        .map(s ->
            fields(
                "p", list(s.states(), SequentialStream.State::p),
                "p_running", list(s.states(), SequentialStream.State::pRunning),
                "lower_running", list(s.states(), state -> state.running().lower()),
                "upper_running", list(s.states(), state -> state.running().upper()),
                "first_significant", s.firstSignificant()));
  }

  private static Result<Fields> plan(JsonNode in) {
    double alpha = num(in, "alpha");
    double power = num(in, "power");
    double fixed = num(in, "n_fixed");
    Result<HorizonPlan> plan =
        present(in, "looks")
            ? HorizonPlan.of(alpha, power, fixed, num(in, "looks"))
            : HorizonPlan.of(alpha, power, fixed);
    return plan.map(h ->
        fields(
            "c",
            h.c(),
            "c_eff",
            h.cEffective(),
            "drift",
            h.drift(),
            "inflation",
            h.inflation(),
            "n_planned",
            h.planned()));
  }

  private static Result<Fields> multiple(JsonNode in) {
    double[] p = numbers(in.path("p"));
    Result<double[]> adjusted =
        switch (text(in, "method", "")) {
          case "holm" -> MultipleTesting.holm(p);
          case "bh" -> MultipleTesting.benjaminiHochberg(p);
          default -> Result.failed(StatsError.INVALID_INPUT);
        };
    return adjusted.map(a -> fields("adjusted", list(a)));
  }

  private static Result<Fields> sampleSize(JsonNode in) {
    SampleSize.Question question =
        new SampleSize.Question(
            num(in, "delta"),
            num(in, "alpha"),
            num(in, "power"),
            num(in, "ratio", 1),
            num(in, "sides", 2),
            present(in, "daily_users")
                ? OptionalDouble.of(num(in, "daily_users"))
                : OptionalDouble.empty());
    Result<SampleSize> size =
        switch (text(in, "kind", "")) {
          case "mean" -> SampleSize.ofMeans(num(in, "var_a"), num(in, "var_b"), question);
          case "proportion" -> SampleSize.ofShares(num(in, "p_a"), question);
          default -> Result.failed(StatsError.INVALID_INPUT);
        };
    return size.map(s -> {
      Fields out =
          fields("n_a_exact", s.exactA(), "n_a", s.nA(), "n_b", s.nB(), "n_total", s.total());
      s.days().ifPresent(days -> out.put("days", days));
      return out;
    });
  }

  private static Ratio.Arm ratioArm(JsonNode in) {
    return new Ratio.Arm(
        num(in, "n"),
        num(in, "mean_num"),
        num(in, "mean_den"),
        num(in, "var_num"),
        num(in, "var_den"),
        num(in, "cov"));
  }

  private static Fields ratio(Ratio r) {
    Fields out = adjusted(r.welch());
    out.put("ratio_a", r.a().mean());
    out.put("ratio_b", r.b().mean());
    out.put("var_a", r.a().var());
    out.put("var_b", r.b().var());
    return out;
  }

  private static Fields adjusted(Welch w) {
    return with(fields("diff", w.diff(), "se", w.se(), "df", w.df(), "p", w.p()), w.interval());
  }

  private static Result<Fields> winsorize(JsonNode in) {
    double[] a = numbers(in.path("a"));
    double[] b = numbers(in.path("b"));
    double quantile = num(in, "quantile");
    boolean ignoreZeros = in.path("ignore_zeros").asBoolean(false);
    Result<Winsorize> cut =
        switch (text(in, "side", "")) {
          case "upper" -> Winsorize.of(a, b, quantile, Winsorize.Cut.UPPER, ignoreZeros);
          case "both" -> Winsorize.of(a, b, quantile, Winsorize.Cut.BOTH, ignoreZeros);
          default -> Result.failed(StatsError.INVALID_INPUT);
        };
    return cut.map(w -> {
      Fields out = fields("cap", w.cap(), "a", moments(w.a()), "b", moments(w.b()));
      out.put("floor", w.floor().isPresent() ? w.floor().getAsDouble() : null);
      return out;
    });
  }

  private static Map<String, @Nullable Object> moments(Moments m) {
    return fields("n", m.n(), "mean", m.mean(), "var", m.var()).byName();
  }

  private static Cuped.Arm cupedArm(JsonNode in) {
    return new Cuped.Arm(
        num(in, "n"),
        num(in, "mean_y"),
        num(in, "var_y"),
        num(in, "mean_x"),
        num(in, "var_x"),
        num(in, "cov"));
  }

  private static Fields cuped(Cuped c) {
    Fields out = adjusted(c.welch());
    out.put("theta", c.theta());
    out.put("mean_a", c.a().mean());
    out.put("mean_b", c.b().mean());
    out.put("variance_reduction", c.varianceReduction());
    return out;
  }

  private static RegressionAdjusted.Arm covariateArm(JsonNode in) {
    double[][] covXX = each(in.path("cov_xx"), GoldenMethods::numbers).toArray(double[][]::new);
    return new RegressionAdjusted.Arm(
        num(in, "n"),
        num(in, "mean_y"),
        num(in, "var_y"),
        numbers(in.path("mean_x")),
        numbers(in.path("cov_xy")),
        covXX);
  }

  private static Fields regression(RegressionAdjusted r) {
    return fields(
        "theta", r.theta().stream().map(GoldenMethods::list).toList(),
        "adj_mean", list(r.arms(), Moments::mean),
        "kept", Arrays.stream(r.kept()).boxed().toList(),
        "effects", r.effects().stream().map(e -> adjusted(e.welch()).byName()).toList());
  }

  private static Fields quantiles(Quantiles q) {
    return with(
        fields(
            "q_a",
            q.a().quantile(),
            "lower_a",
            q.a().interval().lower(),
            "upper_a",
            q.a().interval().upper(),
            "q_b",
            q.b().quantile(),
            "lower_b",
            q.b().interval().lower(),
            "upper_b",
            q.b().interval().upper(),
            "diff",
            q.diff(),
            "se",
            q.se(),
            "p",
            q.p()),
        q.interval());
  }

  private static Result<Fields> rate(JsonNode in) {
    return RateSequential.of(
            num(in, "x_a"),
            num(in, "x_b"),
            num(in, "w_a"),
            num(in, "w_b"),
            num(in, "concentration", RateSequential.DEFAULT_CONCENTRATION),
            num(in, "alpha"))
        .map(r -> {
          Fields out = bounds(r.interval());
          out.put("log_bf", r.logBayesFactor());
          out.put("p", r.p());
          out.put("uplift", r.uplift().isPresent() ? r.uplift().getAsDouble() : null);
          return out;
        });
  }

  private static Result<Fields> group(JsonNode in) {
    GroupSequential.@Nullable Spending spending =
        switch (text(in, "spending", "")) {
          case "obf" -> new GroupSequential.Spending.ObrienFleming();
          case "pocock" -> new GroupSequential.Spending.Pocock();
          case "power" -> new GroupSequential.Spending.Power(num(in, "rho", Double.NaN));
          default -> null;
        };
    return spending == null
        ? UNKNOWN_OPTION
        : GroupSequential.of(
                numbers(in.path("fractions")), num(in, "alpha"), num(in, "sides"), spending)
            .map(g ->
                fields(
                    "spent",
                    list(g.spent()),
                    "z_bounds",
                    list(g.zBounds()),
                    "nominal_p",
                    list(g.nominalP())));
  }

  private static Result<Fields> nonInferiority(JsonNode in) {
    NonInferiority.@Nullable Direction direction =
        switch (text(in, "direction", "")) {
          case "increase" -> NonInferiority.Direction.INCREASE;
          case "decrease" -> NonInferiority.Direction.DECREASE;
          default -> null;
        };
    String type = text(in, "margin_type", "");
    if (direction == null || !List.of("relative", "absolute").contains(type)) {
      return UNKNOWN_OPTION;
    }
    NonInferiority.Means means =
        new NonInferiority.Means(num(in, "m_a"), num(in, "m_b"), num(in, "v_a"), num(in, "v_b"));
    NonInferiority.Margin margin =
        new NonInferiority.Margin(num(in, "margin"), type.equals("relative"), direction);
    double alpha = num(in, "alpha");
    double factor = num(in, "factor", 1);
    Result<NonInferiority> result =
        present(in, "n")
            ? NonInferiority.of(
                means,
                margin,
                alpha,
                factor,
                new NonInferiority.Plan(num(in, "n"), num(in, "n_planned", Double.NaN)))
            : NonInferiority.of(means, margin, alpha, factor);
    return result.map(r -> {
      Fields out =
          fields("estimate", r.estimate(), "se", r.se(), "z", r.z(), "p", r.p(), "pass", r.pass());
      r.pSequential().ifPresent(p -> out.put("p_sequential", p));
      return out;
    });
  }

  private static Result<Fields> power(JsonNode in) {
    Power.Size size =
        new Power.Size(num(in, "var_a"), num(in, "var_b"), num(in, "n_a"), num(in, "n_b"));
    return Power.of(size, num(in, "delta"), num(in, "alpha"), num(in, "target_power"))
        .map(p -> fields("se", p.se(), "power", p.power(), "mde", p.mde()));
  }

  private static Result<Fields> bayesBeta(JsonNode in) {
    JsonNode prior = in.path("prior");
    return BayesBeta.of(
            each(in.path("arms"), a -> new BayesBeta.Arm(num(a, "x"), num(a, "n"))),
            new BayesBeta.Prior(number(prior.path(0)), number(prior.path(1))),
            num(in, "cred"))
        .map(b ->
            fields(
                "post_mean", list(b.arms(), BayesBeta.Posterior::mean),
                "ci", b.arms().stream().map(arm -> pair(arm.interval())).toList(),
                "prob_best", list(b.arms(), BayesBeta.Posterior::best),
                "prob_beat_control", b.beatsControl(),
                "expected_loss", list(b.arms(), BayesBeta.Posterior::expectedLoss)));
  }

  private static Result<Fields> bayesNormal(JsonNode in) {
    OptionalDouble sd =
        present(in, "prior_sd") ? OptionalDouble.of(num(in, "prior_sd")) : OptionalDouble.empty();
    return BayesNormal.of(
            num(in, "diff"),
            num(in, "se"),
            new BayesNormal.Prior(num(in, "prior_mean", 0), sd),
            num(in, "cred"))
        .map(b ->
            with(
                fields(
                    "post_mean",
                    b.mean(),
                    "post_sd",
                    b.sd(),
                    "chance_to_win",
                    b.chanceToWin(),
                    "loss_treatment",
                    b.lossTreatment(),
                    "loss_control",
                    b.lossControl()),
                b.interval()));
  }

  static Moments arm(JsonNode in) {
    return new Moments(num(in, "n"), num(in, "mean"), num(in, "var"));
  }

  private static Moments.Part part(JsonNode in) {
    return new Moments.Part(num(in, "n"), num(in, "mean"), num(in, "m2"));
  }

  private static boolean present(JsonNode in, String name) {
    return in.hasNonNull(name);
  }

  private static double num(JsonNode in, String name) {
    return number(in.path(name));
  }

  private static double num(JsonNode in, String name, double otherwise) {
    return present(in, name) ? num(in, name) : otherwise;
  }

  private static String text(JsonNode in, String name, String otherwise) {
    return present(in, name) ? in.get(name).asString() : otherwise;
  }

  static boolean isNumber(JsonNode node) {
    return node.isNumber()
        || (node.isString() && List.of("NaN", "Infinity", "-Infinity").contains(node.asString()));
  }

  /// NaN where there is no number, which no method accepts.
  static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.asDouble();
    }
    return isNumber(node) ? Double.parseDouble(node.asString()) : Double.NaN;
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> number(array.path(i)));
    return values;
  }

  private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
    List<T> values = new ArrayList<>();
    array.forEach(node -> values.add(read.apply(node)));
    return values;
  }

  private static <T> List<Double> list(List<T> values, Function<T, Double> number) {
    return values.stream().map(number).toList();
  }

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<Double> pair(Interval interval) {
    return List.of(interval.lower(), interval.upper());
  }

  private static Fields bounds(Interval interval) {
    return fields(
        "bounded", interval.bounded(), "lower", interval.lower(), "upper", interval.upper());
  }

  private static Fields with(Fields fields, Interval ci) {
    fields.put("ci_lower", ci.lower());
    fields.put("ci_upper", ci.upper());
    return fields;
  }

  /// Names and values in turn.
  private static Fields fields(Object... namesAndValues) {
    Fields fields = new Fields(new LinkedHashMap<>());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
