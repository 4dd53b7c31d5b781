package dev.pryo.implementation;

import dev.pryo.agent.model.Round;
import dev.pryo.agent.model.Transcript;
import dev.pryo.agent.model.Transcript.Entry;
import dev.pryo.codehost.Changes;
import dev.pryo.experiment.Experiment;
import dev.pryo.job.Job;
import dev.pryo.llm.Content;
import dev.pryo.platform.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// How the variants of experiments were and are being written: which run, from which commit, with
/// which transcript, and what people said of it. A run that is begun again finds here all that it
/// needs to go the same way.
@Component
class Writings {
  private static final int LONGEST_ENTRY = 4_000_000;

  private final WritingRows rows;
  private final TransactionTemplate transactions;

  Writings(WritingRows rows, TransactionTemplate transactions) {
    this.rows = rows;
    this.transactions = transactions;
  }

  /// One experiment's.
  ///
  /// @param run numbers the transcripts; only the newest counts
  /// @param base the commit that is read
  /// @param model that wrote what is committed; null for rules
  /// @param commit the last one that Pryo made, null before the first
  /// @param entries of the transcript, when that was made
  /// @param earlier why it went on behind earlier commits, in order
  /// @param pending why it goes on behind the last one
  record Writing(
      UUID experiment,
      UUID project,
      int run,
      UUID job,
      String base,
      boolean over,
      @Nullable String model,
      @Nullable String commit,
      int entries,
      List<Round> earlier,
      @Nullable Round pending) {

    /// Whether the pull request is written again on a base that has moved.
    boolean moves(Experiment experiment) {
      return experiment.pullRequest() != null && !base.equals(experiment.baseCommit());
    }

    /// What the run has to take in, one round after the other.
    List<Round> rounds() {
      List<Round> rounds = new ArrayList<>(earlier);
      if (pending != null) {
        rounds.add(pending);
      }
      return List.copyOf(rounds);
    }
  }

  /// Notes that a job begins, or begins again, and answers what it has to go on with. An attempt
  /// after a crash reads the commit that the first one read. A new job goes on with the transcript
  /// too, unless that has come to an end. Another commit on a pull request is made from what the
  /// last one was made from, or from `head` where that is in the way.
  ///
  /// @param head the newest commit of the base branch
  Writing begin(Job job, Experiment experiment, String head) {
    boolean revises = experiment.pullRequest() != null;
    return inTransaction(() -> {
      Writing known = rows.find(experiment.id()).orElse(null);
      if (known == null) {
        rows.insert(experiment.id(), job.projectId(), job.id(), head);
      } else if (!known.job().equals(job.id())) {
        String base = base(experiment, known, head);
        rows.begin(experiment.id(), job.id(), base, revises);
        if (!revises && known.over()) {
          rows.freshRun(experiment.id());
        }
      }
      return require(experiment.id());
    });
  }

  /// Whether this job began before, so that it may have committed already.
  boolean begunBy(Job job) {
    return find(job.experimentId()).filter(known -> known.job().equals(job.id())).isPresent();
  }

  private static String base(Experiment experiment, Writing known, String head) {
    Experiment.PullRequest pull = experiment.pullRequest();
    return pull == null || pull.conflicted()
        ? head
        : Objects.requireNonNullElse(experiment.baseCommit(), known.base());
  }

  private Writing require(UUID experiment) {
    return rows.find(experiment).orElseThrow();
  }

  /// As far as the caller may see it.
  Optional<Writing> find(UUID experiment) {
    return transactions.execute(status -> rows.find(experiment));
  }

  /// The transcript that counts, as far as the caller may see it.
  List<Entry> entries(UUID experiment) {
    return transactions.execute(status -> rows.entries(experiment));
  }

  /// The transcript of the newest roll-out, as far as the caller may see it; none where no model
  /// was asked.
  List<Entry> rolledOut(UUID experiment) {
    return transactions.execute(status -> rows.rolledOut(experiment));
  }

  /// Keeps one entry; what stood there or behind it no longer counts. Joins the caller's
  /// transaction.
  ///
  /// @throws TooLong where nobody could mean it
  void keep(Writing writing, int position, Entry entry) {
    String json = json(entry);
    rows.cut(writing, position);
    rows.keep(writing, position, json);
  }

  /// An entry as it is kept.
  ///
  /// @throws TooLong where nobody could mean it
  static String json(Entry entry) {
    String json = Content.JSON.writeValueAsString(entry);
    if (json.length() > LONGEST_ENTRY) {
      throw new TooLong();
    }
    return json;
  }

  /// An entry of the transcript is longer than any model is asked to write.
  static final class TooLong extends RuntimeException {
    TooLong() {
      super(
          "The model's answer has more than %,d characters, which is more than it was asked for. Check the model and its base address."
              .formatted(LONGEST_ENTRY));
    }
  }

  /// The transcript of a run, each entry kept by `keeper` before the run goes on.
  Transcript transcript(Writing writing, Transcript.Keeper keeper) {
    return new Transcript(entries(writing.experiment()), keeper);
  }

  /// Why it goes on behind the last commit, for the job that waits or runs; null where that is
  /// still to be read. Joins the caller's transaction.
  void goesOn(UUID experiment, @Nullable Round why) {
    asPryo(() -> {
      rows.pending(experiment, why == null ? null : Content.JSON.writeValueAsString(why));
      return true;
    });
  }

  /// A commit was made of it. Joins the caller's transaction.
  void committed(Writing writing, String commit, @Nullable String model) {
    asPryo(() -> {
      rows.committed(writing, commit, model);
      return true;
    });
  }

  /// The run has come to an end from which it cannot go on: the next one begins anew, and a
  /// revision at the last commit. Joins the caller's transaction.
  void ended(Experiment experiment) {
    asPryo(() -> {
      Writing writing = require(experiment.id());
      if (experiment.pullRequest() == null) {
        rows.over(experiment.id());
      } else {
        rows.cut(writing, writing.moves(experiment) ? 0 : writing.entries());
      }
      return true;
    });
  }

  /// What was written and did not pass its checks, for the owner to see. Joins the caller's
  /// transaction.
  void unproposed(UUID experiment, Changes changes) {
    rows.unproposed(experiment, Content.JSON.writeValueAsString(changes));
  }

  /// As far as the caller may see it.
  Optional<Changes> unproposed(UUID experiment) {
    return transactions
        .execute(status -> rows.unproposed(experiment))
        .map(json -> Content.JSON.readValue(json, Changes.class));
  }

  private <T> T asPryo(Supplier<T> work) {
    return Tenant.system(() -> inTransaction(work));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return transactions.execute(status -> work.get());
  }
}
