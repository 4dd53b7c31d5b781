package dev.pryo.experiment;

import dev.pryo.experiment.Experiment.Mode;
import dev.pryo.experiment.Experiment.OnHarm;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.Settings;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What an experiment may be. Everything that is wrong with a request is said at once, each thing
/// with its field.
@Component
final class ExperimentRules {
  static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 5000;
  private static final int LONGEST_BRANCH = 200;
  private static final int MOST_DECIMALS = 6;
  private static final Pattern NO_BRANCH =
      Pattern.compile(".*([\\s~^:?*\\[\\\\\\p{Cntrl}]|\\.\\.|//|@\\{).*|[-/.].*|.*[/.]|.*\\.lock");

  private final Settings settings;

  ExperimentRules(Settings settings) {
    this.settings = settings;
  }

  /// Checks a request.
  ///
  /// @param old the segments that are there, which keep their ids
  Wanted check(UUID project, ExperimentRequest request, List<Segment> old) {
    Invalid.Collector problems = new Invalid.Collector();
    String name = text(problems, request.name(), "name", LONGEST_NAME);
    String description = text(problems, request.description(), "description", LONGEST_TEXT);
    String hypothesis = optionalText(problems, request.hypothesis(), "hypothesis", LONGEST_TEXT);
    List<Segment> segments = SegmentRules.check(problems, request.segments(), old);
    List<Goal> goals = GoalRules.check(problems, request.goals());
    BigDecimal exposure = exposure(problems, request.exposurePercentage());
    Mode mode = Words.of(Mode.class, problems, request.mode(), "mode", Mode.AUTO);
    OnHarm onHarm = Words.of(OnHarm.class, problems, request.onHarm(), "on_harm", OnHarm.NOTIFY);
    Plan plan = PlanRules.check(problems, request.plan(), segments, goals);
    String preview = previewUrl(problems, request.previewUrl());
    String branch = branch(problems, request.baseBranch());
    problems.throwIfAny();
    return new Wanted(
        project,
        name,
        description,
        hypothesis,
        segments,
        goals,
        plan,
        exposure,
        preview,
        branch,
        mode,
        onHarm,
        Boolean.TRUE.equals(request.activateOnMerge()));
  }

  /// Text as browsers and the database can both hold it.
  static String text(
      Invalid.Collector problems, @Nullable String value, String field, int longest) {
    return problems.text(value == null ? null : Bucketing.wellFormed(value), field, longest);
  }

  /// Like `text`; null where it is left out or blank.
  static @Nullable String optionalText(
      Invalid.Collector problems, @Nullable String value, String field, int longest) {
    if (value == null || value.isBlank()) {
      return null;
    }
    return problems.optionalText(Bucketing.wellFormed(value.strip()), field, longest);
  }

  /// Whether it is a number from 0 to 100 that is written with a sane number of digits.
  static boolean isPercentage(BigDecimal value) {
    return value.signum() >= 0
        && value.compareTo(HUNDRED) <= 0
        && value.scale() <= MOST_DECIMALS
        && value.scale() > -3;
  }

  private static BigDecimal exposure(Invalid.Collector problems, @Nullable BigDecimal asked) {
    BigDecimal exposure = asked == null ? HUNDRED : asked;
    problems.check(
        isPercentage(exposure) && exposure.signum() > 0,
        "exposure_percentage",
        "must be more than 0 and at most 100, with at most %d decimals".formatted(MOST_DECIMALS));
    return exposure;
  }

  @Nullable String previewUrl(Invalid.Collector problems, @Nullable String asked) {
    if (asked == null || asked.isBlank()) {
      return null;
    }
    String url = asked.strip();
    PreviewUrl.problem(url, settings.embedded())
        .ifPresent(problem -> problems.check(false, "preview_url", problem));
    return url;
  }

  private static @Nullable String branch(Invalid.Collector problems, @Nullable String asked) {
    String branch = optionalText(problems, asked, "base_branch", LONGEST_BRANCH);
    problems.check(
        branch == null || !NO_BRANCH.matcher(branch).matches(),
        "base_branch",
        "must be the name of a branch, such as main or release/2");
    return branch;
  }
}
