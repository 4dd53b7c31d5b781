package dev.pryo.implementation;

import dev.pryo.agent.Outcome;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.experiment.Experiment;
import dev.pryo.job.Job;
import dev.pryo.platform.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What experiments left in repositories, and how far their roll-outs are. A roll-out that is begun
/// again after a crash finds here from which commit it started.
@Component
class Footprints {
  private final JdbcClient sql;
  private final JsonMapper json;
  private final TransactionTemplate transactions;

  Footprints(JdbcClient sql, JsonMapper json, TransactionTemplate transactions) {
    this.sql = sql;
    this.json = json;
    this.transactions = transactions;
  }

  /// Where a roll-out is written.
  ///
  /// @param parent the commit that it follows: the base, or its own last one
  /// @param base the commit that it reads
  /// @param into the branch that it is to be merged into
  /// @param round counts the roll-outs of the experiment from 1
  record Beginning(String branch, String parent, String base, String into, int round) {}

  /// What the experiments of a project left.
  ///
  /// @param live those that are there still, or wait for their merge
  /// @param gone those that were rolled out
  record Others(List<Footprint> live, List<Footprint.Gone> gone) {}

  /// The record of one experiment.
  ///
  /// @param version counts how often the experiment was written: what was prepared from one writing
  ///   says nothing of the next
  /// @param prepared what came of the preparation of its segments, by their keys
  record Kept(Footprint footprint, int version, Map<String, Prepared> prepared) {
    Kept {
      prepared = Map.copyOf(prepared);
    }

    /// Whether the record does not have this segment and nobody has tried.
    boolean lacks(String segment) {
      return !footprint.knows(segment) && !prepared.containsKey(segment);
    }
  }

  /// What came of the preparation of a segment.
  ///
  /// @param ready whether the record has it since
  /// @param model that was asked
  /// @param words the model's own, of what it did; where nothing came of it, why
  record Prepared(boolean ready, String model, String words) {}

  /// Keeps what was committed for an experiment; what was prepared from an earlier writing goes.
  /// Joins the caller's transaction.
  void keep(Experiment experiment, Outcome.Done done) {
    byte[] content = packed(Footprint.of(experiment.key(), done));
    asPryo(() -> insert(experiment, content));
  }

  private int insert(Experiment experiment, byte[] content) {
    return sql.sql(
            """
            insert into footprint (experiment_id, project_id, content) values (:experiment, :project, :content)
            on conflict (experiment_id)
            do update set content = excluded.content, version = footprint.version + 1, prepared = '{}'\
            """)
        .param("experiment", experiment.id())
        .param("project", experiment.projectId())
        .param("content", content)
        .update();
  }

  Optional<Kept> of(UUID experiment) {
    return asPryo(() -> kept(experiment, ""));
  }

  /// The record, which nobody else changes until the caller's transaction ends.
  Optional<Kept> held(UUID experiment) {
    return asPryo(() -> kept(experiment, " for update"));
  }

  private Optional<Kept> kept(UUID experiment, String held) {
    return sql.sql(
            "select content, version, prepared from footprint where experiment_id = :experiment"
                + held)
        .param("experiment", experiment)
        .query((rs, n) ->
            new Kept(
                unpacked(rs.getBytes("content")),
                rs.getInt("version"),
                json.readValue(
                    rs.getString("prepared"), new TypeReference<Map<String, Prepared>>() {})))
        .optional();
  }

  /// Keeps what came of the preparation of a segment, unless the experiment was written anew since.
  /// Joins the caller's transaction.
  ///
  /// @param from the record that it was made from
  /// @param now the same with the segment, where it is ready
  /// @return whether it was kept
  boolean prepared(UUID experiment, Kept from, Footprint now, String segment, Prepared came) {
    byte[] content = packed(now);
    return asPryo(() ->
        sql.sql(
                    """
                    update footprint set content = :content,
                           prepared = prepared || jsonb_build_object(:segment::text, :came::jsonb)
                     where experiment_id = :experiment and version = :version\
                    """)
                .param("content", content)
                .param("segment", segment)
                .param("came", json.writeValueAsString(came))
                .param("experiment", experiment)
                .param("version", from.version())
                .update()
            > 0);
  }

  /// Notes that a job begins, or begins again: then it reads what it read before.
  ///
  /// @param again on the pull request that is open, instead of on a branch of its own
  Beginning begin(Job job, String head, String into, boolean again) {
    return asPryo(() -> {
      note(job, head, into, again);
      return beginning(job.experimentId(), again);
    });
  }

