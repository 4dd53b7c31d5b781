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
          special(in.get("fn").asString(), numbers(in.get("args"))).map(v -> fields("value", v));
      case "moments" ->
          Moments.of(num(in, "n"), num(in, "sum"), num(in, "sum_sq"))
              .map(m -> fields("mean", m.mean(), "var", m.var()));
      case "moments_merge" ->
          Moments.merge(each(in.get("parts"), GoldenMethods::part))
              .map(m -> fields("n", m.n(), "mean", m.mean(), "m2", m.m2()));
      case "welch_t" -> welch(in);
      case "robust_se" ->
          RobustSe.of(arm(in.get("a")), arm(in.get("b"))).map(GoldenMethods::robust);
      case "two_proportions" -> twoProportions(in);
      case "relative" -> relative(in);
      case "reported_relative" ->
          ReportedRelative.of(
                  arm(in.get("a")), arm(in.get("b")), num(in, "crit"), extra(in.path("extra")))
              .map(r -> bounds(r.interval()));
      case "mixture_cs" -> mixture(in);
      case "horizon_cs" -> horizon(in);
      case "sequential_stream" -> stream(in);
      case "horizon_plan" -> plan(in);
      case "srm_chi2" ->
          SampleRatio.chiSquare(numbers(in.get("counts")), numbers(in.get("weights")))
              .map(s -> fields("chi2", s.chi2(), "df", s.df(), "p", s.p()));
      case "srm_sequential" ->
          SampleRatio.sequential(
                  numbers(in.get("counts")),
                  numbers(in.get("weights")),
                  num(in, "concentration", SampleRatio.DEFAULT_CONCENTRATION))
              .map(s -> fields("log_bf", s.logBayesFactor(), "p", s.p()));
      case "multiple_testing" -> multiple(in);
      case "sample_size" -> sampleSize(in);
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
      case "log_gamma" -> Special.logGamma(args[0]);
      case "sup_bm" -> Special.supBrownian(args[0]);
      default -> Result.failed(StatsError.INVALID_INPUT);
    };
  }

  private static Result<Fields> welch(JsonNode in) {
    return Welch.of(arm(in.get("a")), arm(in.get("b")), num(in, "alpha"), num(in, "null", 0))
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
            in.get("looks"),
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
    double[] p = numbers(in.get("p"));
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
    return number(in.get(name));
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

  static double number(JsonNode node) {
    return node.isString() ? Double.parseDouble(node.asString()) : node.asDouble();
  }

  private static double[] numbers(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> number(array.get(i)));
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
