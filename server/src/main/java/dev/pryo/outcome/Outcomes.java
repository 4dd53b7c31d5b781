package dev.pryo.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.account.Account;
import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Conclusion;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.experiment.Status;
import dev.pryo.platform.Csv;
import dev.pryo.project.Projects;
import dev.pryo.project.Projects.Page;
import dev.pryo.project.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Every finished experiment of a project with what was decided, archived ones included: what was
/// tried stays known.
@Component
public class Outcomes {
  private static final int CHUNK = 100;
  private static final List<String> COLUMNS =
      List.of(
          "experiment_id",
          "key",
          "name",
          "started_at",
          "finished_at",
          "decision",
          "goal",
          "goal_name",
          "segment",
          "segment_name",
          "relative_lift",
          "interval_from",
          "interval_to",
          "exposed",
          "sentence");

  private final Experiments experiments;
  private final Analyses analyses;
  private final Projects projects;

  Outcomes(Experiments experiments, Analyses analyses, Projects projects) {
    this.experiments = experiments;
    this.analyses = analyses;
    this.projects = projects;
  }

  /// A page, the newest experiment first.
  ///
  /// @param before the last experiment of the page before; null for the first page
  public Page<Outcome> page(Account account, UUID project, int limit, @Nullable UUID before) {
    Page<Experiment> page =
        experiments.list(account, project, Status.FINISHED, true, limit, before);
    Map<UUID, Conclusion> conclusions =
        analyses.conclusions(page.items().stream().map(Experiment::id).toList());
    return new Page<>(
        page.items().stream().map(each -> Outcome.of(each, conclusions.get(each.id()))).toList(),
        page.next());
  }

  /// Where a file is written to. It is asked for only once it is clear that there will be one.
  public interface Target {
    OutputStream open() throws IOException;
  }

  /// Writes all of them as CSV, a chunk at a time: it needs as little memory for many as for few.
  public void write(Account account, UUID project, Target target) throws IOException {
    projects.require(account, project, Role.VIEWER);
    OutputStream out = target.open();
    out.write(Csv.line(COLUMNS).getBytes(UTF_8));
    Page<Outcome> page = page(account, project, CHUNK, null);
    while (true) {
      for (Outcome outcome : page.items()) {
        out.write(line(outcome).getBytes(UTF_8));
      }
      if (page.next() == null) {
        out.flush();
        return;
      }
      page = page(account, project, CHUNK, UUID.fromString(page.next()));
    }
  }

  private static String line(Outcome of) {
    List<Double> interval = of.interval();
    return Csv.line(
        List.of(
            Csv.number(of.experimentId()),
            Csv.text(of.key()),
            Csv.text(of.name()),
            Csv.number(of.activatedAt()),
            Csv.number(of.finishedAt()),
            of.decision() == null ? "" : of.decision().name().toLowerCase(Locale.ROOT),
            Csv.text(of.goal()),
            Csv.text(of.goalName()),
            Csv.text(of.segment()),
            Csv.text(of.segmentName()),
            Csv.number(of.relativeLift()),
            Csv.number(interval == null ? null : interval.getFirst()),
            Csv.number(interval == null ? null : interval.getLast()),
            Csv.number(of.exposed()),
            Csv.text(of.sentence())));
  }
}