  private void note(Job job, String head, String into, boolean again) {
    sql.sql(
            """
            update footprint set round = case when :again then round else round + 1 end,
                   commit = case when :again then commit end,
                   job_id = :job, base_commit = :base, into_branch = :into
             where experiment_id = :experiment and job_id is distinct from :job\
            """)
        .param("job", job.id())
        .param("base", head)
        .param("into", into)
        .param("again", again)
        .param("experiment", job.experimentId())
        .update();
  }

  private Beginning beginning(UUID experiment, boolean again) {
    return sql.sql(
            """
            select round, case when :again then coalesce(commit, base_commit) else base_commit end as parent,
                   base_commit, into_branch
              from footprint where experiment_id = :experiment\
            """)
        .param("again", again)
        .param("experiment", experiment)
        .query((rs, n) ->
            new Beginning(
                branch(experiment, rs.getInt("round")),
                rs.getString("parent"),
                rs.getString("base_commit"),
                rs.getString("into_branch"),
                rs.getInt("round")))
        .single();
  }

  /// Keeps the record that tells what sends the events which others count.
  void tell(UUID experiment, Footprint telling) {
    byte[] content = packed(telling);
    asPryo(() ->
        sql.sql("update footprint set content = :content where experiment_id = :experiment")
            .param("content", content)
            .param("experiment", experiment)
            .update());
  }

  /// A roll-out was committed. Joins the caller's transaction.
  ///
  /// @param sending whether it leaves what sends events which others count
  void committed(UUID experiment, String commit, boolean sending) {
    asPryo(() ->
        sql.sql(
                "update footprint set commit = :commit, sending = :sending where experiment_id = :experiment")
            .param("commit", commit)
            .param("sending", sending)
            .param("experiment", experiment)
            .update());
  }

  private static String branch(UUID experiment, int round) {
    return "pryo/exp-%s-rollout%s".formatted(experiment, round == 1 ? "" : "-" + round);
  }

  private record Known(@Nullable String gone, byte[] content, boolean sending) {}

  Others others(Experiment experiment) {
    List<Footprint> live = new ArrayList<>();
    List<Footprint.Gone> gone = new ArrayList<>();
    for (Known one : asPryo(() -> known(experiment))) {
      Footprint footprint = unpacked(one.content());
      if (one.gone() == null) {
        live.add(footprint);
      } else {
        gone.add(new Footprint.Gone(footprint, one.gone(), one.sending()));
      }
    }
    return new Others(live, gone);
  }

  private List<Known> known(Experiment experiment) {
    return sql.sql(
            """
            select f.content, f.sending, case when e.rollout ->> 'status' = 'done' then e.rollout ->> 'segment' end as gone
              from footprint f join experiment e on e.id = f.experiment_id
             where f.project_id = :project and f.experiment_id <> :experiment
               and e.pr_state in ('draft', 'open', 'merged')
             order by e.id\
            """)
        .param("project", experiment.projectId())
        .param("experiment", experiment.id())
        .query((rs, n) ->
            new Known(rs.getString("gone"), rs.getBytes("content"), rs.getBoolean("sending")))
        .list();
  }

  /// @param waits else it is gone, and its calls stayed
  private record Sending(UUID id, String segment, boolean waits, boolean sending, byte[] content) {}

  /// Other experiments of the project whose clean-up waits for its merge and would take away what
  /// sends one of these events: its own calls, or those that stayed of others.
  List<UUID> silencing(Experiment experiment, Set<String> events) {
    List<Sending> all = asPryo(() -> sending(experiment));
    boolean stayed = all.stream().anyMatch(one -> !one.waits() && sends(one, events));
    return all.stream()
        .filter(one -> one.waits() && (stayed || (!one.sending() && sends(one, events))))
        .map(Sending::id)
        .toList();
  }

  private boolean sends(Sending one, Set<String> events) {
    return unpacked(one.content()).sends(events, one.segment());
  }

  private List<Sending> sending(Experiment experiment) {
    return sql.sql(
            """
            select e.id, e.rollout ->> 'segment' as segment,
                   e.rollout ->> 'status' = 'awaiting_merge' as waits, f.sending, f.content
              from footprint f join experiment e on e.id = f.experiment_id
             where f.project_id = :project and f.experiment_id <> :experiment
               and (e.rollout ->> 'status' = 'awaiting_merge'
                    or (e.rollout ->> 'status' = 'done' and f.sending))
             order by e.id\
            """)
        .param("project", experiment.projectId())
        .param("experiment", experiment.id())
        .query((rs, n) ->
            new Sending(
                rs.getObject("id", UUID.class),
                rs.getString("segment"),
                rs.getBoolean("waits"),
                rs.getBoolean("sending"),
                rs.getBytes("content")))
        .list();
  }

  private byte[] packed(Footprint footprint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(json.writeValueAsBytes(footprint));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Footprint unpacked(byte[] content) {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return json.readValue(zip.readAllBytes(), Footprint.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }
}
